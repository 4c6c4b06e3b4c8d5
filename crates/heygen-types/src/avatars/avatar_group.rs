use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{AvatarGroupId, CodedError, Job, JobState, Url, VoiceId, open_enum::open_enum};

/// One person or character; its looks are [`AvatarLook`](super::AvatarLook)s.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AvatarGroup {
    /// When it was created, in seconds since the Unix epoch.
    #[serde(deserialize_with = "crate::lenient::whole")]
    pub created_at: i64,
    /// The id.
    pub id: AvatarGroupId,
    /// How many looks it has.
    #[serde(deserialize_with = "crate::lenient::whole")]
    pub looks_count: u32,
    /// The name.
    pub name: String,
    /// Whether the person has consented, in the server's words; `None` when no consent is needed.
    #[serde(default)]
    pub consent_status: Option<String>,
    /// The voice that is used when none is named.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub default_voice_id: Option<VoiceId>,
    /// What went wrong.
    #[serde(default)]
    pub error: Option<CodedError>,
    /// The gender, in the server's words.
    #[serde(default)]
    pub gender: Option<String>,
    /// Where a picture of it can be fetched.
    #[serde(default)]
    pub preview_image_url: Option<Url>,
    /// Where a short video of it can be fetched.
    #[serde(default)]
    pub preview_video_url: Option<Url>,
    /// Where it stands.
    #[serde(default)]
    pub status: Option<AvatarStatus>,
}

impl AvatarGroup {
    /// Makes one of the fields that are always there.
    pub fn new(
        created_at: i64,
        id: AvatarGroupId,
        looks_count: u32,
        name: impl Into<String>,
    ) -> Self {
        Self {
            created_at,
            id,
            looks_count,
            name: name.into(),
            consent_status: None,
            default_voice_id: None,
            error: None,
            gender: None,
            preview_image_url: None,
            preview_video_url: None,
            status: None,
        }
    }
}

impl Job for AvatarGroup {
    /// Avatars of HeyGen's own have no status; they can be used.
    fn state(&self) -> JobState<'_> {
        match &self.status {
            None | Some(AvatarStatus::Completed) => JobState::Completed,
            Some(AvatarStatus::PendingConsent) => JobState::NeedsInput,
            Some(AvatarStatus::Failed) => JobState::Failed {
                code: self.error.as_ref().map(|error| error.code.as_str()),
                message: self.error.as_ref().map(|error| error.message.as_str()),
            },
            Some(_) => JobState::Running,
        }
    }

    fn status_word(&self) -> &str {
        self.status.as_ref().map_or("", AvatarStatus::as_str)
    }
}

open_enum! {
    /// Where the making of an avatar stands.
    AvatarStatus {
        /// It is being made.
        Processing = "processing",
        /// It goes on when the person consents.
        PendingConsent = "pending_consent",
        /// It could not be made.
        Failed = "failed",
        /// It can be used.
        Completed = "completed",
    }
}
