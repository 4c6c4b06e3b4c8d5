use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::EventType;
use crate::{Envelope, Method, NoBody, Operation, Page};

/// `GET /v3/webhooks/event-types`: the types of events. The list has one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListWebhookEventTypes {}

impl ListWebhookEventTypes {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }
}

impl Operation for ListWebhookEventTypes {
    const ID: &'static str = "webhooks.event_types.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/webhooks/event-types";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<WebhookEventType>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }
}

/// A type of event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WebhookEventType {
    /// What it is, in words.
    pub description: String,
    /// The type, such as `avatar_video.success`.
    pub event_type: EventType,
}

impl WebhookEventType {
    /// Makes one of the fields that are always there.
    pub fn new(description: impl Into<String>, event_type: EventType) -> Self {
        Self {
            description: description.into(),
            event_type,
        }
    }
}
