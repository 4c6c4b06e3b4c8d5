use alloc::{vec, vec::Vec};

use super::VideoAgentSession;
use crate::{Method, NoBody, Operation, SessionId};

/// `GET /v3/video-agents/{session_id}`: one session.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetVideoAgent {
    /// The session.
    pub session_id: SessionId,
}

impl GetVideoAgent {
    /// Asks for a session.
    #[must_use]
    pub const fn new(session_id: SessionId) -> Self {
        Self { session_id }
    }
}

impl Operation for GetVideoAgent {
    const ID: &'static str = "video_agents.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/video-agents/{session_id}";

    type Body = NoBody;
    type Response = VideoAgentSession;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.session_id.as_str()]
    }
}
