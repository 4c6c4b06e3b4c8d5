use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{Invalid, invalid::check_not_empty};

/// How a term is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Pronunciation {
    /// The term, not empty.
    pub term: String,
    /// How it is said, not empty.
    pub pronunciation: String,
}

impl Pronunciation {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(term: impl Into<String>, pronunciation: impl Into<String>) -> Self {
        Self {
            term: term.into(),
            pronunciation: pronunciation.into(),
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_not_empty("term", &self.term)?;
        check_not_empty("pronunciation", &self.pronunciation)?;
        Ok(())
    }
}

/// A term that stays as it is in translations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct KeptTerm {
    /// The term, not empty.
    pub term: String,
}

impl KeptTerm {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(term: impl Into<String>) -> Self {
        Self { term: term.into() }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_not_empty("term", &self.term)?;
        Ok(())
    }
}

/// A term that is always translated in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ForcedTranslation {
    /// The term, not empty.
    pub term: String,
    /// How it is translated, not empty.
    pub translation: String,
}

impl ForcedTranslation {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(term: impl Into<String>, translation: impl Into<String>) -> Self {
        Self {
            term: term.into(),
            translation: translation.into(),
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_not_empty("term", &self.term)?;
        check_not_empty("translation", &self.translation)?;
        Ok(())
    }
}
