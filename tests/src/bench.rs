use std::time::Duration;

use heygen_emulator::{Emulator, Endpoint, RequestRecord, Settings};
use heygen_sdk::{ApiKey, Asset, BaseUrl, Client, HyperTransport, RetryPolicy, TokioRuntime};

/// An emulator and a client of it, set to be quick about failures.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "tests take it apart")]
pub struct Bench {
    /// The emulator.
    pub emulator: Emulator,
    /// The client.
    pub client: Client,
}

impl Bench {
    /// Starts an emulator with its defaults.
    pub async fn start() -> Self {
        Self::configured(|_| {}).await
    }

    /// Starts an emulator with other settings.
    ///
    /// # Panics
    ///
    /// When no loopback port can be had.
    pub async fn configured(change: impl FnOnce(&mut Settings)) -> Self {
        let emulator = Emulator::builder()
            .configure(change)
            .start()
            .await
            .expect("a loopback port is free");
        let client = client(emulator.url(), &emulator.api_key());
        Self { emulator, client }
    }

    /// Returns the requests that went to one endpoint.
    #[must_use]
    pub fn requests_to(&self, endpoint: impl Into<Endpoint>) -> Vec<RequestRecord> {
        let endpoint = Some(endpoint.into());
        let mut requests = self.emulator.requests();
        requests.retain(|request| request.endpoint == endpoint);
        requests
    }

    /// Asserts what is true after every upload that ends well: exactly one finalised asset, and it
    /// has the id that was reported, the size and, where it was hashed, the digest of the source.
    ///
    /// # Panics
    ///
    /// When that is not so.
    pub fn assert_stored(&self, asset: &Asset, content: &[u8]) {
        let mut assets = self.emulator.assets();
        assets.retain(|asset| asset.is_finalised);
        assert_eq!(assets.len(), 1, "one finalised asset: {assets:?}");
        assert_eq!(assets[0].id, asset.asset_id);
        assert_eq!(assets[0].size_bytes, Some(content.len() as u64));
        let digest = crate::sha256(content);
        assert_eq!(assets[0].sha256, Some(digest));
        if let Some(reported) = asset.sha256 {
            assert_eq!(reported, digest);
        }
        assert!(
            self.emulator.leaks().is_empty(),
            "a credential went to storage"
        );
    }
}

/// Makes a client whose waits and limits are short.
///
/// # Panics
///
/// When the URL or the key cannot be used.
#[must_use]
pub fn client(url: &str, api_key: &str) -> Client {
    let transport = HyperTransport::builder()
        .no_proxy()
        .connect_timeout(Duration::from_secs(5))
        .answer_timeout(Duration::from_millis(700))
        .stall_timeout(Duration::from_millis(700))
        .build()
        .expect("the defaults of the transport are good");
    let mut retry = RetryPolicy::default();
    retry.max_attempts = 4;
    retry.base = Duration::from_millis(2);
    retry.cap = Duration::from_millis(10);
    Client::builder(transport, TokioRuntime::new())
        .credential(api_key.parse::<ApiKey>().expect("the key is printable"))
        .base_url(url.parse::<BaseUrl>().expect("the URL is one"))
        .retry(retry)
        .build()
        .expect("the client is set up well")
}
