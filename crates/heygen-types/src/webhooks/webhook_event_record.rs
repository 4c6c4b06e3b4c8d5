use alloc::{collections::BTreeMap, string::String};

use serde::{Deserialize, Serialize};

use super::EventType;
use crate::{Json, WebhookEventId};

/// An event in the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WebhookEventRecord {
    /// When it happened, as ISO 8601.
    pub created_at: String,
    /// What happened. Its shape depends on the type.
    pub event_data: BTreeMap<String, Json>,
    /// The event.
    pub event_id: WebhookEventId,
    /// The type.
    pub event_type: EventType,
}

impl WebhookEventRecord {
    /// Makes one of the fields that are always there.
    pub fn new(
        created_at: impl Into<String>,
        event_data: BTreeMap<String, Json>,
        event_id: WebhookEventId,
        event_type: EventType,
    ) -> Self {
        Self {
            created_at: created_at.into(),
            event_data,
            event_id,
            event_type,
        }
    }
}
