//! Being told when something happens: the `webhooks.*` operations and the events themselves.
//!
//! Whether a delivery really comes from HeyGen is checked by `heygen-webhooks`, over the raw body
//! and before anything is parsed.

mod avatar_video_fail;
mod avatar_video_success;
mod create_endpoint;
mod delete_endpoint;
mod event;
mod event_filter;
mod event_payload;
mod event_type;
mod list_endpoints;
mod list_event_types;
mod list_events;
mod rotate_secret;
mod secret;
mod update_endpoint;
mod webhook_endpoint;
mod webhook_event_record;

pub use avatar_video_fail::AvatarVideoFail;
pub use avatar_video_success::AvatarVideoSuccess;
pub use create_endpoint::CreateWebhookEndpoint;
pub use delete_endpoint::{DeleteWebhookEndpoint, DeletedWebhookEndpoint};
pub use event::WebhookEvent;
pub use event_filter::EventFilter;
pub use event_payload::EventPayload;
pub use event_type::{EventOutcome, EventType};
pub use list_endpoints::ListWebhookEndpoints;
pub use list_event_types::{ListWebhookEventTypes, WebhookEventType};
pub use list_events::ListWebhookEvents;
pub use rotate_secret::{RotateWebhookSecret, RotatedWebhookSecret};
pub use secret::WebhookSecret;
pub use update_endpoint::{UpdateWebhookEndpoint, UpdateWebhookEndpointBody};
pub use webhook_endpoint::{WebhookEndpoint, WebhookEndpointStatus};
pub use webhook_event_record::WebhookEventRecord;
