use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    AssetLink, BodyEncoding, BrandGlossaryId, FolderId, FpsMode, Invalid, Method, Operation,
    ProcessingMode, Url, VideoTranslationId, VoiceId, invalid::check_times, open_enum::open_enum,
};

/// Which stock voices speak a translation; enterprise only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StockVoiceConfig {
    /// The voices to choose from first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_stock_voice_ids: Option<Vec<VoiceId>>,
    /// Whether stock voices are used; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub use_stock_voice: Option<bool>,
}

impl StockVoiceConfig {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            preferred_stock_voice_ids: None,
            use_stock_voice: None,
        }
    }
}

/// `POST /v3/video-translations`: translates a video into one or more languages, one job per
/// language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateVideoTranslation {
    /// The languages, at least one, by the names in the list of languages; one job each.
    pub output_languages: Vec<String>,
    /// The video to translate.
    pub video: AssetLink,
    /// Other audio to use in place of the video's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio: Option<AssetLink>,
    /// The glossary that says how names are spoken and translated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand_glossary_id: Option<BrandGlossaryId>,
    /// The older name of `brand_glossary_id`. Deprecated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand_voice_id: Option<BrandGlossaryId>,
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
    /// Whether the length of the video may change to fit the speech; the API's default is `true`.
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
    /// The folder that the translations go into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder_id: Option<FolderId>,
    /// What happens to the frame rate; it has an effect only beside `audio`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fps_mode: Option<FpsMode>,
    /// The language that is spoken in the video.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input_language: Option<String>,
    /// Whether the result is encoded as the source is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_the_same_format: Option<bool>,
    /// Whether speed or precision matters more; the API's default is `speed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<ProcessingMode>,
    /// How many people speak in the video.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_num: Option<u32>,
    /// Subtitles to go by; `srt_role` says whose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub srt: Option<AssetLink>,
    /// Which video the subtitles in `srt` belong to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub srt_role: Option<SrtRole>,
    /// Where in the video to begin, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_time: Option<f64>,
    /// Which stock voices speak; enterprise only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock_voice_config: Option<StockVoiceConfig>,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Whether the picture stays as it is; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translate_audio_only: Option<bool>,
}

impl CreateVideoTranslation {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(video: AssetLink, output_languages: Vec<String>) -> Self {
        Self {
            output_languages,
            video,
            audio: None,
            brand_glossary_id: None,
            brand_voice_id: None,
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
            input_language: None,
            keep_the_same_format: None,
            mode: None,
            speaker_num: None,
            srt: None,
            srt_role: None,
            start_time: None,
            stock_voice_config: None,
            title: None,
            translate_audio_only: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if self.output_languages.is_empty() {
            return Err(Invalid::new("output_languages", "is empty"));
        }
        check_times(self.start_time, self.end_time)?;
        Ok(())
    }
}

impl Operation for CreateVideoTranslation {
    const ID: &'static str = "video_translations.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/video-translations";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;

    type Body = Self;
    type Response = CreatedVideoTranslations;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The translations that were started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreatedVideoTranslations {
    /// The translations, one per language.
    pub video_translation_ids: Vec<VideoTranslationId>,
}

impl CreatedVideoTranslations {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(video_translation_ids: Vec<VideoTranslationId>) -> Self {
        Self {
            video_translation_ids,
        }
    }
}

open_enum! {
    /// Which video subtitles belong to.
    SrtRole {
        /// The video that is to be translated.
        Input = "input",
        /// The translated video.
        Output = "output",
    }
}
