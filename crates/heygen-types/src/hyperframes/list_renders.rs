use alloc::{string::String, string::ToString as _, vec::Vec};

use super::HyperframesRender;
use crate::{
    Envelope, Invalid, Method, NoBody, Operation, Page, Paged, invalid::check_range, limits,
    paged::take_page,
};

/// `GET /v3/hyperframes/renders`: the renders, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListRenders {
    /// How many items a page has, 1 to 100; the API's default is `10`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl ListRenders {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: None,
            token: None,
        }
    }
}

impl Operation for ListRenders {
    const ID: &'static str = "hyperframes.renders.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/hyperframes/renders";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<HyperframesRender>;

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

impl Paged for ListRenders {
    type Item = HyperframesRender;

    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }

    fn into_items(response: Page<HyperframesRender>) -> (Vec<HyperframesRender>, Option<String>) {
        take_page(response)
    }
}
