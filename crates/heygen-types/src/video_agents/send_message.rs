use alloc::{string::String, vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    AssetInput, AvatarId, BodyEncoding, BrandKitId, Invalid, Method, Operation, RunId, SessionId,
    VoiceId,
    invalid::{check_count, check_length},
    limits,
};

/// `POST /v3/video-agents/{session_id}`: answers a session that was created in chat mode.
///
/// The operation declares no idempotency key: a repeated call may send the message twice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendVideoAgentMessage {
    /// The session.
    pub session_id: SessionId,
    /// What is sent.
    pub body: SendVideoAgentMessageBody,
}

impl SendVideoAgentMessage {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(session_id: SessionId, message: impl Into<String>) -> Self {
        Self {
            session_id,
            body: SendVideoAgentMessageBody::new(message),
        }
    }
}

impl Operation for SendVideoAgentMessage {
    const ID: &'static str = "video_agents.send_message";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/video-agents/{session_id}";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = SendVideoAgentMessageBody;
    type Response = SentMessage;

    fn body(&self) -> &SendVideoAgentMessageBody {
        &self.body
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.session_id.as_str()]
    }

    fn validate_body(body: &SendVideoAgentMessageBody) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The body of [`SendVideoAgentMessage`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SendVideoAgentMessageBody {
    /// What to say, 1 to 10 000 characters.
    pub message: String,
    /// The avatar look to use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar_id: Option<AvatarId>,
    /// The brand kit to use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand_kit_id: Option<BrandKitId>,
    /// Files to work with, at most 20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<AssetInput>>,
    /// The voice to use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<VoiceId>,
}

impl SendVideoAgentMessageBody {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            avatar_id: None,
            brand_kit_id: None,
            files: None,
            voice_id: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_length("message", &self.message, limits::AGENT_PROMPT_LENGTH)?;
        if let Some(value) = &self.files {
            check_count("files", value.len(), 0..=limits::AGENT_FILES_MAX)?;
        }
        Ok(())
    }
}
/// The turn that the message started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SentMessage {
    /// The turn, `None` where an answer leaves it out.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    #[cfg_attr(feature = "schemars", schemars(!default, required))]
    pub run_id: Option<RunId>,
    /// The session.
    pub session_id: SessionId,
    /// The title of the session, once there is one.
    #[serde(default)]
    pub title: Option<String>,
}

impl SentMessage {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(run_id: RunId, session_id: SessionId) -> Self {
        Self {
            run_id: Some(run_id),
            session_id,
            title: None,
        }
    }
}
