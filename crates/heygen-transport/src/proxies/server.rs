use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use heygen_types::{HostPort, Invalid, Origin};
use http::HeaderValue;
use percent_encoding::percent_decode_str;

/// A proxy, as its URL names it.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyServer {
    scheme: ProxyScheme,
    host: String,
    port: u16,
    credential: Option<(String, String)>,
}

/// What a proxy speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a transport that forgets one must not compile"
)]
pub enum ProxyScheme {
    /// HTTP.
    Http,
    /// HTTP over TLS.
    Https,
    /// SOCKS5; the client looks names up.
    Socks5,
    /// SOCKS5; the proxy looks names up.
    Socks5h,
}

impl ProxyServer {
    /// Reads `[scheme://][user:password@]host[:port]`, where the scheme is one of `supported` and
    /// `http` when there is none. The message never contains any of the URL.
    pub(super) fn parse(url: &str, supported: &[ProxyScheme]) -> Result<Self, String> {
        let (scheme, rest) = match url.split_once("://") {
            Some((scheme, rest)) => (scheme, rest),
            None => ("http", url),
        };
        let is_named = |known: &&ProxyScheme| scheme.eq_ignore_ascii_case(known.as_str());
        let Some(scheme) = supported.iter().find(is_named).copied() else {
            let names: Vec<_> = supported.iter().map(|scheme| scheme.as_str()).collect();
            return Err(format!(
                "its scheme is none of those that this transport takes: {}",
                names.join(", ")
            ));
        };
        let (rest, behind) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if !matches!(behind, "" | "/") {
            return Err(BEHIND.to_owned());
        }
        let (credential, server) = match rest.rsplit_once('@') {
            Some((credential, server)) => (Some(credential), server),
            None => (None, rest),
        };
        let server: HostPort = server
            .parse()
            .map_err(|invalid: Invalid| format!("it {}", invalid.problem()))?;
        let credential = credential.map(|credential| {
            let (user, password) = credential.split_once(':').unwrap_or((credential, ""));
            let decoded = |text| percent_decode_str(text).decode_utf8().map(String::from);
            Ok((decoded(user)?, decoded(password)?))
        });
        let credential = credential
            .transpose()
            .map_err(|_: std::str::Utf8Error| "its user name or password is not UTF-8")?;
        Ok(Self {
            scheme,
            host: server.host().to_owned(),
            port: server.port().unwrap_or_else(|| scheme.port()),
            credential,
        })
    }

    /// Returns what it speaks.
    #[must_use]
    pub const fn scheme(&self) -> ProxyScheme {
        self.scheme
    }

    /// Returns its host in lower case; an IPv6 address stands in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns its port: by default 80, 443 for `https`, and 1080 for SOCKS.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Returns user name and password.
    #[must_use]
    pub fn credential(&self) -> Option<(&str, &str)> {
        let (user, password) = self.credential.as_ref()?;
        Some((user, password))
    }

    /// Returns the value of `Proxy-Authorization`.
    ///
    /// # Panics
    ///
    /// Never: base64 is a header value.
    #[must_use]
    pub fn authorization(&self) -> Option<HeaderValue> {
        let (user, password) = self.credential()?;
        let encoded = BASE64_STANDARD.encode(format!("{user}:{password}"));
        let mut value =
            HeaderValue::from_str(&format!("Basic {encoded}")).expect("base64 is a header value");
        value.set_sensitive(true);
        Some(value)
    }

    /// Writes the request for a tunnel to a server.
    #[must_use]
    pub fn connect_request(&self, origin: &Origin) -> Vec<u8> {
        let server = origin.authority();
        let mut request = format!("CONNECT {server} HTTP/1.1\r\nHost: {server}\r\n").into_bytes();
        if let Some(authorization) = self.authorization() {
            request.extend_from_slice(b"Proxy-Authorization: ");
            request.extend_from_slice(authorization.as_bytes());
            request.extend_from_slice(b"\r\n");
        }
        request.extend_from_slice(b"\r\n");
        request
    }
}

impl ProxyScheme {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Socks5 => "socks5",
            Self::Socks5h => "socks5h",
        }
    }

    const fn port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
            Self::Socks5 | Self::Socks5h => 1080,
        }
    }
}

/// Shows host and port, and never the credential.
impl fmt::Display for ProxyServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl fmt::Debug for ProxyServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{self}", self.scheme.as_str())
    }
}

/// A raw `#` in a password ends the server early, and the rest of the password would be its port.
const BEHIND: &str = "it has a path, a query or a fragment; in a password write /, ? and # as %2F, %3F \
                      and %23";
