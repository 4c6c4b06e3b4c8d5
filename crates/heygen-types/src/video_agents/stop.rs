use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{BodyEncoding, Method, Operation, SessionId};

/// `POST /v3/video-agents/{session_id}/stop`: stops what a session is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StopVideoAgent {
    /// The session.
    pub session_id: SessionId,
    /// What is sent.
    pub body: StopVideoAgentBody,
}

impl StopVideoAgent {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(session_id: SessionId) -> Self {
        Self {
            session_id,
            body: StopVideoAgentBody::new(),
        }
    }
}

impl Operation for StopVideoAgent {
    const ID: &'static str = "video_agents.stop";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/video-agents/{session_id}/stop";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = StopVideoAgentBody;
    type Response = StoppedVideoAgent;

    fn body(&self) -> &StopVideoAgentBody {
        &self.body
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.session_id.as_str()]
    }
}

/// The body of [`StopVideoAgent`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StopVideoAgentBody {}

impl StopVideoAgentBody {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }
}
/// The session that was told to stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StoppedVideoAgent {
    /// The session.
    pub session_id: SessionId,
}

impl StoppedVideoAgent {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(session_id: SessionId) -> Self {
        Self { session_id }
    }
}
