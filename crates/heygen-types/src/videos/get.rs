use alloc::{vec, vec::Vec};

use super::VideoRecord;
use crate::{Method, NoBody, Operation, VideoId};

/// `GET /v3/videos/{video_id}`: one video. Result URLs are presigned and expire; read it again for
/// fresh ones.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetVideo {
    /// The video.
    pub video_id: VideoId,
}

impl GetVideo {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(video_id: VideoId) -> Self {
        Self { video_id }
    }
}

impl Operation for GetVideo {
    const ID: &'static str = "videos.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/videos/{video_id}";

    type Body = NoBody;
    type Response = VideoRecord;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.video_id.as_str()]
    }
}
