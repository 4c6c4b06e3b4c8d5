use alloc::string::String;

use serde::{Deserialize, Serialize};

/// How a term is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Pronunciation {
    /// The term.
    pub term: String,
    /// How it is said.
    pub pronunciation: String,
}

impl Pronunciation {
    /// Starts from what has to be there.
    pub fn new(term: impl Into<String>, pronunciation: impl Into<String>) -> Self {
        Self {
            term: term.into(),
            pronunciation: pronunciation.into(),
        }
    }
}

/// A term that stays as it is in translations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct KeptTerm {
    /// The term.
    pub term: String,
}

impl KeptTerm {
    /// Starts from what has to be there.
    pub fn new(term: impl Into<String>) -> Self {
        Self { term: term.into() }
    }
}

/// A term that is always translated in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ForcedTranslation {
    /// The term.
    pub term: String,
    /// How it is translated.
    pub translation: String,
}

impl ForcedTranslation {
    /// Starts from what has to be there.
    pub fn new(term: impl Into<String>, translation: impl Into<String>) -> Self {
        Self {
            term: term.into(),
            translation: translation.into(),
        }
    }
}
