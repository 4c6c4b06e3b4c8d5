use super::{AvatarVideoFail, AvatarVideoSuccess};
use crate::{Json, ai_clipping::ClippingJob};

/// What a [`WebhookEvent`](super::WebhookEvent) tells.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EventPayload<'a> {
    /// A video is done.
    AvatarVideoSuccess(AvatarVideoSuccess),
    /// A video could not be made.
    AvatarVideoFail(AvatarVideoFail),
    /// A clipping job has ended, well or not.
    Clipping(ClippingJob),
    /// Data whose shape is not known, or is not what this version knows. Take the event as a
    /// signal, and read the resource again.
    Other(&'a Json),
}
