use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{Job, JobState, ProofreadId, open_enum::open_enum};

/// A proofread: subtitles of a translation to read and replace before the video is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Proofread {
    /// The id.
    pub id: ProofreadId,
    /// Where it stands.
    pub status: ProofreadStatus,
    /// When it was created, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub created_at: Option<i64>,
    /// Why it failed, in words.
    #[serde(default)]
    pub failure_message: Option<String>,
    /// The language that is spoken in the video.
    #[serde(default)]
    pub input_language: Option<String>,
    /// The language that the subtitles are in.
    #[serde(default)]
    pub output_language: Option<String>,
    /// Whether it was handed in for review.
    #[serde(default)]
    pub submitted_for_review: Option<bool>,
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
}

impl Proofread {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: ProofreadId, status: ProofreadStatus) -> Self {
        Self {
            id,
            status,
            created_at: None,
            failure_message: None,
            input_language: None,
            output_language: None,
            submitted_for_review: None,
            title: None,
        }
    }
}

impl Job for Proofread {
    fn state(&self) -> JobState<'_> {
        match self.status {
            ProofreadStatus::Completed => JobState::Completed,
            ProofreadStatus::Failed => JobState::Failed {
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
    /// Where a proofread stands.
    ProofreadStatus {
        /// It is being prepared.
        Processing = "processing",
        /// The subtitles can be read and replaced.
        Completed = "completed",
        /// There will be none.
        Failed = "failed",
    }
}
