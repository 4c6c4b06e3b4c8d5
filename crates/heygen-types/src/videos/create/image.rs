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
    /// The shape of the video; the API's default is `16:9`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<AspectRatio>,
    /// The sound to use in place of a script: an asset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_asset_id: Option<AssetId>,
    /// The sound to use in place of a script: a URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_url: Option<Url>,
    /// What is behind the person in the picture.
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
    /// How lively the person in the picture is; the API's default is `low`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expressiveness: Option<Expressiveness>,
    /// How the picture fills the frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<VideoFit>,
    /// How the person in the picture is to move.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motion_prompt: Option<String>,
    /// The container; the API's default is `mp4`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_format: Option<OutputFormat>,
    /// Whether to remove what is behind the person in the picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove_background: Option<bool>,
    /// The resolution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<VideoResolution>,
    /// What is said, at least one character. A video has either a script or a sound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The voice that speaks the script; needed beside one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<VoiceId>,
    /// How the script is spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_settings: Option<VoiceSettings>,
    /// A watermark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watermark: Option<Watermark>,
    /// The folder that the video goes into; the root when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder_id: Option<FolderId>,
    /// The glossary that says how the names in the script are spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand_glossary_id: Option<BrandGlossaryId>,
}

impl ImageVideo {
    /// Makes one of what the API requires; the other fields are public.
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
