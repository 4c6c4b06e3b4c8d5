use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{Method, NoBody, Operation};

/// `GET /v3/video-translations/languages`: the languages to translate into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListTranslationLanguages {}

impl ListTranslationLanguages {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }
}

impl Operation for ListTranslationLanguages {
    const ID: &'static str = "video_translations.languages.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/video-translations/languages";

    type Body = NoBody;
    type Response = TranslationLanguages;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }
}

/// The languages, by the names that requests take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TranslationLanguages {
    /// The names of the languages.
    pub languages: Vec<String>,
}

impl TranslationLanguages {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(languages: Vec<String>) -> Self {
        Self { languages }
    }
}
