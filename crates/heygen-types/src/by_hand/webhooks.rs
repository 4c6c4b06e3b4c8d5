mod avatar_video_fail;
mod avatar_video_success;
mod event;
mod event_filter;
mod event_outcome;
mod event_payload;
mod personalized_video;
mod secret;
mod video_translate;

pub use avatar_video_fail::AvatarVideoFail;
pub use avatar_video_success::AvatarVideoSuccess;
pub use event::WebhookEvent;
pub use event_filter::EventFilter;
pub use event_outcome::EventOutcome;
pub use event_payload::EventPayload;
pub use personalized_video::PersonalizedVideo;
pub use secret::WebhookSecret;
pub use video_translate::{VideoTranslateFail, VideoTranslateSuccess};
