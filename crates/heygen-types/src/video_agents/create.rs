use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{AgentMode, AgentStatus, Orientation};
use crate::{
    AssetInput, AvatarId, BodyEncoding, BrandGlossaryId, BrandKitId, Invalid, Method, Operation,
    SessionId, StyleId, Url, VideoId, VoiceId,
    invalid::{check_count, check_length},
    limits,
};

/// `POST /v3/video-agents`: starts a session that makes a video from a prompt and up to 20 files.
///
/// The operation declares no idempotency key: a repeated call may start a second session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateVideoAgent {
    /// What the video is to be, 1 to 10 000 characters.
    pub prompt: String,
    /// The avatar look to use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar_id: Option<AvatarId>,
    /// The brand kit. Workspaces with a locked brand policy accept only their default kit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand_kit_id: Option<BrandKitId>,
    /// A text of the caller's own that comes back with the callback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_id: Option<String>,
    /// Where to report the end. Calls to it are not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<Url>,
    /// Files to work with, at most 20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<AssetInput>>,
    /// Whether to keep the session out of the history; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incognito_mode: Option<bool>,
    /// Whether to generate at once or to talk first; the API's default is `generate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<AgentMode>,
    /// Landscape or portrait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orientation: Option<Orientation>,
    /// The style of the video.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style_id: Option<StyleId>,
    /// The voice to use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<VoiceId>,
    /// The glossary, used for pronunciation only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand_glossary_id: Option<BrandGlossaryId>,
}

impl CreateVideoAgent {
    /// Starts a session from a prompt.
    pub fn new(prompt: impl Into<String>) -> Self {
        Self {
            prompt: prompt.into(),
            avatar_id: None,
            brand_kit_id: None,
            callback_id: None,
            callback_url: None,
            files: None,
            incognito_mode: None,
            mode: None,
            orientation: None,
            style_id: None,
            voice_id: None,
            brand_glossary_id: None,
        }
    }

    /// Gives the session files to work with.
    #[must_use]
    pub fn with_files(mut self, files: impl IntoIterator<Item = impl Into<AssetInput>>) -> Self {
        self.files = Some(files.into_iter().map(Into::into).collect());
        self
    }
}

impl Operation for CreateVideoAgent {
    const ID: &'static str = "video_agents.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/video-agents";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = Self;
    type Response = CreatedVideoAgent;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        check_length("prompt", &body.prompt, limits::AGENT_PROMPT_LENGTH)?;
        let files = body.files.as_ref().map_or(0, Vec::len);
        check_count("files", files, 0..=limits::AGENT_FILES_MAX)
    }
}

/// The session that was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreatedVideoAgent {
    /// When it was created, in seconds since the Unix epoch.
    #[serde(deserialize_with = "crate::lenient::whole")]
    pub created_at: i64,
    /// The session.
    pub session_id: SessionId,
    /// Where it stands.
    pub status: AgentStatus,
    /// The video, once there is one.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub video_id: Option<VideoId>,
}

impl CreatedVideoAgent {
    /// Makes an answer without a video.
    #[must_use]
    pub const fn new(created_at: i64, session_id: SessionId, status: AgentStatus) -> Self {
        Self {
            created_at,
            session_id,
            status,
            video_id: None,
        }
    }
}
