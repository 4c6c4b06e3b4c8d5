use alloc::string::String;

use serde::{Deserialize, Serialize};

/// What went wrong, as a code and in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CodedError {
    /// The code.
    pub code: String,
    /// What happened, in words.
    pub message: String,
}

impl CodedError {
    /// Makes one of the fields that are always there.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
        }
    }
}
