use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{Job, JobState, Url, VideoTranslationId, open_enum::open_enum};

/// The translation of a video into one language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TranslationJob {
    /// The id.
    pub id: VideoTranslationId,
    /// Where it stands.
    pub status: TranslationStatus,
    /// Where the audio can be fetched.
    #[serde(default)]
    pub audio_url: Option<Url>,
    /// A text of the caller's own that comes back with the callback.
    #[serde(default)]
    pub callback_id: Option<String>,
    /// When it was created, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub created_at: Option<i64>,
    /// How long it is, in seconds.
    #[serde(default)]
    pub duration: Option<f64>,
    /// Why it failed, in words.
    #[serde(default)]
    pub failure_message: Option<String>,
    /// The language that is spoken in the video.
    #[serde(default)]
    pub input_language: Option<String>,
    /// The language of the translation.
    #[serde(default)]
    pub output_language: Option<String>,
    /// Where the captions can be fetched as SRT.
    #[serde(default)]
    pub srt_caption_url: Option<Url>,
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
    /// Whether the picture stayed as it was.
    #[serde(default)]
    pub translate_audio_only: Option<bool>,
    /// Where the video can be fetched, once there is one. Presigned, so it expires.
    #[serde(default)]
    pub video_url: Option<Url>,
    /// Where the captions can be fetched as WebVTT.
    #[serde(default)]
    pub vtt_caption_url: Option<Url>,
}

impl TranslationJob {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: VideoTranslationId, status: TranslationStatus) -> Self {
        Self {
            id,
            status,
            audio_url: None,
            callback_id: None,
            created_at: None,
            duration: None,
            failure_message: None,
            input_language: None,
            output_language: None,
            srt_caption_url: None,
            title: None,
            translate_audio_only: None,
            video_url: None,
            vtt_caption_url: None,
        }
    }
}

impl Job for TranslationJob {
    fn state(&self) -> JobState<'_> {
        match self.status {
            TranslationStatus::Completed => JobState::Completed,
            TranslationStatus::Failed => JobState::Failed {
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
    /// Where a translation stands.
    TranslationStatus {
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
