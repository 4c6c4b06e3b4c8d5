use std::fmt;

use heygen_transport::is_loopback;
use http::{HeaderValue, Uri, uri::Scheme};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

/// Which requests go through a proxy.
pub(crate) struct Proxies {
    matcher: Option<Matcher>,
    skips_loopback: bool,
}

/// The way to a server.
pub(crate) enum Route {
    Direct,
    /// The proxy is sent the request itself.
    Forward {
        proxy: Uri,
        authorization: Option<HeaderValue>,
    },
    /// The proxy passes bytes on after `CONNECT`.
    Tunnel {
        proxy: Uri,
        authorization: Option<HeaderValue>,
    },
    /// The proxy passes bytes on after a SOCKS5 handshake.
    Socks {
        proxy: Uri,
        credentials: Option<(String, String)>,
        resolves_here: bool,
    },
    /// The proxy speaks something that is not supported.
    Unsupported,
}

impl Proxies {
    pub(crate) const fn none() -> Self {
        Self {
            matcher: None,
            skips_loopback: false,
        }
    }

    /// Reads the environment. Servers on this machine are never meant by it.
    pub(crate) fn from_env() -> Self {
        Self {
            matcher: Some(Matcher::from_env()),
            skips_loopback: true,
        }
    }

    /// Sends everything through one proxy, or returns `None` if the URL does not name one.
    pub(crate) fn all(url: &str) -> Option<Self> {
        let matcher = Matcher::builder().all(url.to_owned()).build();
        let is_usable = matcher
            .intercept(&Uri::from_static("http://proxied.invalid/"))
            .is_some_and(|proxy| !matches!(Route::to_proxy(&proxy, false), Route::Unsupported));
        is_usable.then_some(Self {
            matcher: Some(matcher),
            skips_loopback: false,
        })
    }

    /// Chooses the way to the server of a URI.
    pub(crate) fn route(&self, uri: &Uri) -> Route {
        let Some(matcher) = &self.matcher else {
            return Route::Direct;
        };
        if self.skips_loopback && is_loopback(uri) {
            return Route::Direct;
        }
        match matcher.intercept(uri) {
            Some(proxy) => Route::to_proxy(&proxy, uri.scheme() == Some(&Scheme::HTTPS)),
            None => Route::Direct,
        }
    }
}

impl Route {
    fn to_proxy(intercept: &Intercept, tunnels: bool) -> Self {
        let proxy = intercept.uri().clone();
        let authorization = intercept.basic_auth().cloned();
        match proxy.scheme_str() {
            Some("http" | "https") if tunnels => Self::Tunnel {
                proxy,
                authorization,
            },
            Some("http" | "https") => Self::Forward {
                proxy,
                authorization,
            },
            Some(scheme @ ("socks5" | "socks5h")) => Self::Socks {
                credentials: intercept
                    .raw_auth()
                    .map(|(user, password)| (user.to_owned(), password.to_owned())),
                resolves_here: scheme == "socks5",
                proxy: with_socks_port(proxy),
            },
            _ => Self::Unsupported,
        }
    }
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The matcher leaves the credential out of its own output.
        fmt::Debug::fmt(&self.matcher, f)
    }
}

/// The connector knows the usual ports of http and https only.
fn with_socks_port(proxy: Uri) -> Uri {
    match (proxy.port(), proxy.host()) {
        (None, Some(host)) => format!("{}://{host}:1080/", proxy.scheme_str().unwrap_or("socks5"))
            .parse()
            .unwrap_or(proxy),
        _ => proxy,
    }
}
