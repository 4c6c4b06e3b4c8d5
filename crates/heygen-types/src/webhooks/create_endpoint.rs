use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{EventType, WebhookEndpoint};
use crate::{BodyEncoding, Method, Operation, Url};

/// `POST /v3/webhooks/endpoints`: registers an endpoint. Only this answer has its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateWebhookEndpoint {
    /// Where events are sent, a public HTTPS URL.
    pub url: Url,
    /// The one resource whose events are sent; without it those of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_id: Option<String>,
    /// The types of events to send; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<EventType>>,
}

impl CreateWebhookEndpoint {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(url: Url) -> Self {
        Self {
            url,
            entity_id: None,
            events: None,
        }
    }
}

impl Operation for CreateWebhookEndpoint {
    const ID: &'static str = "webhooks.endpoints.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/webhooks/endpoints";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;

    type Body = Self;
    type Response = WebhookEndpoint;

    fn body(&self) -> &Self {
        self
    }
}
