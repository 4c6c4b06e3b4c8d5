use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ureq::ProxyProtocol;

/// A proxy as ureq reads its URL.
#[derive(Clone)]
pub(crate) struct Proxy(ureq::Proxy);

impl Proxy {
    /// Reads the URL of a proxy, if it is one.
    pub(crate) fn parsed(url: &str) -> Option<Self> {
        ureq::Proxy::new(url).ok().map(Self)
    }

    /// Tells whether it is spoken to in plain `http`, which is all that this transport does.
    pub(crate) fn is_usable(&self) -> bool {
        self.0.protocol() == ProxyProtocol::Http
    }

    pub(crate) fn host(&self) -> &str {
        self.0.host()
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.port()
    }

    /// Writes the request for a tunnel.
    pub(crate) fn connect_request(&self, host: &str, port: u16) -> Vec<u8> {
        let mut request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n");
        let (user, password) = (self.0.username(), self.0.password());
        if user.is_some() || password.is_some() {
            let (user, password) = (user.unwrap_or_default(), password.unwrap_or_default());
            let credential = BASE64_STANDARD.encode(format!("{user}:{password}"));
            request.push_str("Proxy-Authorization: Basic ");
            request.push_str(&credential);
            request.push_str("\r\n");
        }
        request.push_str("\r\n");
        request.into_bytes()
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Never its credential.
        write!(f, "{}:{}", self.host(), self.port())
    }
}
