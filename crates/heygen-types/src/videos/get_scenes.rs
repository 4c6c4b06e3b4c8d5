use alloc::{vec, vec::Vec};

use super::VideoScenes;
use crate::{Method, NoBody, Operation, VideoId};

/// `GET /v3/videos/{video_id}/scenes`: a video with its scenes as they are now, later edits
/// included.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetVideoScenes {
    /// The video.
    pub video_id: VideoId,
}

impl GetVideoScenes {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(video_id: VideoId) -> Self {
        Self { video_id }
    }
}

impl Operation for GetVideoScenes {
    const ID: &'static str = "videos.scenes.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/videos/{video_id}/scenes";

    type Body = NoBody;
    type Response = VideoScenes;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.video_id.as_str()]
    }
}
