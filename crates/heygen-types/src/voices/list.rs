use alloc::{string::String, string::ToString as _, vec::Vec};

use super::{VoiceSummary, VoiceType};
use crate::{
    Envelope, Invalid, Method, NoBody, Operation, Page, Paged, invalid::check_limit, limits,
    paged::page_query,
};

/// `GET /v3/voices`: the voices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListVoices {
    /// Whose voices to list; the API's default is `public`.
    pub r#type: Option<VoiceType>,
    /// The engine that the voices run on.
    pub engine: Option<String>,
    /// The language that they speak.
    pub language: Option<String>,
    /// The gender that they have.
    pub gender: Option<String>,
    /// How many items a page has, 1 to 100; the API's default is `20`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl ListVoices {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            r#type: None,
            engine: None,
            language: None,
            gender: None,
            limit: None,
            token: None,
        }
    }
}

impl Operation for ListVoices {
    const ID: &'static str = "voices.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/voices";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<VoiceSummary>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = Vec::new();
        query.extend(
            self.r#type
                .as_ref()
                .map(|value| ("type", value.to_string())),
        );
        query.extend(self.engine.clone().map(|value| ("engine", value)));
        query.extend(self.language.clone().map(|value| ("language", value)));
        query.extend(self.gender.clone().map(|value| ("gender", value)));
        query.extend(page_query(self.limit, self.token.as_deref()));
        query
    }

    fn validate(&self) -> Result<(), Invalid> {
        check_limit(self.limit, limits::LIST_LIMIT)
    }
}

impl Paged for ListVoices {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}
