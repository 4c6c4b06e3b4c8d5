use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{Job, JobState, Url, VoiceId, open_enum::open_enum};

/// A voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VoiceDetail {
    /// Whether pauses can be written into a script.
    pub support_pause: bool,
    /// The voice.
    pub voice_id: VoiceId,
    /// When it was created, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub created_at: Option<i64>,
    /// Why it failed, in words.
    #[serde(default)]
    pub failure_message: Option<String>,
    /// The gender, in the server's words.
    #[serde(default)]
    pub gender: Option<String>,
    /// The language that it speaks.
    #[serde(default)]
    pub language: Option<String>,
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
    /// Where a sample can be heard.
    #[serde(default)]
    pub preview_audio_url: Option<Url>,
    /// Where its cloning stands; only clones have it.
    #[serde(default)]
    pub status: Option<VoiceStatus>,
    /// Whether live avatars can speak with it.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub support_interactive_avatar: bool,
}

impl VoiceDetail {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(support_pause: bool, voice_id: VoiceId) -> Self {
        Self {
            support_pause,
            voice_id,
            created_at: None,
            failure_message: None,
            gender: None,
            language: None,
            name: None,
            preview_audio_url: None,
            status: None,
            support_interactive_avatar: false,
        }
    }
}

impl Job for VoiceDetail {
    /// Only clones have a status; other voices can be used.
    fn state(&self) -> JobState<'_> {
        match &self.status {
            None | Some(VoiceStatus::Complete | VoiceStatus::Completed) => JobState::Completed,
            Some(VoiceStatus::Failed) => JobState::Failed {
                code: None,
                message: self.failure_message.as_deref(),
            },
            Some(_) => JobState::Running,
        }
    }

    fn status_word(&self) -> &str {
        self.status.as_ref().map_or("", VoiceStatus::as_str)
    }
}

open_enum! {
    /// Where the cloning of a voice stands.
    VoiceStatus {
        /// It is being made.
        Processing = "processing",
        /// It can be used. This is the only resource whose word is not `completed`.
        Complete = "complete",
        /// The same in the word of the other resources, accepted beside it.
        Completed = "completed",
        /// It could not be made.
        Failed = "failed",
    }
}
