use std::{fmt, str::FromStr};

use heygen_types::{Invalid, Origin};
use http::Uri;

/// Where the API is: a scheme, a host, and perhaps a path that goes before every operation's own.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    origin: Origin,
}

impl BaseUrl {
    /// The public API.
    pub const DEFAULT: &'static str = "https://api.heygen.com";

    /// Tells whether the URL is `http`, which sends the credential in the clear.
    #[must_use]
    pub const fn is_plain_http(&self) -> bool {
        !self.origin.is_https()
    }

    /// Tells whether the host is this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.origin.is_loopback()
    }

    /// Tells where files may be sent in the clear by way of this API, given whether the user allowed
    /// plain `http` expressly.
    pub(crate) const fn plain_http(&self, is_allowed: bool) -> PlainHttp {
        match (self.is_plain_http(), is_allowed) {
            (false, _) => PlainHttp::Nowhere,
            (true, false) => PlainHttp::ThisMachine,
            (true, true) => PlainHttp::Anywhere,
        }
    }

    /// Returns the URL, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Where files may be sent in the clear, whatever the server asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlainHttp {
    Nowhere,
    ThisMachine,
    Anywhere,
}

impl PlainHttp {
    pub(crate) fn allows(self, origin: &Origin) -> bool {
        match self {
            Self::Nowhere => false,
            Self::ThisMachine => origin.is_loopback(),
            Self::Anywhere => true,
        }
    }
}

impl FromStr for BaseUrl {
    type Err = Invalid;

    /// Takes an absolute `https` or `http` URL without user name, query or fragment. What has an `@`
    /// anywhere counts as one with a user name, so that no password is ever shown.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let invalid = |problem: &'static str| Invalid::new("base URL", problem);
        let uri: Uri = text
            .parse()
            .map_err(|_| invalid("is not a URL such as https://api.heygen.com"))?;
        if uri.scheme().is_none() {
            return Err(invalid("has no scheme, such as https://"));
        }
        // In the path, too: one mistake in front of it, such as a second "//", and it gets there.
        if text.contains('@') {
            return Err(invalid("holds a user name; the API takes a key instead"));
        }
        if uri.query().is_some() || text.contains('#') {
            return Err(invalid("has a query or a fragment"));
        }
        let origin = text
            .parse()
            .map_err(|problem: Invalid| Invalid::new("base URL", problem.problem().to_owned()))?;
        Ok(Self {
            text: text.trim_end_matches('/').to_owned(),
            origin,
        })
    }
}

impl Default for BaseUrl {
    fn default() -> Self {
        Self::DEFAULT
            .parse()
            .expect("the address of the public API is a URL")
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text)
    }
}
