use alloc::{collections::BTreeMap, string::String};

use serde::{Deserialize, Serialize};

use crate::{BackgroundRemovalId, Job, JobState, Url, open_enum::open_enum};

/// A background removal with its layers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BackgroundRemovalJob {
    /// The id.
    pub id: BackgroundRemovalId,
    /// Where it stands.
    pub status: BackgroundRemovalStatus,
    /// When it was done, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub completed_at: Option<i64>,
    /// When it was created, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub created_at: Option<i64>,
    /// How long the video is, in seconds.
    #[serde(default)]
    pub duration: Option<f64>,
    /// What went wrong, in words.
    #[serde(default)]
    pub error: Option<String>,
    /// Where each layer can be fetched, by its name. Presigned, so it expires.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub layers: BTreeMap<String, Url>,
}

impl BackgroundRemovalJob {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: BackgroundRemovalId, status: BackgroundRemovalStatus) -> Self {
        Self {
            id,
            status,
            completed_at: None,
            created_at: None,
            duration: None,
            error: None,
            layers: BTreeMap::new(),
        }
    }
}

impl Job for BackgroundRemovalJob {
    fn state(&self) -> JobState<'_> {
        match self.status {
            BackgroundRemovalStatus::Completed => JobState::Completed,
            BackgroundRemovalStatus::Failed | BackgroundRemovalStatus::Deleted => {
                JobState::Failed {
                    code: None,
                    message: self.error.as_deref(),
                }
            }
            _ => JobState::Running,
        }
    }

    fn status_word(&self) -> &str {
        self.status.as_str()
    }
}

open_enum! {
    /// One of the layers that a video is taken apart into.
    VideoLayer {
        /// What stands before the background.
        Foreground = "foreground",
        /// Where the foreground is.
        Mask = "mask",
        /// What is behind it.
        Background = "background",
    }
}

open_enum! {
    /// Where a background removal stands.
    BackgroundRemovalStatus {
        /// It waits for its turn.
        Pending = "pending",
        /// It is being worked on.
        Processing = "processing",
        /// The layers are done.
        Completed = "completed",
        /// There will be no layers.
        Failed = "failed",
        /// It was deleted.
        Deleted = "deleted",
    }
}
