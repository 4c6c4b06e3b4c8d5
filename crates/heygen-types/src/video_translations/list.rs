use alloc::{string::String, string::ToString as _, vec::Vec};

use super::TranslationJob;
use crate::{
    Envelope, Invalid, Method, NoBody, Operation, Page, Paged, invalid::check_range, limits,
    paged::take_page,
};

/// `GET /v3/video-translations`: the translations, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListVideoTranslations {
    /// How many items a page has, 1 to 100; the API's default is `10`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl ListVideoTranslations {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: None,
            token: None,
        }
    }
}

impl Operation for ListVideoTranslations {
    const ID: &'static str = "video_translations.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/video-translations";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<TranslationJob>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = Vec::new();
        query.extend(self.limit.map(|value| ("limit", value.to_string())));
        query.extend(self.token.clone().map(|value| ("token", value)));
        query
    }

    fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.limit {
            check_range("limit", value, limits::LIST_LIMIT)?;
        }
        Ok(())
    }
}

impl Paged for ListVideoTranslations {
    type Item = TranslationJob;

    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }

    fn into_items(response: Page<TranslationJob>) -> (Vec<TranslationJob>, Option<String>) {
        take_page(response)
    }
}
