use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{Method, NoBody, Operation, VideoId};

/// `DELETE /v3/videos/{video_id}`: deletes a video.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeleteVideo {
    /// The video.
    pub video_id: VideoId,
}

impl DeleteVideo {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(video_id: VideoId) -> Self {
        Self { video_id }
    }
}

impl Operation for DeleteVideo {
    const ID: &'static str = "videos.delete";
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v3/videos/{video_id}";

    type Body = NoBody;
    type Response = DeletedVideo;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.video_id.as_str()]
    }
}

/// The video that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeletedVideo {
    /// The id.
    pub id: VideoId,
    /// Whether it was deleted.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub deleted: bool,
}

impl DeletedVideo {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: VideoId) -> Self {
        Self { id, deleted: true }
    }
}
