use super::{
    AvatarVideoFail, AvatarVideoSuccess, PersonalizedVideo, VideoTranslateFail,
    VideoTranslateSuccess,
};
use crate::{Invalid, Json, ai_clipping::ClippingJob};

/// The payload of a [`WebhookEvent`](super::WebhookEvent).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EventPayload<'a> {
    /// A video is completed.
    AvatarVideoSuccess(AvatarVideoSuccess),
    /// A video could not be made.
    AvatarVideoFail(AvatarVideoFail),
    /// The GIF of a video is completed.
    AvatarVideoGifSuccess(AvatarVideoSuccess),
    /// The GIF of a video could not be made.
    AvatarVideoGifFail(AvatarVideoFail),
    /// A clipping job has ended, well or badly.
    Clipping(ClippingJob),
    /// A personalized video was made.
    PersonalizedVideo(PersonalizedVideo),
    /// A translation is completed.
    VideoTranslateSuccess(VideoTranslateSuccess),
    /// A translation has failed.
    VideoTranslateFail(VideoTranslateFail),
    /// A payload of a known type without one of its required fields. The event is still a signal:
    /// read the resource again, and report the problem.
    Malformed {
        /// The payload, as it came.
        data: &'a Json,
        /// The field, such as `event_data.video_id`, and what is wrong with it.
        problem: Invalid,
    },
    /// A payload whose fields are not documented. The event is a signal: read the resource again.
    Other(&'a Json),
}
