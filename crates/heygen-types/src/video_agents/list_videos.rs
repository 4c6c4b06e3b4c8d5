use alloc::{vec, vec::Vec};

use crate::{Envelope, Method, NoBody, Operation, Page, SessionId, videos::VideoRecord};

/// `GET /v3/video-agents/{session_id}/videos`: the videos of a session. The list has one page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListVideoAgentVideos {
    /// The session.
    pub session_id: SessionId,
}

impl ListVideoAgentVideos {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(session_id: SessionId) -> Self {
        Self { session_id }
    }
}

impl Operation for ListVideoAgentVideos {
    const ID: &'static str = "video_agents.videos.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/video-agents/{session_id}/videos";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<VideoRecord>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.session_id.as_str()]
    }
}
