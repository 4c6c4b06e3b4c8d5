use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use heygen_transport::is_loopback;
use http::Uri;
use ureq::{Proxy, ProxyProtocol};

/// Which requests go through a proxy.
pub(crate) struct Proxies {
    proxy: Option<Proxy>,
    skips_loopback: bool,
}

impl Proxies {
    pub(crate) const fn none() -> Self {
        Self {
            proxy: None,
            skips_loopback: false,
        }
    }

    /// Reads the environment. Servers on this machine are never meant by it.
    pub(crate) fn from_env() -> Self {
        Self {
            proxy: Proxy::try_from_env(),
            skips_loopback: true,
        }
    }

    /// Sends everything through one proxy, or returns `None` if it is not one that can be used.
    pub(crate) fn all(url: &str) -> Option<Self> {
        let proxy = Proxy::new(url).ok()?;
        is_usable(&proxy).then_some(Self {
            proxy: Some(proxy),
            skips_loopback: false,
        })
    }

    /// Returns the proxy on the way to the server of a URI.
    pub(crate) fn proxy_for(&self, uri: &Uri) -> Option<&Proxy> {
        let proxy = self.proxy.as_ref()?;
        let is_direct = self.skips_loopback && is_loopback(uri) || proxy.is_no_proxy(uri);
        (!is_direct).then_some(proxy)
    }
}

/// Tells whether a proxy is spoken to in plain `http`, which is all that this transport does.
pub(crate) fn is_usable(proxy: &Proxy) -> bool {
    proxy.protocol() == ProxyProtocol::Http
}

/// Writes the request for a tunnel.
pub(crate) fn connect_request(proxy: &Proxy, host: &str, port: u16) -> Vec<u8> {
    let mut request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n");
    if proxy.username().is_some() || proxy.password().is_some() {
        let user = proxy.username().unwrap_or_default();
        let password = proxy.password().unwrap_or_default();
        let credential = BASE64_STANDARD.encode(format!("{user}:{password}"));
        request.push_str("Proxy-Authorization: Basic ");
        request.push_str(&credential);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    request.into_bytes()
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.proxy {
            // Never its credential.
            Some(proxy) => write!(f, "{}:{}", proxy.host(), proxy.port()),
            None => f.write_str("none"),
        }
    }
}
