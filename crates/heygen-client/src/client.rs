use std::{fmt, future::Future, sync::Arc};

use heygen_types::{Envelope, IdempotencyKey, Method, Operation};
use heygen_upload_core::{
    Call, CallDecision, Failure, FailureKind, Reason, Repeat, RetryPolicy, UploadId,
};
use http::HeaderValue;

use crate::{
    AccountId, BaseUrl, Credential, Error, ErrorKind, RequestRetry, Runtime, Transport,
    base_url::PlainHttp, credential::CredentialError, exchange::Refusal,
};

/// A client of the HeyGen API. Cloning it is cheap, and clones share their connections.
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
}

/// What every request of a client has in common.
pub(crate) struct Shared {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) runtime: Arc<dyn Runtime>,
    pub(crate) credential: Credential,
    pub(crate) base_url: BaseUrl,
    pub(crate) plain_http: PlainHttp,
    pub(crate) user_agent: HeaderValue,
    pub(crate) retry: RetryPolicy,
    on_retry: Option<OnRetry>,
}

type OnRetry = Arc<dyn Fn(&RequestRetry<'_>) + Send + Sync>;

impl Client {
    /// Starts to set up a client over a transport and a runtime.
    pub fn builder(transport: impl Transport, runtime: impl Runtime) -> ClientBuilder {
        ClientBuilder {
            transport: Arc::new(transport),
            runtime: Arc::new(runtime),
            credential: None,
            base_url: BaseUrl::default(),
            allow_http: false,
            user_agent: None,
            retry: RetryPolicy::default(),
            on_retry: None,
        }
    }

    /// Sends any operation and returns its response.
    ///
    /// Where the operation declares an idempotency key a fresh one is sent, the same on every
    /// retry: in the header, or in the field of the body that does its work. A request without a
    /// key that may have been carried out is not repeated.
    ///
    /// An operation whose body is a file is not for this: see
    /// [`Assets::upload`](crate::resources::Assets::upload). One whose response is a stream does not
    /// compile here: see [`stream`](Self::stream).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`] when a documented limit is exceeded: nothing was sent then.
    /// [`ErrorKind::Integrity`] when the answer is about something else than was asked for. Any
    /// other kind says what became of the last attempt; whether the request may have been carried
    /// out although no usable answer came is what
    /// [`may_have_been_carried_out`](Error::may_have_been_carried_out) returns.
    pub async fn send<O: Operation>(&self, operation: &O) -> Result<O::Response, Error> {
        let key = self.fresh_key()?;
        self.send_under(operation, &key, false).await
    }

    /// Sends any operation under a key of the caller's own, so that a repeated call, even from
    /// another process, has no second effect within 24 hours. The key is ignored by operations
    /// that do not declare one.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send).
    pub async fn send_with_key<O: Operation>(
        &self,
        operation: &O,
        key: &IdempotencyKey,
    ) -> Result<O::Response, Error> {
        self.send_under(operation, key, true).await
    }

    /// Sends an operation under a key that the caller keeps, or that is forgotten afterwards.
    pub(crate) async fn send_under<O: Operation>(
        &self,
        operation: &O,
        key: &IdempotencyKey,
        is_kept: bool,
    ) -> Result<O::Response, Error> {
        const {
            let is_stream = matches!(O::ENVELOPE, Envelope::Stream);
            assert!(!is_stream, "the response is a stream: take Client::stream");
        }
        operation.validate()?;
        if O::ENCODING == heygen_types::BodyEncoding::Multipart {
            return Err(Error::local(
                ErrorKind::InvalidInput,
                format!("{} needs a file, which an operation does not hold", O::ID),
                "use client.assets().upload(source)",
            ));
        }
        let shared = &self.shared;
        let has_key = O::IDEMPOTENCY_KEY || O::BODY_KEY.is_some();
        let repeat = repeat_of(O::METHOD, has_key.then_some(is_kept));
        let call = shared.retries(shared.retry.clone(), repeat)?;
        let call = call.not_carried_out(O::NOT_CARRIED_OUT);
        shared
            .repeating(call, || shared.ask(operation, Some(key)))
            .await
            .flatten()
            .map_err(|error| error.look_for_effect(O::METHOD, O::PATH))
    }

    /// Tells under which account a [`Journal`](crate::Journal) keeps the uploads of this client: a
    /// hash of the server and of the credential. Of access tokens that come and go it is that of
    /// [`TokenProvider::account`](crate::TokenProvider::account).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Authentication`] when there is no token to be had.
    pub async fn account(&self) -> Result<AccountId, Error> {
        let shared = &self.shared;
        let account = shared.credential.account(&shared.base_url).await;
        account.map_err(|error| {
            Error::local(
                ErrorKind::Authentication,
                "there is no access token; nothing was sent",
                "sign in again",
            )
            .with_source(Some(error.into()))
        })
    }

    /// Makes an idempotency key that nobody has used: 128 random bits.
    ///
    /// [`send`](Self::send) does so by itself; this is for [`send_with_key`](Self::send_with_key)
    /// and [`send_raw`](Self::send_raw), or for a request that is repeated by another process.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] when the system gives no random numbers.
    pub fn fresh_key(&self) -> Result<IdempotencyKey, Error> {
        let id = self.shared.fresh_id()?.to_string();
        Ok(id.parse().expect("hexadecimal digits make a valid key"))
    }
}

/// Returns how far a request may be repeated, by its method and by whether the caller keeps the key
/// that it has.
pub(crate) const fn repeat_of(method: Method, keeps_key: Option<bool>) -> Repeat {
    match keeps_key {
        _ if matches!(method, Method::Get) => Repeat::Safely,
        _ if method.is_idempotent() => Repeat::Idempotently,
        Some(true) => Repeat::Idempotently,
        Some(false) => Repeat::UnderKey,
        None => Repeat::OnlyWhenRefused,
    }
}

impl Shared {
    /// Returns the retries of a request to the API.
    pub(crate) fn retries(&self, policy: RetryPolicy, repeat: Repeat) -> Result<Call, Error> {
        let can_refresh = self.credential.can_refresh();
        Ok(Call::new(policy, repeat, can_refresh, self.seed()?))
    }

    /// Returns 128 random bits.
    pub(crate) fn fresh_id(&self) -> Result<UploadId, Error> {
        self.random().map(UploadId::from_random)
    }

    /// Returns a random seed for the jitter of waits.
    pub(crate) fn seed(&self) -> Result<u64, Error> {
        self.random().map(u64::from_ne_bytes)
    }

    fn random<const N: usize>(&self) -> Result<[u8; N], Error> {
        let mut bits = [0; N];
        self.runtime.fill_random(&mut bits).map_err(|error| {
            Error::local(
                ErrorKind::Configuration,
                "the system gave no random numbers; nothing was sent",
                "check the entropy source of the system",
            )
            .with_source(Some(error.into()))
        })?;
        Ok(bits)
    }

    /// Sends a request until it succeeds or its retries are used up: the one loop of all requests
    /// that are not part of an upload.
    pub(crate) async fn repeating<T, F>(
        &self,
        mut call: Call,
        attempt: impl Fn() -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Refusal>>,
    {
        loop {
            let refusal = match attempt().await {
                Ok(response) => return Ok(response),
                Err(refusal) => refusal,
            };
            let attempts = call.attempts();
            match call.handle_failure(&refusal.failure) {
                CallDecision::Again { wait } => {
                    if let Some(on_retry) = &self.on_retry {
                        on_retry(&RequestRetry {
                            failure: &refusal.failure,
                            attempts,
                            wait,
                        });
                    }
                    self.runtime.sleep(wait).await;
                }
                CallDecision::Refresh => {
                    if let Err(error) = self.credential.refresh().await {
                        return Err(not_refreshed(&mut call, error));
                    }
                }
                CallDecision::Fail(reason) => return Err(Error::refused(reason, refusal)),
            }
        }
    }
}

/// Reports that there is no fresh credential. What became of the attempts before is not forgotten over
/// that.
fn not_refreshed(call: &mut Call, cause: CredentialError) -> Error {
    let failure = Failure::new(FailureKind::Credential);
    match call.handle_failure(&failure) {
        CallDecision::Fail(reason @ Reason::Unconfirmed { .. }) => {
            Error::request(reason, failure, Some(cause.into()))
        }
        _ => Error::local(
            ErrorKind::Authentication,
            "the access token was refused and could not be refreshed",
            "sign in again",
        )
        .with_source(Some(cause.into())),
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base_url)
            .field("credential", &self.shared.credential)
            .field("transport", &self.shared.transport)
            .finish_non_exhaustive()
    }
}

/// Sets up a [`Client`].
#[derive(Clone)]
pub struct ClientBuilder {
    transport: Arc<dyn Transport>,
    runtime: Arc<dyn Runtime>,
    credential: Option<Credential>,
    base_url: BaseUrl,
    allow_http: bool,
    user_agent: Option<String>,
    retry: RetryPolicy,
    on_retry: Option<OnRetry>,
}

impl ClientBuilder {
    /// Says who is calling. There is no default.
    #[must_use]
    pub fn credential(mut self, credential: impl Into<Credential>) -> Self {
        self.credential = Some(credential.into());
        self
    }

    /// Calls another server than the public API.
    #[must_use]
    pub fn base_url(mut self, base_url: BaseUrl) -> Self {
        self.base_url = base_url;
        self
    }

    /// Accepts plain `http` for hosts other than this machine. The credential and the files then
    /// travel in the clear. Default: no.
    #[must_use]
    pub const fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// Puts the name and version of a program before those of this library in `User-Agent`.
    #[must_use]
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// Changes when and how often failed requests are repeated.
    #[must_use]
    pub const fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Calls a function before every wait for a retry of a request that is not part of an upload,
    /// so that a wait is not taken for a program that hangs. Default: none.
    #[must_use]
    pub fn on_retry(mut self, call: impl Fn(&RequestRetry<'_>) + Send + Sync + 'static) -> Self {
        self.on_retry = Some(Arc::new(call));
        self
    }

    /// Makes the client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Authentication`] without a credential; [`ErrorKind::Configuration`] when the
    /// base URL is plain `http` to another machine and that was not allowed, or when the user
    /// agent cannot stand in a header.
    pub fn build(self) -> Result<Client, Error> {
        let Some(credential) = self.credential else {
            return Err(Error::local(
                ErrorKind::Authentication,
                "no credential was given; nothing was sent",
                "pass an API key to the builder: .credential(key)",
            ));
        };
        if self.base_url.is_plain_http() && !self.base_url.is_loopback() && !self.allow_http {
            return Err(Error::local(
                ErrorKind::Configuration,
                format!(
                    "the base URL {} would send the credential unencrypted; nothing was sent",
                    self.base_url
                ),
                "use https, or allow plain http expressly",
            ));
        }
        let own = concat!("heygen-rs/", env!("CARGO_PKG_VERSION"));
        let user_agent = match self.user_agent {
            Some(product) => format!("{product} {own}"),
            None => own.to_owned(),
        };
        let user_agent = HeaderValue::from_str(&user_agent).map_err(|_| {
            Error::local(
                ErrorKind::Configuration,
                "the user agent holds a character that no header may have; nothing was sent",
                "use visible ASCII characters",
            )
        })?;
        Ok(Client {
            shared: Arc::new(Shared {
                transport: self.transport,
                runtime: self.runtime,
                credential,
                plain_http: self.base_url.plain_http(self.allow_http),
                base_url: self.base_url,
                user_agent,
                retry: self.retry,
                on_retry: self.on_retry,
            }),
        })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url)
            .field("credential", &self.credential)
            .field("transport", &self.transport)
            .finish_non_exhaustive()
    }
}
