use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{
    AssetInput, CharacterId, Invalid, Json, VoiceId,
    invalid::{check_kind, check_length, check_range},
    limits,
    open_enum::open_enum,
};

/// The value of a variable of a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum TemplateVariable {
    /// A text.
    Text(TextVariable),
    /// A picture.
    Image(ImageVariable),
    /// A clip.
    Video(VideoVariable),
    /// A recording.
    Audio(AudioVariable),
    /// A character.
    Character(CharacterVariable),
    /// A voice.
    Voice(VoiceVariable),
    /// A kind that this version does not know, kept as it came.
    #[serde(untagged)]
    Unknown(Json),
}

impl From<TextVariable> for TemplateVariable {
    fn from(value: TextVariable) -> Self {
        Self::Text(value)
    }
}

impl From<ImageVariable> for TemplateVariable {
    fn from(value: ImageVariable) -> Self {
        Self::Image(value)
    }
}

impl From<VideoVariable> for TemplateVariable {
    fn from(value: VideoVariable) -> Self {
        Self::Video(value)
    }
}

impl From<AudioVariable> for TemplateVariable {
    fn from(value: AudioVariable) -> Self {
        Self::Audio(value)
    }
}

impl From<CharacterVariable> for TemplateVariable {
    fn from(value: CharacterVariable) -> Self {
        Self::Character(value)
    }
}

impl From<VoiceVariable> for TemplateVariable {
    fn from(value: VoiceVariable) -> Self {
        Self::Voice(value)
    }
}

impl TemplateVariable {
    const KINDS: [&str; 6] = ["text", "image", "video", "audio", "character", "voice"];

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        match self {
            Self::Text(text) => text.validate(),
            Self::Video(video) => video.validate(),
            Self::Unknown(value) => check_kind("type", &Self::KINDS, value),
            Self::Image(_) | Self::Audio(_) | Self::Character(_) | Self::Voice(_) => Ok(()),
        }
    }
}

/// A text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TextVariable {
    /// The text, 1 to 10 000 characters in a request; in a template that is read it may be empty.
    pub content: String,
}

impl TextVariable {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(content: impl Into<String>) -> Self {
        Self {
            content: content.into(),
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_length(
            "content",
            &self.content,
            limits::TEMPLATE_TEXT_CONTENT_LENGTH,
        )?;
        Ok(())
    }
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ImageVariable {
    /// The file.
    pub asset: AssetInput,
    /// How the picture fills its place; the API's default is `contain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<MediaFit>,
}

impl ImageVariable {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(asset: AssetInput) -> Self {
        Self { asset, fit: None }
    }
}

/// A clip.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VideoVariable {
    /// The file.
    pub asset: AssetInput,
    /// How the picture fills its place; the API's default is `contain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<MediaFit>,
    /// How the clip is played when its length differs from that of the scene; the API's default is
    /// `loop`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub play_style: Option<PlayStyle>,
    /// How loud the sound of the clip is, 0 to 1; the API's default is `1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<f64>,
}

impl VideoVariable {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(asset: AssetInput) -> Self {
        Self {
            asset,
            fit: None,
            play_style: None,
            volume: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.volume {
            check_range("volume", value, limits::TEMPLATE_VOLUME)?;
        }
        Ok(())
    }
}

/// A recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AudioVariable {
    /// The file.
    pub asset: AssetInput,
}

impl AudioVariable {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(asset: AssetInput) -> Self {
        Self { asset }
    }
}

/// A character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CharacterVariable {
    /// The character.
    pub character_id: CharacterId,
    /// What the character is; the API's default is `avatar`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub character_type: Option<CharacterType>,
}

impl CharacterVariable {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(character_id: CharacterId) -> Self {
        Self {
            character_id,
            character_type: None,
        }
    }
}

/// A voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VoiceVariable {
    /// The voice.
    pub voice_id: VoiceId,
    /// The locale, such as `en-US`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
}

impl VoiceVariable {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(voice_id: VoiceId) -> Self {
        Self {
            voice_id,
            locale: None,
        }
    }
}

open_enum! {
    /// What a character of a template is.
    CharacterType {
        /// An avatar.
        Avatar = "avatar",
        /// A talking photo.
        TalkingPhoto = "talking_photo",
    }
}

open_enum! {
    /// How media fill their place in a template.
    MediaFit {
        /// They fill it and may be cut.
        Cover = "cover",
        /// They are shown whole.
        Contain = "contain",
        /// They are cut to it.
        Crop = "crop",
        /// They keep their own size.
        None = "none",
    }
}

open_enum! {
    /// How a video of another length than its scene is played.
    PlayStyle {
        /// Faster or slower, to fit.
        FitToScene = "fit_to_scene",
        /// Its last frame stays.
        Freeze = "freeze",
        /// It begins again.
        Loop = "loop",
        /// It is played once.
        Once = "once",
        /// The scene lasts as long as the video.
        FullVideo = "full_video",
    }
}
