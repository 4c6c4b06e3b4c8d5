use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{FillerWordRemovalId, Job, JobState, Url, open_enum::open_enum};

/// A filler word removal with its video.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FillerWordRemovalJob {
    /// The id.
    pub id: FillerWordRemovalId,
    /// Where it stands.
    pub status: FillerWordRemovalStatus,
    /// How far it is, 0 to 100.
    #[serde(default, deserialize_with = "crate::lenient::whole_or_default")]
    pub progress: u32,
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
    /// Where the video can be fetched; always there once it is completed. Presigned, so it expires.
    #[serde(default)]
    pub video_url: Option<Url>,
    /// Where a picture of it can be fetched.
    #[serde(default)]
    pub thumbnail_url: Option<Url>,
    /// How long the source is, in seconds.
    #[serde(default)]
    pub original_duration: Option<f64>,
    /// How long the result is, in seconds.
    #[serde(default)]
    pub output_duration: Option<f64>,
    /// How many filler words were cut; trimmed silence is not counted.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub num_cuts: Option<u32>,
    /// How much shorter the result is, in per cent.
    #[serde(default)]
    pub reduction_pct: Option<f64>,
    /// A text of the caller's own that comes back with the callback.
    #[serde(default)]
    pub callback_id: Option<String>,
    /// When it was created, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub created_at: Option<i64>,
    /// Why it failed, in words.
    #[serde(default)]
    pub failure_message: Option<String>,
}

impl FillerWordRemovalJob {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: FillerWordRemovalId, status: FillerWordRemovalStatus) -> Self {
        Self {
            id,
            status,
            progress: 0,
            title: None,
            video_url: None,
            thumbnail_url: None,
            original_duration: None,
            output_duration: None,
            num_cuts: None,
            reduction_pct: None,
            callback_id: None,
            created_at: None,
            failure_message: None,
        }
    }
}

impl Job for FillerWordRemovalJob {
    fn state(&self) -> JobState<'_> {
        match self.status {
            FillerWordRemovalStatus::Completed => JobState::Completed,
            FillerWordRemovalStatus::Failed => JobState::Failed {
                code: None,
                message: self.failure_message.as_deref(),
            },
            _ => JobState::Running,
        }
    }

    fn status_word(&self) -> &str {
        self.status.as_str()
    }

    fn progress(&self) -> Option<u32> {
        Some(self.progress)
    }
}

open_enum! {
    /// Where a filler word removal stands.
    FillerWordRemovalStatus {
        /// It waits for its turn.
        Pending = "pending",
        /// It is being worked on.
        Running = "running",
        /// The video is done.
        Completed = "completed",
        /// There will be no video.
        Failed = "failed",
    }
}
