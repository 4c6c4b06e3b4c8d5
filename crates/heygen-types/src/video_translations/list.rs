use alloc::{string::String, vec::Vec};

use super::TranslationJob;
use crate::{
    Envelope, Invalid, Method, NoBody, Operation, Page, Paged, invalid::check_limit, limits,
    paged::page_query,
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
        page_query(self.limit, self.token.as_deref())
    }

    fn validate(&self) -> Result<(), Invalid> {
        check_limit(self.limit, limits::LIST_LIMIT)
    }
}

impl Paged for ListVideoTranslations {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}
