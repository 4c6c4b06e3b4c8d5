use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{ClipAspectRatio, ClipSettings};
use crate::{AiClippingId, ClipId, Job, JobState, Url, open_enum::open_enum};

/// A clipping job with its clips.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ClippingJob {
    /// The id.
    pub id: AiClippingId,
    /// Where the job stands.
    pub status: ClippingStatus,
    /// A text of the caller's own that comes back with the callback.
    #[serde(default)]
    pub callback_id: Option<String>,
    /// The clips.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub clips: Vec<Clip>,
    /// When it was created, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub created_at: Option<i64>,
    /// Why it failed, in words.
    #[serde(default)]
    pub failure_message: Option<String>,
    /// The language that is spoken in the video.
    #[serde(default)]
    pub input_language: Option<String>,
    /// How the clips were to be; at present never sent.
    #[serde(default)]
    pub output_settings: Option<ClipSettings>,
    /// How far it is, 0 to 100; in lists only 0 or 100.
    #[serde(default, deserialize_with = "crate::lenient::whole_or_default")]
    pub progress: u32,
    /// How long the source is, in seconds.
    #[serde(default)]
    pub source_duration: Option<f64>,
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
}

impl ClippingJob {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: AiClippingId, status: ClippingStatus) -> Self {
        Self {
            id,
            status,
            callback_id: None,
            clips: Vec::new(),
            created_at: None,
            failure_message: None,
            input_language: None,
            output_settings: None,
            progress: 0,
            source_duration: None,
            title: None,
        }
    }
}

impl Job for ClippingJob {
    fn state(&self) -> JobState<'_> {
        match self.status {
            ClippingStatus::Completed => JobState::Completed,
            ClippingStatus::Failed | ClippingStatus::Cancelled => JobState::Failed {
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

/// One clip of a [`ClippingJob`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Clip {
    /// The id.
    pub id: ClipId,
    /// Where it stands.
    pub status: ClipStatus,
    /// The shape of its picture.
    #[serde(default)]
    pub aspect_ratio: Option<ClipAspectRatio>,
    /// How long it is, in seconds.
    #[serde(default)]
    pub duration_seconds: Option<f64>,
    /// Why it failed, in words.
    #[serde(default)]
    pub failure_message: Option<String>,
    /// Where a picture of it can be fetched.
    #[serde(default)]
    pub thumbnail_url: Option<Url>,
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
    /// Where the video can be fetched, once there is one. Presigned, so it expires.
    #[serde(default)]
    pub video_url: Option<Url>,
    /// How well it may spread, 0 to 100.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub virality_score: Option<u32>,
}

impl Clip {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: ClipId, status: ClipStatus) -> Self {
        Self {
            id,
            status,
            aspect_ratio: None,
            duration_seconds: None,
            failure_message: None,
            thumbnail_url: None,
            title: None,
            video_url: None,
            virality_score: None,
        }
    }
}

open_enum! {
    /// Where a clipping job stands.
    ClippingStatus {
        /// It waits for its turn.
        Pending = "pending",
        /// Clips are being made.
        Running = "running",
        /// The clips are done.
        Completed = "completed",
        /// There will be no clips.
        Failed = "failed",
        /// It was stopped.
        Cancelled = "cancelled",
    }
}

open_enum! {
    /// Where one clip stands.
    ClipStatus {
        /// It is being made.
        Pending = "pending",
        /// It is done.
        Completed = "completed",
        /// It could not be made.
        Failed = "failed",
    }
}
