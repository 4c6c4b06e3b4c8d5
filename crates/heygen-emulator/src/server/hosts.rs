use std::net::IpAddr;

use http::{StatusCode, Version, header, request::Parts, uri::Authority};
use url::Url;

use crate::problem::Problem;

/// Which names the emulator answers to.
///
/// A page in a browser can have a name of its own lead to this machine (DNS rebinding), and
/// could then talk to the emulator as to the server that it came from. Its requests carry that
/// name, which is how they are told apart. An address cannot be turned to another machine like that.
pub(super) struct Hosts {
    listen: IpAddr,
    public: Option<String>,
}

impl Hosts {
    pub(super) fn new(listen: IpAddr, public_url: Option<&str>) -> Self {
        let public = public_url.and_then(|url| url.parse::<Url>().ok());
        Self {
            listen,
            public: public.and_then(|url| url.host_str().map(str::to_owned)),
        }
    }

    /// Refuses a request that was meant for somebody else.
    pub(super) fn check(&self, head: &Parts) -> Result<(), Problem> {
        let mut given = head.headers.get_all(header::HOST).iter();
        let authority = match (head.uri.authority(), given.next(), given.next()) {
            (_, _, Some(_)) => return Err(Problem::request("the request has two headers Host")),
            // The URI stands above the header (RFC 9112, section 3.2.2).
            (Some(authority), ..) => authority.clone(),
            (None, Some(value), None) => Authority::try_from(value.as_bytes())
                .map_err(|_| Problem::request("the header Host holds no host"))?,
            // A browser always sends one.
            (None, None, None) if head.version < Version::HTTP_11 => return Ok(()),
            (None, None, None) => return Err(Problem::request("the request has no header Host")),
        };
        if self.allows(authority.host()) {
            return Ok(());
        }
        Err(Problem::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            format!(
                "nothing was done: the emulator does not answer to the host {:?}, only to {}; to \
                 have it answer to another name, start it with a public URL of that name \
                 (--public-url http://NAME:PORT, or the setting public_url)",
                authority.host(),
                self.allowed().join(", "),
            ),
        ))
    }

    fn allows(&self, host: &str) -> bool {
        let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        if self.public.as_ref() == Some(&host) {
            return true;
        }
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        match bare.parse::<IpAddr>().map(|address| address.to_canonical()) {
            Ok(address) => {
                address.is_loopback() || self.listen.is_unspecified() || address == self.listen
            }
            Err(_) => host == "localhost" || host.ends_with(".localhost"),
        }
    }

    fn allowed(&self) -> Vec<String> {
        let mut allowed = vec!["localhost".to_owned(), "loopback addresses".to_owned()];
        if self.listen.is_unspecified() {
            allowed.push("any address".to_owned());
        } else if !self.listen.is_loopback() {
            allowed.push(self.listen.to_string());
        }
        allowed.extend(self.public.clone());
        allowed
    }
}
