use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::EventPayload;
use crate::{
    Json, WebhookEventId,
    webhooks::{EventType, WebhookEventRecord},
};

/// One event, as it is delivered and as the history of events keeps it.
///
/// ```
/// use heygen_types::webhooks::{EventPayload, WebhookEvent};
///
/// let body = r#"{"event_type":"avatar_video.success",
///     "event_data":{"video_id":"v1","url":"https://files.example/v1.mp4?signature=secret"}}"#;
/// let event: WebhookEvent = serde_json::from_str(body)?;
/// match event.payload() {
///     EventPayload::AvatarVideoSuccess(video) => assert_eq!(video.video_id.as_str(), "v1"),
///     other => panic!("{other:?}"),
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WebhookEvent {
    /// What the event is about.
    pub event_type: EventType,
    /// What it tells, as it came. [`payload`](Self::payload) gives it a type where one is known.
    pub event_data: Json,
    /// The id of the event. The history always has it; a delivery may have it only in the header
    /// `Heygen-Event-Id`.
    #[serde(
        default,
        deserialize_with = "crate::lenient::optional_id",
        skip_serializing_if = "Option::is_none"
    )]
    pub event_id: Option<WebhookEventId>,
    /// When it happened, in ISO 8601. The history always has it.
    #[serde(
        default,
        deserialize_with = "crate::lenient::optional_text",
        skip_serializing_if = "Option::is_none"
    )]
    pub created_at: Option<String>,
}

impl WebhookEvent {
    /// Creates an event with its required fields; all optional fields are empty.
    #[must_use]
    pub const fn new(event_type: EventType, event_data: Json) -> Self {
        Self {
            event_type,
            event_data,
            event_id: None,
            created_at: None,
        }
    }

    /// Returns what the event tells, with a type where one is known for this kind of event.
    ///
    /// The known shapes were learned from deliveries that others received, not from a published
    /// schema. So data that does not fit its type is no error: it is kept as [`Json`], and the
    /// event still says that something is worth reading again.
    #[must_use]
    pub fn payload(&self) -> EventPayload<'_> {
        let data = &self.event_data;
        let typed = match self.event_type {
            EventType::AvatarVideoSuccess => data.decode().map(EventPayload::AvatarVideoSuccess),
            EventType::AvatarVideoFail => data.decode().map(EventPayload::AvatarVideoFail),
            EventType::AiClippingSuccess | EventType::AiClippingFail => {
                data.decode().map(EventPayload::Clipping)
            }
            _ => return EventPayload::Other(data),
        };
        typed.unwrap_or(EventPayload::Other(data))
    }
}

impl From<WebhookEventRecord> for WebhookEvent {
    fn from(record: WebhookEventRecord) -> Self {
        Self {
            event_type: record.event_type,
            event_data: Json::Object(record.event_data),
            event_id: Some(record.event_id),
            created_at: Some(record.created_at),
        }
    }
}
