use std::fmt;

use http::{HeaderMap, header};

/// The credential that the emulator asks for. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(String);

impl ApiKey {
    /// Returns the key as text.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Tells whether every credential of a request is the right one, and there is one.
    pub(crate) fn is_carried_by(&self, headers: &HeaderMap) -> bool {
        let mut carried = 0;
        for value in headers.get_all("x-api-key") {
            if value.as_bytes() != self.0.as_bytes() {
                return false;
            }
            carried += 1;
        }
        for value in headers.get_all(header::AUTHORIZATION) {
            let Some((scheme, token)) = value.to_str().ok().and_then(|text| text.split_once(' '))
            else {
                return false;
            };
            if !scheme.eq_ignore_ascii_case("bearer") || token.trim() != self.0 {
                return false;
            }
            carried += 1;
        }
        carried > 0
    }
}

impl From<String> for ApiKey {
    fn from(key: String) -> Self {
        Self(key)
    }
}

impl From<&str> for ApiKey {
    fn from(key: &str) -> Self {
        Self(key.to_owned())
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey([redacted])")
    }
}
