use alloc::{
    borrow::Cow,
    string::{String, ToString as _},
    vec::Vec,
};
use core::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, MapAccess, Visitor},
};

use crate::Json;

/// The headers that storage demands with a direct upload, in the order in which they came.
///
/// Every pair is part of the signature and is sent once and unchanged. Numbers and booleans are
/// read as text; a value of any other kind cannot be sent and makes the answer unreadable.
/// `Debug` shows the names only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UploadHeaders(Vec<(String, String)>);

impl UploadHeaders {
    /// Starts without headers.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a header at the end.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.push((name.into(), value.into()));
        self
    }

    /// Gives every pair, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the value of a header, whatever the letter case of its name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

impl fmt::Debug for UploadHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}

impl Serialize for UploadHeaders {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for UploadHeaders {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(HeadersVisitor)
    }
}

struct HeadersVisitor;

impl<'de> Visitor<'de> for HeadersVisitor {
    type Value = UploadHeaders;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of header names to values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<UploadHeaders, A::Error> {
        let mut headers = UploadHeaders::new();
        while let Some((name, value)) = map.next_entry::<Cow<'de, str>, Json>()? {
            let value = match value {
                Json::String(text) => text,
                Json::Bool(flag) => flag.to_string(),
                Json::Integer(number) => number.to_string(),
                Json::Unsigned(number) => number.to_string(),
                Json::Float(number) => number.to_string(),
                Json::Null | Json::Array(_) | Json::Object(_) => {
                    return Err(A::Error::custom(format_args!(
                        "upload header {name:?} is neither text nor a number"
                    )));
                }
            };
            headers = headers.with(name, value);
        }
        Ok(headers)
    }
}
