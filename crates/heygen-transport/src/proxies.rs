use std::{env, fmt};

use http::{Uri, uri::Scheme};

use crate::is_loopback;

mod exempt;

use exempt::Exempt;

/// Which requests go through which proxy, where `P` is a proxy as a transport has it.
///
/// ```
/// use heygen_transport::Proxies;
///
/// let variables = |name: &str| match name {
///     "HTTPS_PROXY" => Some("http://proxy.test:3128".to_owned()),
///     "NO_PROXY" => Some("intern.test".to_owned()),
///     _ => None,
/// };
/// let proxies = Proxies::from_variables(variables, |url| url.parse::<http::Uri>().ok());
///
/// let api = "https://api.heygen.com/v3/assets".parse()?;
/// assert_eq!(proxies.proxy_for(&api).and_then(http::Uri::port_u16), Some(3128));
/// for direct in ["http://api.heygen.com/", "https://www.intern.test/", "https://localhost/"] {
///     assert_eq!(proxies.proxy_for(&direct.parse()?), None);
/// }
/// # Ok::<(), http::uri::InvalidUri>(())
/// ```
#[derive(Clone)]
pub struct Proxies<P> {
    http: Option<P>,
    https: Option<P>,
    /// `None` where nothing is reached directly.
    exempt: Option<Exempt>,
}

impl<P> Proxies<P> {
    /// Uses no proxy.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            http: None,
            https: None,
            exempt: None,
        }
    }

    /// Sends everything through one proxy.
    #[must_use]
    pub fn all(proxy: P) -> Self
    where
        P: Clone,
    {
        Self {
            http: Some(proxy.clone()),
            https: Some(proxy),
            exempt: None,
        }
    }

    /// Takes the proxies from the environment of the process, as [`from_variables`] does.
    ///
    /// [`from_variables`]: Self::from_variables
    #[must_use]
    pub fn from_env(parse: impl Fn(&str) -> Option<P>) -> Self {
        // A proxy has no name that is not text.
        Self::from_variables(|name| env::var(name).ok(), parse)
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
    /// What is empty counts as not set, and so does a proxy that `parse` cannot read. Loopback
    /// addresses and `localhost` are reached directly.
    #[must_use]
    pub fn from_variables(
        lookup: impl Fn(&str) -> Option<String>,
        parse: impl Fn(&str) -> Option<P>,
    ) -> Self {
        let lookup = |name: &str| {
            lookup(name)
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
        };
        let first = |names: &[&str]| {
            let mut values = names.iter().filter_map(|name| lookup(name));
            values.find_map(|url| parse(&url))
        };
        let is_cgi = lookup("REQUEST_METHOD").is_some();
        let http = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
        let exempt = lookup("NO_PROXY").or_else(|| lookup("no_proxy"));
        Self {
            http: first(&http[usize::from(is_cgi)..]),
            https: first(&["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]),
            exempt: Some(Exempt::new(&exempt.unwrap_or_default())),
        }
    }

    /// Returns the proxy on the way to the server of a URI, `None` if it is reached directly.
    #[must_use]
    pub fn proxy_for(&self, uri: &Uri) -> Option<&P> {
        let proxy = if uri.scheme() == Some(&Scheme::HTTPS) {
            &self.https
        } else {
            &self.http
        };
        let is_direct = self
            .exempt
            .as_ref()
            .is_some_and(|exempt| is_loopback(uri) || exempt.contains(uri));
        proxy.as_ref().filter(|_| !is_direct)
    }
}

/// Shows the proxies as `P` does, whose `Debug` has to leave out the credential.
impl<P: fmt::Debug> fmt::Debug for Proxies<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxies")
            .field("http", &self.http)
            .field("https", &self.https)
            .field("exempt", &self.exempt)
            .finish()
    }
}
