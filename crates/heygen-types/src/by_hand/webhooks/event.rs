use alloc::{format, string::String};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::EventPayload;
use crate::{
    Invalid, Json, WebhookEventId,
    secret::redacted,
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
#[non_exhaustive]
pub struct WebhookEvent {
    /// What the event is about.
    pub event_type: EventType,
    /// The payload, as it came. [`payload`](Self::payload) returns it with a type where one is known.
    pub event_data: Json,
    /// The id of the event, the same in every delivery of it. The history always has it. Older
    /// deliveries have it only in the header `Heygen-Event-Id`.
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

    /// Returns the payload with a type, where the fields of this type of event are documented.
    ///
    /// An optional field that cannot be read is `None`. Without a required field the payload is
    /// [`Malformed`](EventPayload::Malformed). A payload that only older documentation describes has no
    /// required fields; where it has another shape, it is [`Other`](EventPayload::Other).
    #[must_use]
    pub fn payload(&self) -> EventPayload<'_> {
        let data = &self.event_data;
        let (video, fail) = (&["video_id", "url"], &["video_id"]);
        let read = match self.event_type {
            EventType::AvatarVideoSuccess => {
                read(data, video).map(EventPayload::AvatarVideoSuccess)
            }
            EventType::AvatarVideoFail => read(data, fail).map(EventPayload::AvatarVideoFail),
            EventType::AiClippingSuccess | EventType::AiClippingFail => {
                read(data, &["id", "status"]).map(EventPayload::Clipping)
            }
            _ => return self.older_payload().unwrap_or(EventPayload::Other(data)),
        };
        read.unwrap_or_else(|problem| EventPayload::Malformed { data, problem })
    }

    /// Returns the payload of an event that only older documentation describes.
    fn older_payload(&self) -> Option<EventPayload<'_>> {
        let data = &self.event_data;
        let payload = match self.event_type {
            EventType::AvatarVideoGifSuccess => {
                read(data, &["video_id", "url"]).map(EventPayload::AvatarVideoGifSuccess)
            }
            EventType::AvatarVideoGifFail => {
                read(data, &["video_id"]).map(EventPayload::AvatarVideoGifFail)
            }
            EventType::VideoTranslateSuccess => {
                read(data, &[]).map(EventPayload::VideoTranslateSuccess)
            }
            EventType::VideoTranslateFail => read(data, &[]).map(EventPayload::VideoTranslateFail),
            EventType::PersonalizedVideo => read(data, &[]).map(EventPayload::PersonalizedVideo),
            _ => return None,
        };
        payload.ok()
    }
}

/// Reads a payload. The required fields are checked first, because
/// [`decode_answer`](Json::decode_answer) replaces a missing text by an empty one.
fn read<T: DeserializeOwned>(data: &Json, required: &[&str]) -> Result<T, Invalid> {
    if !matches!(data, Json::Object(_)) {
        return Err(Invalid::new("event_data", "is not an object"));
    }
    for name in required {
        let problem = match data.member(name) {
            None | Some(Json::Null) => "is missing",
            Some(Json::String(text)) if text.is_empty() => "is empty",
            Some(Json::String(_) | Json::Integer(_) | Json::Unsigned(_)) => continue,
            Some(_) => "is not a text",
        };
        return Err(Invalid::new(format!("event_data.{name}"), problem));
    }
    data.decode_answer().map_err(|problem| {
        // The problem may quote a value, and payloads hold presigned URLs.
        let text = redacted(problem.problem()).into_owned();
        Invalid::new(format!("event_data.{}", problem.field()), text)
    })
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
