use std::{fmt, marker::PhantomData, path::Path, time::Duration};

use heygen_types::ByteSize;
use http::HeaderValue;
use rustls::ClientConfig;

use crate::{Error, ErrorKind, Limits, Roots, Tls, bounded};

/// The settings of a transport, which are the same for each of them.
///
/// A limit of [`Duration::MAX`] is no limit.
#[must_use]
pub struct TransportBuilder<T> {
    limits: Limits,
    user_agent: Option<String>,
    proxy: Proxy,
    roots: Vec<Roots>,
    bundled_roots: bool,
    tls_config: Option<Box<ClientConfig>>,
    builds: PhantomData<fn() -> T>,
}

/// The way to a server.
#[derive(Clone)]
#[non_exhaustive]
pub enum Proxy {
    /// As the environment says.
    FromEnv,
    /// Straight there.
    None,
    /// Through one for everything.
    Url(String),
}

/// What a transport is made of: settings that were checked.
#[derive(Debug)]
#[non_exhaustive]
pub struct Settings {
    /// The time limits.
    pub limits: Limits,
    /// The `User-Agent` of requests that have none.
    pub user_agent: HeaderValue,
    /// The way to a server.
    pub proxy: Proxy,
    /// Whom to trust.
    pub tls: Tls,
}

/// A transport that a [`TransportBuilder`] can make.
pub trait FromSettings: Sized {
    /// The name and the version of its crate, for `User-Agent`.
    const USER_AGENT: &'static str;

    /// Makes it. No connection is made, and TLS is not set up before it is needed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Proxy`] for a proxy that it cannot use.
    fn from_settings(settings: Settings) -> Result<Self, Error>;
}

impl<T> Default for TransportBuilder<T> {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            user_agent: None,
            proxy: Proxy::FromEnv,
            roots: Vec::new(),
            bundled_roots: false,
            tls_config: None,
            builds: PhantomData,
        }
    }
}

impl<T: FromSettings> TransportBuilder<T> {
    /// Sets how long it may take until a connection stands: name, socket, proxy and TLS together.
    /// The default is 10 seconds.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.limits.connect = bounded(limit);
        self
    }

    /// Sets how long a response may take, counted from the moment at which the last byte of the
    /// request was given to the socket. It covers the response to its last byte, except for a file:
    /// the response to a `GET` from storage, of which it covers the head. The default is 120 seconds.
    pub fn answer_timeout(mut self, limit: Duration) -> Self {
        self.limits.answer = bounded(limit);
        self
    }

    /// Sets how long a transfer may stand still: while a request is sent, the time in which the
    /// socket takes no byte; while the body of a response is read, the time in which none arrives.
    /// A transfer that moves, however slowly, never ends because of it, and neither does one whose
    /// own body is slow to produce. Time in which this process was stopped does not count. The
    /// default is 30 seconds.
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
    /// of the transport's crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Takes the proxies from `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` or their
    /// lower-case forms, as they are when the transport is built: each scheme has its own, and
    /// [`Proxies::from_variables`](crate::Proxies::from_variables) says which. Loopback addresses
    /// are reached directly. A variable that cannot be read fails the requests that it is for, and
    /// no others; they are never sent directly. This is the default.
    pub fn proxy_from_env(mut self) -> Self {
        self.proxy = Proxy::FromEnv;
        self
    }

    /// Uses no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// Sends every request through one proxy, with a credential in its URL if it wants one. Which
    /// schemes there are is for the transport to say.
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
    /// setting cannot be used. What the environment says about proxies is an error of the requests
    /// that it is for.
    pub fn build(self) -> Result<T, Error> {
        let user_agent = self.user_agent.as_deref().unwrap_or(T::USER_AGENT);
        let user_agent =
            HeaderValue::from_str(user_agent).map_err(|_| Error::new(ErrorKind::UserAgent))?;
        let mut extra_roots = Vec::new();
        for roots in self.roots {
            extra_roots.extend(roots.read()?);
        }
        let tls = match self.tls_config {
            Some(config) => Tls::Given(config),
            None => Tls::Own {
                extra_roots,
                bundled_roots: self.bundled_roots,
            },
        };
        T::from_settings(Settings {
            limits: self.limits,
            user_agent,
            proxy: self.proxy,
            tls,
        })
    }
}

impl<T> fmt::Debug for TransportBuilder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportBuilder")
            .field("limits", &self.limits)
            .field("user_agent", &self.user_agent)
            .field("proxy", &self.proxy)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FromEnv => "FromEnv",
            Self::None => "None",
            // It may hold a credential.
            Self::Url(_) => "Url(hidden)",
        })
    }
}
