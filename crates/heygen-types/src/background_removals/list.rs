use alloc::{string::String, vec::Vec};

use super::BackgroundRemovalJob;
use crate::{
    Envelope, Invalid, Method, NoBody, Operation, Page, Paged, invalid::check_limit, limits,
    paged::page_query,
};

/// `GET /v3/background-removals` (preview): the background removals, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListBackgroundRemovals {
    /// How many items a page has, 1 to 100; the API's default is `10`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl ListBackgroundRemovals {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: None,
            token: None,
        }
    }
}

impl Operation for ListBackgroundRemovals {
    const ID: &'static str = "background_removals.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/background-removals";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<BackgroundRemovalJob>;

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

impl Paged for ListBackgroundRemovals {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}
