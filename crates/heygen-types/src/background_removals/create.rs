use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{BackgroundRemovalJob, VideoLayer};
use crate::{AssetInput, BodyEncoding, Method, Operation};

/// `POST /v3/background-removals` (preview): takes a video apart into foreground, mask and
/// background.
///
/// The `Idempotency-Key` header is ignored here; `request_id` does its work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateBackgroundRemoval {
    /// The video.
    pub video: AssetInput,
    /// The layers to make; all three when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layers: Option<Vec<VideoLayer>>,
    /// A key of the caller's own: the same one in the same workspace gives the first job again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl CreateBackgroundRemoval {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(video: AssetInput) -> Self {
        Self {
            video,
            layers: None,
            request_id: None,
            title: None,
        }
    }
}

impl Operation for CreateBackgroundRemoval {
    const ID: &'static str = "background_removals.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/background-removals";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const BODY_KEY: Option<&'static str> = Some("request_id");

    type Body = Self;
    type Response = BackgroundRemovalJob;

    fn body(&self) -> &Self {
        self
    }
}
