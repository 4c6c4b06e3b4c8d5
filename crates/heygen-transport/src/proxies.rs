use std::{env, ffi::OsString, fmt};

use heygen_client::TransportError;
use heygen_types::Origin;

use crate::{Error, ErrorKind, Proxy, refused};

mod exempt;
mod server;

use exempt::Exempt;
pub use server::{ProxyScheme, ProxyServer};

/// Which requests go through which proxy.
///
/// ```
/// use heygen_transport::{Proxies, ProxyScheme, ProxyServer};
///
/// let variables = |name: &str| match name {
///     "HTTPS_PROXY" => Some("http://proxy.test:3128".into()),
///     "NO_PROXY" => Some("intern.test".into()),
///     "http_proxy" => Some("http://user:pa#ss@proxy.test".into()),
///     _ => None,
/// };
/// let proxies = Proxies::from_variables(variables, &[ProxyScheme::Http]);
///
/// let api = "https://api.heygen.com/v3/assets".parse()?;
/// assert_eq!(proxies.proxy_for(&api)?.map(ProxyServer::port), Some(3128));
/// for direct in ["https://www.intern.test/", "http://localhost/"] {
///     assert_eq!(proxies.proxy_for(&direct.parse()?)?, None);
/// }
/// // A variable that cannot be read is no reason to go around the proxy.
/// assert!(proxies.proxy_for(&"http://api.heygen.com/".parse()?).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Proxies {
    http: Choice,
    https: Choice,
    /// `None` where nothing is reached directly.
    exempt: Option<Exempt>,
}

/// The proxy for one scheme.
#[derive(Clone)]
enum Choice {
    None,
    Server(ProxyServer),
    /// A variable that cannot be read, and why.
    Unreadable(&'static str, String),
}

impl Proxies {
    /// Takes the proxies as a transport is set up that speaks to those of the schemes `supported`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Proxy`] for the URL of a proxy that cannot be read or is not supported. What the
    /// environment says shows in [`proxy_for`](Self::proxy_for).
    pub fn new(proxy: &Proxy, supported: &[ProxyScheme]) -> Result<Self, Error> {
        match proxy {
            Proxy::FromEnv => Ok(Self::from_variables(|name| env::var_os(name), supported)),
            Proxy::None => Ok(Self::everywhere(Choice::None)),
            Proxy::Url(url) => ProxyServer::parse(url, supported)
                .map(|server| Self::everywhere(Choice::Server(server)))
                .map_err(|problem| Error::with_source(ErrorKind::Proxy, problem)),
        }
    }

    fn everywhere(choice: Choice) -> Self {
        Self {
            http: choice.clone(),
            https: choice,
            exempt: None,
        }
    }

    /// Takes the proxies from variables, each of which `lookup` gives by its name:
    ///
    /// - for `https` the first of `HTTPS_PROXY`, `https_proxy`, `ALL_PROXY` and `all_proxy`;
    /// - for `http` the first of `HTTP_PROXY`, `http_proxy`, `ALL_PROXY` and `all_proxy`. Where
    ///   `REQUEST_METHOD` is set, `HTTP_PROXY` may be a header `Proxy` that a web server turned into
    ///   a variable (CGI), and does not count;
    /// - for neither where `NO_PROXY` or `no_proxy` names the server. It is a list with commas of
    ///   domains (with or without a dot before them, subdomains included), addresses, networks
    ///   such as `10.0.0.0/8`, any of these with a port, and `*` for everything.
    ///
    /// What is empty counts as not set. What cannot be read, or is a proxy that is not supported,
    /// fails the requests that it is for. Loopback addresses and `localhost` are reached directly.
    #[must_use]
    pub fn from_variables(
        lookup: impl Fn(&str) -> Option<OsString>,
        supported: &[ProxyScheme],
    ) -> Self {
        let lookup = |name: &str| lookup(name).filter(|value| !value.is_empty());
        let first = |names: &[&'static str]| {
            let mut values = names.iter().filter_map(|name| Some((*name, lookup(name)?)));
            let Some((name, value)) = values.next() else {
                return Choice::None;
            };
            let read = match value.to_str() {
                Some(url) if url.trim().is_empty() => Err("it is blank".to_owned()),
                Some(url) => ProxyServer::parse(url.trim(), supported),
                None => Err("it is not UTF-8".to_owned()),
            };
            match read {
                Ok(server) => Choice::Server(server),
                Err(problem) => Choice::Unreadable(name, problem),
            }
        };
        let is_cgi = lookup("REQUEST_METHOD").is_some();
        let http = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
        let exempt = lookup("NO_PROXY").or_else(|| lookup("no_proxy"));
        // What is not text names no server, so that goes through the proxy.
        let exempt = exempt.unwrap_or_default();
        Self {
            http: first(&http[usize::from(is_cgi)..]),
            https: first(&["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]),
            exempt: Some(Exempt::new(&exempt.to_string_lossy())),
        }
    }

    /// Returns the proxy on the way to a server, `None` if it is reached directly.
    ///
    /// # Errors
    ///
    /// [`Request`](heygen_client::TransportErrorKind::Request) when the environment names a proxy for
    /// the server that cannot be used. It names the variable and never its value.
    pub fn proxy_for(&self, origin: &Origin) -> Result<Option<&ProxyServer>, TransportError> {
        let is_direct = self
            .exempt
            .as_ref()
            .is_some_and(|exempt| origin.is_loopback() || exempt.contains(origin));
        let choice = if origin.is_https() {
            &self.https
        } else {
            &self.http
        };
        match choice {
            Choice::Server(server) if !is_direct => Ok(Some(server)),
            Choice::Unreadable(name, problem) if !is_direct => Err(refused(format!(
                "the proxy in the variable {name} cannot be used: {problem}; nothing was sent"
            ))
            .with_hint(format!(
                "write {name} as http://USER:PASSWORD@HOST:PORT or unset it; NO_PROXY names servers \
                 that are reached without the proxy"
            ))),
            _ => Ok(None),
        }
    }

    /// Names a server for messages, with the proxy on the way to it.
    #[must_use]
    pub fn describe(&self, origin: &Origin) -> String {
        match self.proxy_for(origin) {
            Ok(Some(proxy)) => format!("{} through the proxy {proxy}", origin.authority()),
            _ => origin.authority(),
        }
    }
}

/// Shows no credential.
impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxies")
            .field("http", &self.http)
            .field("https", &self.https)
            .field("exempt", &self.exempt)
            .finish()
    }
}

impl fmt::Debug for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Server(server) => server.fmt(f),
            Self::Unreadable(name, _) => write!(f, "Unreadable({name})"),
        }
    }
}
