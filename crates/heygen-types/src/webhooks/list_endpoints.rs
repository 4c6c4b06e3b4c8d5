use alloc::{string::String, vec::Vec};

use super::WebhookEndpoint;
use crate::{
    Envelope, Invalid, Method, NoBody, Operation, Page, Paged, invalid::check_limit, limits,
    paged::page_query,
};

/// `GET /v3/webhooks/endpoints`: the registered endpoints, without their secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListWebhookEndpoints {
    /// How many items a page has, 1 to 100; the API's default is `10`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl ListWebhookEndpoints {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: None,
            token: None,
        }
    }
}

impl Operation for ListWebhookEndpoints {
    const ID: &'static str = "webhooks.endpoints.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/webhooks/endpoints";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<WebhookEndpoint>;

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

impl Paged for ListWebhookEndpoints {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}
