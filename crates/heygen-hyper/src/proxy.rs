use heygen_transport::Proxies;
use http::{HeaderValue, Uri, uri::Scheme};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

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

/// Reads the URL of a proxy, if it is one. The `Debug` of what comes of it has no credential.
pub(crate) fn parsed(url: &str) -> Option<Intercept> {
    let matcher = Matcher::builder().all(url.to_owned()).build();
    matcher.intercept(&Uri::from_static("http://proxied.invalid/"))
}

/// Tells whether a proxy speaks something that is supported.
pub(crate) fn is_usable(proxy: &Intercept) -> bool {
    !matches!(Route::to_proxy(proxy, false), Route::Unsupported)
}

impl Route {
    /// Chooses the way to the server of a URI.
    pub(crate) fn new(proxies: &Proxies<Intercept>, uri: &Uri) -> Self {
        match proxies.proxy_for(uri) {
            Some(proxy) => Self::to_proxy(proxy, uri.scheme() == Some(&Scheme::HTTPS)),
            None => Self::Direct,
        }
    }

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

/// The connector knows the usual ports of http and https only.
fn with_socks_port(proxy: Uri) -> Uri {
    match (proxy.port(), proxy.host()) {
        (None, Some(host)) => format!("{}://{host}:1080/", proxy.scheme_str().unwrap_or("socks5"))
            .parse()
            .unwrap_or(proxy),
        _ => proxy,
    }
}
