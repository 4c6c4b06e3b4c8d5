use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{FolderId, Job, JobState, Url, VideoId, open_enum::open_enum};

/// A video.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VideoRecord {
    /// The id.
    pub id: VideoId,
    /// Where it stands.
    pub status: VideoStatus,
    /// Where the video with captions can be fetched.
    #[serde(default)]
    pub captioned_video_url: Option<Url>,
    /// When it was done, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub completed_at: Option<i64>,
    /// When it was created, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub created_at: Option<i64>,
    /// How long it is, in seconds.
    #[serde(default)]
    pub duration: Option<f64>,
    /// Why it failed, as a code.
    #[serde(default)]
    pub failure_code: Option<String>,
    /// Why it failed, in words.
    #[serde(default)]
    pub failure_message: Option<String>,
    /// The folder.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub folder_id: Option<FolderId>,
    /// Where an animated picture can be fetched.
    #[serde(default)]
    pub gif_url: Option<Url>,
    /// The language of a translated video.
    #[serde(default)]
    pub output_language: Option<String>,
    /// Where the subtitles can be fetched.
    #[serde(default)]
    pub subtitle_url: Option<Url>,
    /// Where a picture of the video can be fetched.
    #[serde(default)]
    pub thumbnail_url: Option<Url>,
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
    /// Where the video can be watched.
    #[serde(default)]
    pub video_page_url: Option<Url>,
    /// Where the video can be fetched, once there is one. Presigned, so it expires.
    #[serde(default)]
    pub video_url: Option<Url>,
}

impl VideoRecord {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: VideoId, status: VideoStatus) -> Self {
        Self {
            id,
            status,
            captioned_video_url: None,
            completed_at: None,
            created_at: None,
            duration: None,
            failure_code: None,
            failure_message: None,
            folder_id: None,
            gif_url: None,
            output_language: None,
            subtitle_url: None,
            thumbnail_url: None,
            title: None,
            video_page_url: None,
            video_url: None,
        }
    }
}

impl Job for VideoRecord {
    fn state(&self) -> JobState<'_> {
        match self.status {
            VideoStatus::Completed => JobState::Completed,
            VideoStatus::Failed => JobState::Failed {
                code: self.failure_code.as_deref(),
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
    /// Where a video stands.
    VideoStatus {
        /// It was accepted. Only the answer to the creation says this, outside the documented list.
        Waiting = "waiting",
        /// It waits for its turn.
        Pending = "pending",
        /// It is being made.
        Processing = "processing",
        /// It is done.
        Completed = "completed",
        /// There will be no video.
        Failed = "failed",
    }
}
