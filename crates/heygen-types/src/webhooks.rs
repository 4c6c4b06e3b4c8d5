//! The events that HeyGen delivers to webhook endpoints.
//!
//! Whether a delivery really comes from HeyGen is checked by `heygen-webhooks`, over the raw body
//! and before anything is parsed.

mod avatar_video_fail;
mod avatar_video_success;
mod event;
mod event_payload;
mod event_type;

pub use avatar_video_fail::AvatarVideoFail;
pub use avatar_video_success::AvatarVideoSuccess;
pub use event::WebhookEvent;
pub use event_payload::EventPayload;
pub use event_type::{EventOutcome, EventType};
