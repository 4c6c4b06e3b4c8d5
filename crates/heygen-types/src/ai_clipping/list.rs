use alloc::{string::String, vec::Vec};

use super::ClippingJob;
use crate::{
    Envelope, Invalid, Method, NoBody, Operation, Page, Paged, invalid::check_limit, limits,
    paged::page_query,
};

/// `GET /v3/ai-clipping`: the clipping jobs, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListAiClippings {
    /// How many items a page has, 1 to 100; the API's default is `10`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl ListAiClippings {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: None,
            token: None,
        }
    }
}

impl Operation for ListAiClippings {
    const ID: &'static str = "ai_clipping.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/ai-clipping";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<ClippingJob>;

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

impl Paged for ListAiClippings {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}
