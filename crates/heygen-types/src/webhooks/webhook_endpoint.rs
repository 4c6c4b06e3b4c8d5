use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{EventType, WebhookSecret};
use crate::{Url, WebhookEndpointId, open_enum::open_enum};

/// A registered endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WebhookEndpoint {
    /// When it was registered, as ISO 8601.
    pub created_at: String,
    /// The endpoint.
    pub endpoint_id: WebhookEndpointId,
    /// Whether it gets events.
    pub status: WebhookEndpointStatus,
    /// Where events are sent.
    pub url: Url,
    /// The types of events that are sent; `None` for all.
    #[serde(default)]
    pub events: Option<Vec<EventType>>,
    /// What deliveries are signed with. Only the answer to the creation has it; a rotation has an
    /// answer of its own.
    #[serde(default)]
    pub secret: Option<WebhookSecret>,
}

impl WebhookEndpoint {
    /// Makes one of the fields that are always there.
    pub fn new(
        created_at: impl Into<String>,
        endpoint_id: WebhookEndpointId,
        status: WebhookEndpointStatus,
        url: Url,
    ) -> Self {
        Self {
            created_at: created_at.into(),
            endpoint_id,
            status,
            url,
            events: None,
            secret: None,
        }
    }
}

open_enum! {
    /// Whether an endpoint gets events.
    WebhookEndpointStatus {
        /// It does.
        Enabled = "enabled",
        /// It does not.
        Disabled = "disabled",
    }
}
