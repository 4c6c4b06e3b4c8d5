use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{Job, JobState, ResourceId, SessionId, VideoId, open_enum::open_enum};

open_enum! {
    /// Where a session stands.
    AgentStatus {
        /// The agent plans.
        Thinking = "thinking",
        /// The agent has a question; it goes on when a message answers it.
        WaitingForInput = "waiting_for_input",
        /// The agent looks over what it made.
        Reviewing = "reviewing",
        /// The video is being made.
        Generating = "generating",
        /// The video is done.
        Completed = "completed",
        /// There will be no video.
        Failed = "failed",
    }
}

open_enum! {
    /// Whether a session generates at once or talks first.
    AgentMode {
        /// Generate at once.
        Generate = "generate",
        /// Talk first.
        Chat = "chat",
    }
}

open_enum! {
    /// The orientation of a video.
    Orientation {
        /// Wider than high.
        Landscape = "landscape",
        /// Higher than wide.
        Portrait = "portrait",
    }
}

open_enum! {
    /// What a message of a session is.
    AgentMessageType {
        /// Words.
        Text = "text",
        /// A reference to something made or used.
        Resource = "resource",
        /// A failure.
        Error = "error",
    }
}

/// A video agent session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VideoAgentSession {
    /// When it was created, in seconds since the Unix epoch.
    #[serde(deserialize_with = "crate::lenient::whole")]
    pub created_at: i64,
    /// The session.
    pub session_id: SessionId,
    /// Where it stands.
    pub status: AgentStatus,
    /// The last messages, newest first, at most 40.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub messages: Vec<AgentMessage>,
    /// How far it is, 0 to 100.
    #[serde(default, deserialize_with = "crate::lenient::whole_or_default")]
    pub progress: u32,
    /// The title, once there is one.
    #[serde(default)]
    pub title: Option<String>,
    /// The video, once there is one.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub video_id: Option<VideoId>,
}

impl VideoAgentSession {
    /// Makes a session of the fields that are always there.
    #[must_use]
    pub const fn new(created_at: i64, session_id: SessionId, status: AgentStatus) -> Self {
        Self {
            created_at,
            session_id,
            status,
            messages: Vec::new(),
            progress: 0,
            title: None,
            video_id: None,
        }
    }
}

impl Job for VideoAgentSession {
    fn state(&self) -> JobState<'_> {
        match self.status {
            AgentStatus::Completed => JobState::Completed,
            AgentStatus::WaitingForInput => JobState::NeedsInput,
            AgentStatus::Failed => JobState::Failed {
                code: None,
                // The newest message comes first.
                message: self
                    .messages
                    .iter()
                    .find(|message| message.r#type == AgentMessageType::Error)
                    .map(|message| message.content.as_str()),
            },
            _ => JobState::Running,
        }
    }

    fn status_word(&self) -> &str {
        self.status.as_str()
    }

    fn has_last_word(&self) -> bool {
        // The newest message comes first.
        let newest = self.messages.first();
        newest.is_some_and(|message| message.role != "user")
    }

    fn progress(&self) -> Option<u32> {
        Some(self.progress)
    }
}

/// One message of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AgentMessage {
    /// What was said.
    pub content: String,
    /// Who said it, in the server's words.
    pub role: String,
    /// What kind of message it is.
    pub r#type: AgentMessageType,
    /// When it was said, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub created_at: Option<i64>,
    /// What it refers to.
    #[serde(default)]
    pub resource_ids: Option<Vec<ResourceId>>,
}

impl AgentMessage {
    /// Makes a message of the fields that are always there.
    pub fn new(
        role: impl Into<String>,
        r#type: AgentMessageType,
        content: impl Into<String>,
    ) -> Self {
        Self {
            content: content.into(),
            role: role.into(),
            r#type,
            created_at: None,
            resource_ids: None,
        }
    }
}
