use alloc::{borrow::ToOwned as _, format, string::String};
use core::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Invalid, limits};

/// The value of an `Idempotency-Key` header: 1 to 255 characters of `A-Z a-z 0-9 _ : . -`.
///
/// Within 24 hours the same key at the same endpoint replays the first response. A retry of the
/// same logical request reuses its key; anything new takes a new one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Returns the key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for IdempotencyKey {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        let max = limits::IDEMPOTENCY_KEY_LENGTH_MAX;
        if text.is_empty() || text.len() > max {
            return Err(Invalid::new(
                "Idempotency-Key",
                format!("has {} characters, the API takes 1 to {max}", text.len()),
            ));
        }
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '.' | '-');
        match text.chars().find(|c| !allowed(*c)) {
            Some(bad) => Err(Invalid::new(
                "Idempotency-Key",
                format!("holds {bad:?}, the API takes letters, digits and _ : . -"),
            )),
            None => Ok(Self(text)),
        }
    }
}

impl TryFrom<&str> for IdempotencyKey {
    type Error = Invalid;

    fn try_from(text: &str) -> Result<Self, Invalid> {
        Self::try_from(text.to_owned())
    }
}

impl FromStr for IdempotencyKey {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Self::try_from(text)
    }
}

impl From<IdempotencyKey> for String {
    fn from(key: IdempotencyKey) -> Self {
        key.0
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
