use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{
    AssetLink, BodyEncoding, FolderId, FpsMode, Invalid, LipsyncId, Method, Operation,
    ProcessingMode, Url, invalid::check_times,
};

/// `POST /v3/lipsyncs`: makes the lips in a video fit another audio.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateLipsync {
    /// The audio that the lips are to fit.
    pub audio: AssetLink,
    /// The video whose lips are to move.
    pub video: AssetLink,
    /// A text of the caller's own that comes back with the callback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_id: Option<String>,
    /// Where to report the end. Calls to it are not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<Url>,
    /// Whether to leave out the music; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_music_track: Option<bool>,
    /// Ignored: captions are always made. Deprecated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_caption: Option<bool>,
    /// Whether the length of the video may change to fit the audio; the API's default is `true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_dynamic_duration: Option<bool>,
    /// Whether to make speech clearer; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_speech_enhancement: Option<bool>,
    /// Whether to add a watermark; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_watermark: Option<bool>,
    /// Where in the video to end, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_time: Option<f64>,
    /// The folder that the lipsync goes into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder_id: Option<FolderId>,
    /// What happens to the frame rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fps_mode: Option<FpsMode>,
    /// Whether the result is encoded as the source is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_the_same_format: Option<bool>,
    /// Whether speed or precision matters more; the API's default is `speed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<ProcessingMode>,
    /// Where in the video to begin, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_time: Option<f64>,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl CreateLipsync {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(video: AssetLink, audio: AssetLink) -> Self {
        Self {
            audio,
            video,
            callback_id: None,
            callback_url: None,
            disable_music_track: None,
            enable_caption: None,
            enable_dynamic_duration: None,
            enable_speech_enhancement: None,
            enable_watermark: None,
            end_time: None,
            folder_id: None,
            fps_mode: None,
            keep_the_same_format: None,
            mode: None,
            start_time: None,
            title: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_times(self.start_time, self.end_time)?;
        Ok(())
    }
}

impl Operation for CreateLipsync {
    const ID: &'static str = "lipsyncs.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/lipsyncs";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;

    type Body = Self;
    type Response = CreatedLipsync;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The lipsync that was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreatedLipsync {
    /// The lipsync.
    pub lipsync_id: LipsyncId,
}

impl CreatedLipsync {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(lipsync_id: LipsyncId) -> Self {
        Self { lipsync_id }
    }
}
