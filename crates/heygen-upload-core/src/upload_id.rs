use alloc::{borrow::Cow, format};
use core::{fmt, str::FromStr};

use heygen_types::{IdempotencyKey, Invalid};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::StepKind;

/// The identity of one upload: 128 random bits that the driver supplies. Idempotency keys are
/// made of it, so it stays the same across retries, crashes and days.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct UploadId(u128);

impl UploadId {
    /// Wraps 128 random bits.
    #[must_use]
    pub const fn from_random(bits: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bits))
    }

    /// Returns `<upload id>.<step>.<generation>`.
    pub(crate) fn key(self, step: StepKind, generation: u32) -> IdempotencyKey {
        format!("{self}.{step}.{generation}")
            .parse()
            .expect("hexadecimal digits, a word and a number make a valid key")
    }
}

impl FromStr for UploadId {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let hexadecimal = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        match u128::from_str_radix(text, 16) {
            Ok(bits) if hexadecimal => Ok(Self(bits)),
            _ => Err(Invalid::new("upload id", "is not 32 hexadecimal digits")),
        }
    }
}

impl fmt::Display for UploadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for UploadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UploadId({self})")
    }
}

impl Serialize for UploadId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for UploadId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
