use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{Job, JobState, LipsyncId, Url, open_enum::open_enum};

/// A lipsync with its video.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LipsyncJob {
    /// The id.
    pub id: LipsyncId,
    /// Where it stands.
    pub status: LipsyncStatus,
    /// A text of the caller's own that comes back with the callback.
    #[serde(default)]
    pub callback_id: Option<String>,
    /// Where the captions can be fetched.
    #[serde(default)]
    pub caption_url: Option<Url>,
    /// When it was created, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub created_at: Option<i64>,
    /// How long it is, in seconds.
    #[serde(default)]
    pub duration: Option<f64>,
    /// Why it failed, in words.
    #[serde(default)]
    pub failure_message: Option<String>,
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
    /// Where the video can be fetched, once there is one. Presigned, so it expires.
    #[serde(default)]
    pub video_url: Option<Url>,
}

impl LipsyncJob {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: LipsyncId, status: LipsyncStatus) -> Self {
        Self {
            id,
            status,
            callback_id: None,
            caption_url: None,
            created_at: None,
            duration: None,
            failure_message: None,
            title: None,
            video_url: None,
        }
    }
}

impl Job for LipsyncJob {
    fn state(&self) -> JobState<'_> {
        match self.status {
            LipsyncStatus::Completed => JobState::Completed,
            LipsyncStatus::Failed => JobState::Failed {
                code: None,
                message: self.failure_message.as_deref(),
            },
            _ => JobState::Running,
        }
    }

    fn status_word(&self) -> &str {
        self.status.as_str()
    }
}

open_enum! {
    /// Where a lipsync stands.
    LipsyncStatus {
        /// It waits for its turn.
        Pending = "pending",
        /// It is being made.
        Running = "running",
        /// The video is done.
        Completed = "completed",
        /// There will be no video.
        Failed = "failed",
    }
}
