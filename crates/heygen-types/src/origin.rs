use alloc::string::String;
use core::{
    fmt,
    net::{IpAddr, Ipv6Addr},
    str::FromStr,
};

use crate::Invalid;

/// The server that an `http` or `https` URL leads to: its scheme, host and port.
///
/// The URL is read strictly, because a key or a file goes where it points. A reader that replaces a
/// port that it cannot read with the usual one sends them to another server.
///
/// ```
/// use heygen_types::Origin;
///
/// let origin: Origin = "https://API.heygen.com/v3/assets?a=b".parse()?;
/// assert_eq!((origin.host(), origin.port()), ("api.heygen.com", 443));
/// assert_eq!(origin.authority(), "api.heygen.com:443");
/// for wrong in ["https://a.test:99999/", "https://a.test:8x/", "https://a.test:/", "https://[::1/"] {
///     assert!(wrong.parse::<Origin>().is_err());
/// }
/// # Ok::<(), heygen_types::Invalid>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    is_https: bool,
    host: String,
    port: u16,
}

/// A host, and a port where one is given, as they stand in a URL.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HostPort {
    host: String,
    port: Option<u16>,
}

impl Origin {
    /// Reads a scheme and what follows `://` up to the path.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for another scheme than `http` and `https`, and for what [`HostPort`] refuses.
    pub fn from_parts(scheme: &str, authority: &str) -> Result<Self, Invalid> {
        let is_https = scheme.eq_ignore_ascii_case("https");
        if !is_https && !scheme.eq_ignore_ascii_case("http") {
            return Err(invalid("is neither http nor https"));
        }
        let HostPort { host, port } = authority.parse()?;
        let port = port.unwrap_or(if is_https { 443 } else { 80 });
        Ok(Self {
            is_https,
            host,
            port,
        })
    }

    /// Returns `true` if the scheme is `https`.
    #[must_use]
    pub const fn is_https(&self) -> bool {
        self.is_https
    }

    /// Returns the host in lower case; an IPv6 address stands in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns the port, which is the one of the scheme where the URL has none.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Returns host and port, the port of the scheme included.
    #[must_use]
    pub fn authority(&self) -> String {
        alloc::format!("{}:{}", self.host, self.port)
    }

    /// Returns `true` if the host is this machine by its name or its address.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || host
                .parse()
                .is_ok_and(|address: IpAddr| address.is_loopback())
    }
}

impl FromStr for Origin {
    type Err = Invalid;

    /// Reads the server of an absolute URL. The error never contains any of the URL.
    fn from_str(url: &str) -> Result<Self, Invalid> {
        let (scheme, rest) = url
            .split_once("://")
            .ok_or_else(|| invalid("is neither http nor https"))?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        Self::from_parts(scheme, authority)
    }
}

impl HostPort {
    /// Returns the host in lower case; an IPv6 address stands in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns the port where one is given. It is never zero.
    #[must_use]
    pub const fn port(&self) -> Option<u16> {
        self.port
    }
}

impl FromStr for HostPort {
    type Err = Invalid;

    /// Reads `host` or `host:port`. An empty port is refused although RFC 3986 allows it: it is
    /// what an unset variable leaves behind. The error never contains any of the text.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        if text.contains('@') {
            return Err(invalid("holds a user name"));
        }
        // The colons of an IPv6 address separate no port.
        let host_end = match text.rfind(']') {
            Some(end) if text.starts_with('[') => end + 1,
            _ => text.find(':').unwrap_or(text.len()),
        };
        let (host, rest) = text.split_at(host_end);
        let port = match rest.strip_prefix(':') {
            Some(digits) => Some(port(digits)?),
            None if rest.is_empty() => None,
            None => return Err(invalid(NO_HOST_NAME)),
        };
        let bare = host
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        let is_host = match bare {
            Some(address) => address.parse::<Ipv6Addr>().is_ok(),
            None => is_name(host.strip_suffix('.').unwrap_or(host)),
        };
        if host.is_empty() {
            return Err(invalid("has no host"));
        }
        if !is_host {
            return Err(invalid(NO_HOST_NAME));
        }
        let host = host.to_ascii_lowercase();
        Ok(Self { host, port })
    }
}

impl fmt::Display for HostPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.host)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

fn port(digits: &str) -> Result<u16, Invalid> {
    // The parser takes a sign, too.
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.parse() {
        Ok(port) if is_number && port > 0 => Ok(port),
        _ => Err(invalid("has a port that is not a number from 1 to 65535")),
    }
}

/// Takes underscores as well, which names in private networks have.
fn is_name(host: &str) -> bool {
    host.len() <= MAX_NAME_BYTES
        && host.split('.').all(|label| {
            let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
            !label.is_empty() && label.bytes().all(is_letter)
        })
}

fn invalid(problem: &'static str) -> Invalid {
    Invalid::new("url", problem)
}

const NO_HOST_NAME: &str = "has a host that is neither a name nor an address";
/// The longest name that DNS has (RFC 1035, section 2.3.4).
const MAX_NAME_BYTES: usize = 253;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn server_of_a_url_is_read() {
        for (url, is_https, authority) in [
            ("https://api.heygen.com", true, "api.heygen.com:443"),
            ("HTTP://A_b.Test./x?y#z", false, "a_b.test.:80"),
            ("http://127.0.0.1:08080?q", false, "127.0.0.1:8080"),
            ("https://[::1]:65535#f", true, "[::1]:65535"),
            ("https://a.test/@:0", true, "a.test:443"),
        ] {
            let origin: Origin = url.parse().unwrap();
            assert_eq!(origin.is_https(), is_https, "{url}");
            assert_eq!(origin.authority(), authority, "{url}");
        }
    }

    #[test]
    fn what_is_no_server_is_refused_and_not_shown() {
        for authority in [
            "a.test:99999",
            "a.test:65536",
            "a.test:8x",
            "a.test:-1",
            "a.test:+80",
            "a.test:0",
            "a.test:",
            "a.test: 80",
            "a.test:80:80",
            "[::1]:",
            "[::1]:x",
        ] {
            let problem = authority.parse::<HostPort>().unwrap_err();
            assert!(problem.problem().contains("port"), "{authority}: {problem}");
        }
        for authority in [
            "",
            ":80",
            "a b",
            " a",
            "[::1",
            "::1",
            "[::1]x",
            "[a]",
            "[]",
            "[fe80::1%25eth0]",
            "a..b",
            ".a",
            ".",
            "a\\b",
            "a%2fb",
            "b\u{fc}cher.test",
            "u:SECRET@a.test",
            "a,b",
            "*",
        ] {
            for scheme in ["http", "https"] {
                let refused = Origin::from_parts(scheme, authority);
                let problem = refused.expect_err(authority);
                assert!(!problem.problem().contains("SECRET"), "{problem}");
            }
        }
        for url in [
            "ftp://a.test",
            "a.test",
            "//a.test",
            "/a",
            "",
            "https:/a.test",
        ] {
            assert!(url.parse::<Origin>().is_err(), "{url}");
        }
    }

    #[test]
    fn this_machine_has_many_names() {
        let is_loopback = |host: &str| Origin::from_parts("http", host).unwrap().is_loopback();
        for host in ["localhost", "LocalHost:80", "127.9.9.9:1", "[::1]:8080"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "localhost.example",
            "128.0.0.1",
            "[::2]",
            "127.0.0.1.nip.io",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
