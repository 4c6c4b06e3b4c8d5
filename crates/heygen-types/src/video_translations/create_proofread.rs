use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::ProofreadStatus;
use crate::{
    AssetLink, BodyEncoding, BrandGlossaryId, FolderId, Invalid, Method, Operation, ProcessingMode,
    ProofreadId,
};

/// `POST /v3/video-translations/proofreads`: prepares subtitles to read and replace before a
/// translation is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateProofread {
    /// The languages, at least one, by the names in the list of languages; one proofread each.
    pub output_languages: Vec<String>,
    /// The title, mandatory here.
    pub title: String,
    /// The video to translate.
    pub video: AssetLink,
    /// The glossary that says how names are spoken and translated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand_glossary_id: Option<BrandGlossaryId>,
    /// The older name of `brand_glossary_id`. Deprecated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand_voice_id: Option<BrandGlossaryId>,
    /// Whether to leave out the music; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_music_track: Option<bool>,
    /// Whether to make speech clearer; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_speech_enhancement: Option<bool>,
    /// Whether the video may be slowed or sped up; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_video_stretching: Option<bool>,
    /// The folder that the translations go into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder_id: Option<FolderId>,
    /// Whether the result is encoded as the source is; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_the_same_format: Option<bool>,
    /// Whether speed or precision matters more; the API's default is `speed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<ProcessingMode>,
    /// How many people speak in the video.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_num: Option<u32>,
    /// Subtitles of the video to go by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub srt: Option<AssetLink>,
}

impl CreateProofread {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(video: AssetLink, title: impl Into<String>, output_languages: Vec<String>) -> Self {
        Self {
            output_languages,
            title: title.into(),
            video,
            brand_glossary_id: None,
            brand_voice_id: None,
            disable_music_track: None,
            enable_speech_enhancement: None,
            enable_video_stretching: None,
            folder_id: None,
            keep_the_same_format: None,
            mode: None,
            speaker_num: None,
            srt: None,
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
        Ok(())
    }
}

impl Operation for CreateProofread {
    const ID: &'static str = "video_translations.proofreads.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/video-translations/proofreads";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;

    type Body = Self;
    type Response = CreatedProofreads;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The proofreads that were started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreatedProofreads {
    /// The proofreads, one per language.
    pub proofread_ids: Vec<ProofreadId>,
    /// Where they stand.
    pub status: ProofreadStatus,
}

impl CreatedProofreads {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(proofread_ids: Vec<ProofreadId>, status: ProofreadStatus) -> Self {
        Self {
            proofread_ids,
            status,
        }
    }
}
