use alloc::{borrow::ToOwned as _, string::String};
use core::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Invalid,
    secret::{HIDDEN, without_query},
};

/// A URL that the API gives or takes.
///
/// Result URLs are presigned: whoever has the query has the file. `Debug` therefore shows the
/// URL without its query, and there is no `Display`; [`as_str`](Self::as_str) gives the whole.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Url(String);

impl Url {
    /// Returns the whole URL, query included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the URL up to its query, for messages and logs.
    #[must_use]
    pub fn without_query(&self) -> &str {
        without_query(&self.0)
    }
}

impl FromStr for Url {
    type Err = Invalid;

    /// Takes an absolute `http` or `https` URL without spaces or control characters. The message of
    /// the error never contains it.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let authority = strip_prefix_ignore_case(text, "https://")
            .or_else(|| strip_prefix_ignore_case(text, "http://"));
        let problem = match authority {
            None => "is not an http or https URL",
            Some(rest) if rest.is_empty() || rest.starts_with(['/', '?', '#']) => "has no host",
            Some(rest) if rest.contains(|c: char| c.is_control() || c == ' ') => {
                "holds a space or a control character"
            }
            Some(_) => return Ok(Self(text.to_owned())),
        };
        Err(Invalid::new("url", problem))
    }
}

impl TryFrom<&str> for Url {
    type Error = Invalid;

    /// Takes a text as [`from_str`](Self::from_str) does.
    fn try_from(text: &str) -> Result<Self, Invalid> {
        text.parse()
    }
}

impl TryFrom<String> for Url {
    type Error = Invalid;

    /// Takes a text as [`from_str`](Self::from_str) does.
    fn try_from(text: String) -> Result<Self, Invalid> {
        text.parse()
    }
}

impl From<Url> for String {
    fn from(url: Url) -> Self {
        url.0
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_redacted(f, &self.0)
    }
}

/// A URL that carries its own permission to write a file. It is a secret.
///
/// `Debug` shows the URL without its query, there is no `Display`, and the whole is only given by
/// [`expose`](Self::expose), so that every use can be searched for.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PresignedUrl(String);

impl PresignedUrl {
    /// Wraps a URL, unchanged and unchecked: what a server sends is judged by who uses it.
    pub fn new(url: impl Into<String>) -> Self {
        Self(url.into())
    }

    /// Returns the whole URL, exactly as it was received.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Returns the URL up to its query, for messages and logs.
    #[must_use]
    pub fn without_query(&self) -> &str {
        without_query(&self.0)
    }
}

impl fmt::Debug for PresignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_redacted(f, &self.0)
    }
}

fn write_redacted(f: &mut fmt::Formatter<'_>, url: &str) -> fmt::Result {
    let shown = without_query(url);
    let is_cut = shown != HIDDEN && shown.len() < url.len();
    let rest = if is_cut { "?…" } else { "" };
    write!(f, "\"{}{rest}\"", shown.escape_debug())
}

fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}
