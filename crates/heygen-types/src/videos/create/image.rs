use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::sound::{check_script_voice, check_sound, check_transparency};
use crate::{
    AspectRatio, AssetId, AssetInput, BrandGlossaryId, FolderId, Invalid, Url, VoiceId,
    invalid::check_not_empty,
    videos::{
        Expressiveness, OutputFormat, VideoBackground, VideoCaption, VideoFit, VideoResolution,
        Watermark,
    },
    voices::VoiceSettings,
};

/// A video in which a picture speaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ImageVideo {
    /// The picture.
    pub image: AssetInput,
    /// The shape of the picture; the API's default is `16:9`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<AspectRatio>,
    /// Audio to use in place of a script, uploaded before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_asset_id: Option<AssetId>,
    /// Audio to use in place of a script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_url: Option<Url>,
    /// What is behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<VideoBackground>,
    /// A text of the caller's own that comes back with the callback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_id: Option<String>,
    /// Where to report the end. Calls to it are not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<Url>,
    /// The captions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<VideoCaption>,
    /// How lively it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expressiveness: Option<Expressiveness>,
    /// How the picture fills its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<VideoFit>,
    /// How it is to move.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motion_prompt: Option<String>,
    /// The container; the API's default is `mp4`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_format: Option<OutputFormat>,
    /// Whether to remove what is behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove_background: Option<bool>,
    /// The resolution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<VideoResolution>,
    /// What is said, not empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<VoiceId>,
    /// How the script is spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_settings: Option<VoiceSettings>,
    /// A watermark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watermark: Option<Watermark>,
    /// The folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder_id: Option<FolderId>,
    /// The glossary, not empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand_glossary_id: Option<BrandGlossaryId>,
}

impl ImageVideo {
    /// Starts from what has to be there.
    #[must_use]
    pub const fn new(image: AssetInput) -> Self {
        Self {
            image,
            aspect_ratio: None,
            audio_asset_id: None,
            audio_url: None,
            background: None,
            callback_id: None,
            callback_url: None,
            caption: None,
            expressiveness: None,
            fit: None,
            motion_prompt: None,
            output_format: None,
            remove_background: None,
            resolution: None,
            script: None,
            title: None,
            voice_id: None,
            voice_settings: None,
            watermark: None,
            folder_id: None,
            brand_glossary_id: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.background {
            value
                .validate()
                .map_err(|invalid| invalid.within("background"))?;
        }
        if let Some(value) = &self.script {
            check_not_empty("script", value)?;
        }
        if let Some(value) = &self.voice_settings {
            value
                .validate()
                .map_err(|invalid| invalid.within("voice_settings"))?;
        }
        if let Some(value) = &self.watermark {
            value
                .validate()
                .map_err(|invalid| invalid.within("watermark"))?;
        }
        check_sound(
            self.script.is_some(),
            self.audio_url.is_some(),
            self.audio_asset_id.is_some(),
        )?;
        check_script_voice(self.script.is_some(), self.voice_id.is_some())?;
        check_transparency(self.output_format.as_ref(), self.background.is_some())?;
        Ok(())
    }
}
