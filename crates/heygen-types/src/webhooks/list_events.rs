use alloc::{string::String, string::ToString as _, vec::Vec};

use super::{EventType, WebhookEventRecord};
use crate::{
    Envelope, Invalid, Method, NoBody, Operation, Page, Paged, invalid::check_limit, limits,
    paged::page_query,
};

/// `GET /v3/webhooks/events`: the events so far, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListWebhookEvents {
    /// The type of the events.
    pub event_type: Option<EventType>,
    /// The resource that they are about.
    pub entity_id: Option<String>,
    /// How many items a page has, 1 to 100; the API's default is `10`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl ListWebhookEvents {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            event_type: None,
            entity_id: None,
            limit: None,
            token: None,
        }
    }
}

impl Operation for ListWebhookEvents {
    const ID: &'static str = "webhooks.events.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/webhooks/events";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<WebhookEventRecord>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = Vec::new();
        query.extend(
            self.event_type
                .as_ref()
                .map(|value| ("event_type", value.to_string())),
        );
        query.extend(self.entity_id.clone().map(|value| ("entity_id", value)));
        query.extend(page_query(self.limit, self.token.as_deref()));
        query
    }

    fn validate(&self) -> Result<(), Invalid> {
        check_limit(self.limit, limits::LIST_LIMIT)
    }
}

impl Paged for ListWebhookEvents {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}
