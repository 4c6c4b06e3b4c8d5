use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use heygen_types::ByteSize;
use http::HeaderValue;
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

use crate::{
    Error, ErrorKind, HyperTransport,
    connector::Connector,
    limits::{Limits, bounded},
    pool::Pool,
    proxy::Proxies,
    tls::{Settings, Tls},
    transport::Inner,
};

/// The settings of a [`HyperTransport`].
///
/// A limit of [`Duration::MAX`] is no limit.
#[must_use]
pub struct HyperTransportBuilder {
    limits: Limits,
    user_agent: String,
    proxy: Proxy,
    roots: Vec<Roots>,
    bundled_roots: bool,
    tls_config: Option<Box<ClientConfig>>,
}

enum Proxy {
    FromEnv,
    None,
    Url(String),
}

enum Roots {
    Pem(Vec<u8>),
    File(PathBuf),
}

impl HyperTransportBuilder {
    pub(crate) fn new() -> Self {
        Self {
            limits: Limits::default(),
            user_agent: concat!("heygen-hyper/", env!("CARGO_PKG_VERSION")).to_owned(),
            proxy: Proxy::FromEnv,
            roots: Vec::new(),
            bundled_roots: false,
            tls_config: None,
        }
    }

    /// Sets how long it may take until a connection stands: name, socket, proxy and TLS together.
    /// The default is 10 seconds.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.limits.connect = bounded(limit);
        self
    }

    /// Sets how long the head of a response may take, counted from the moment at which the last
    /// byte of the request was given to the socket. The default is 120 seconds.
    pub fn answer_timeout(mut self, limit: Duration) -> Self {
        self.limits.answer = bounded(limit);
        self
    }

    /// Sets how long a transfer may stand still: while a request is sent, the time in which the
    /// socket takes no byte; while the body of a response is read, the time in which none arrives.
    /// A transfer that moves, however slowly, never ends because of it, and neither does one whose
    /// own body is slow to produce. The default is 30 seconds.
    pub fn stall_timeout(mut self, limit: Duration) -> Self {
        self.limits.stall = bounded(limit);
        self
    }

    /// Sets from which size on a body waits until the server says that it wants it (`Expect:
    /// 100-continue`, on HTTP/1.1). The default is 1 MiB; `u64::MAX` turns it off.
    pub fn expect_continue_above(mut self, size: impl Into<ByteSize>) -> Self {
        self.limits.expect_above_bytes = size.into().bytes();
        self
    }

    /// Sets after which time a body is sent to a server that did not say anything. The default is
    /// 1 second.
    pub fn expect_continue_wait(mut self, wait: Duration) -> Self {
        self.limits.expect_wait = bounded(wait);
        self
    }

    /// Sets the `User-Agent` of requests that have none. The default is the name and the version
    /// of this crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Takes the proxies from `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` or their
    /// lower-case forms, as they are when the transport is built. Loopback addresses are reached
    /// directly. This is the default.
    pub fn proxy_from_env(mut self) -> Self {
        self.proxy = Proxy::FromEnv;
        self
    }

    /// Uses no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// Sends every request through one proxy: `http://`, `https://`, `socks5://` (names are
    /// resolved here) or `socks5h://` (by the proxy), with a credential if there is one.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Proxy::Url(url.into());
        self
    }

    /// Trusts the certificates in a PEM text, beside the usual roots.
    pub fn add_root_certificates_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots.push(Roots::Pem(pem.into()));
        self
    }

    /// Trusts the certificates in a PEM file, beside the usual roots. The file is read by
    /// [`build`](Self::build).
    pub fn add_root_certificates_file(mut self, path: impl AsRef<Path>) -> Self {
        self.roots.push(Roots::File(path.as_ref().to_owned()));
        self
    }

    /// Trusts the roots that were compiled in, even where the verifier of the platform is there.
    #[cfg(feature = "webpki-roots")]
    pub fn webpki_roots(mut self) -> Self {
        self.bundled_roots = true;
        self
    }

    /// Uses a TLS configuration as it is, but for the protocols that it offers (ALPN), which the
    /// transport sets itself. Roots that were added here do not apply to it.
    pub fn tls_config(mut self, config: ClientConfig) -> Self {
        self.tls_config = Some(Box::new(config));
        self
    }

    /// Builds the transport. No connection is made, and TLS is not set up before it is needed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Proxy`], [`ErrorKind::RootCertificates`] or [`ErrorKind::UserAgent`] when that
    /// setting cannot be used. What the environment says about proxies is never an error.
    pub fn build(self) -> Result<HyperTransport, Error> {
        let user_agent =
            HeaderValue::try_from(self.user_agent).map_err(|_| Error::new(ErrorKind::UserAgent))?;
        let proxies = match self.proxy {
            Proxy::FromEnv => Proxies::from_env(),
            Proxy::None => Proxies::none(),
            Proxy::Url(url) => Proxies::all(&url).ok_or(Error::new(ErrorKind::Proxy))?,
        };
        let mut extra_roots = Vec::new();
        for roots in self.roots {
            extra_roots.extend(roots.read()?);
        }
        let settings = match self.tls_config {
            Some(config) => Settings::Given(config),
            None => Settings::Own {
                extra_roots,
                bundled_roots: self.bundled_roots,
            },
        };
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Within the limit every address of a name gets its share.
        tcp.set_connect_timeout(Some(self.limits.connect));
        Ok(HyperTransport {
            inner: Arc::new(Inner {
                connector: Connector {
                    tcp,
                    proxies,
                    tls: Tls::new(settings),
                    limits: self.limits,
                },
                pool: Pool::default(),
                user_agent,
                limits: self.limits,
            }),
        })
    }
}

impl Roots {
    fn read(self) -> Result<Vec<CertificateDer<'static>>, Error> {
        let unreadable = |source: crate::failure::BoxError| {
            Error::with_source(ErrorKind::RootCertificates, source)
        };
        let pem = match self {
            Self::Pem(pem) => pem,
            Self::File(path) => std::fs::read(path).map_err(|error| unreadable(error.into()))?,
        };
        let certificates = CertificateDer::pem_slice_iter(&pem)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| unreadable(error.into()))?;
        if certificates.is_empty() {
            return Err(unreadable("there is no certificate in it".into()));
        }
        let mut store = RootCertStore::empty();
        for certificate in &certificates {
            store
                .add(certificate.clone())
                .map_err(|error| unreadable(error.into()))?;
        }
        Ok(certificates)
    }
}

impl std::fmt::Debug for HyperTransportBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HyperTransportBuilder")
            .field("limits", &self.limits)
            .field("user_agent", &self.user_agent)
            .finish_non_exhaustive()
    }
}
