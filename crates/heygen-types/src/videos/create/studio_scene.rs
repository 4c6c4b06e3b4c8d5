use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::sound::{check_scene_sound, check_script_voice, check_sound, check_voiceover};
use crate::{
    AssetId, AssetInput, AvatarId, Invalid, Url, VoiceId,
    invalid::{check_above, check_color, check_not_empty, check_range},
    limits,
    open_enum::open_enum,
    videos::{AvatarEngine, Expressiveness},
    voices::VoiceSettings,
};

/// One scene of a [`StudioVideo`](super::StudioVideo).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum StudioScene {
    /// An avatar speaks.
    AvatarVideo {
        /// The avatar.
        input: StudioInput,
    },
    /// A picture is shown.
    Image(ImageScene),
    /// A clip is played.
    Video(VideoClipScene),
}

impl StudioScene {
    /// Makes a scene in which an avatar speaks.
    #[must_use]
    pub const fn avatar(avatar: StudioAvatar) -> Self {
        Self::AvatarVideo {
            input: StudioInput::Avatar(avatar),
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        match self {
            Self::AvatarVideo {
                input: StudioInput::Avatar(avatar),
            } => avatar.validate().map_err(|invalid| invalid.within("input")),
            Self::Image(scene) => scene.validate(),
            Self::Video(scene) => scene.validate(),
        }
    }
}

impl From<ImageScene> for StudioScene {
    fn from(scene: ImageScene) -> Self {
        Self::Image(scene)
    }
}

impl From<VideoClipScene> for StudioScene {
    fn from(scene: VideoClipScene) -> Self {
        Self::Video(scene)
    }
}

/// What speaks in a scene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum StudioInput {
    /// An avatar.
    Avatar(StudioAvatar),
}

/// What is behind the avatar of a scene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum StudioBackground {
    /// A colour.
    Color {
        /// The colour, such as `#1a2b3c`.
        color: String,
    },
}

impl StudioBackground {
    /// Makes a background of one colour, such as `#1a2b3c`.
    pub fn color(color: impl Into<String>) -> Self {
        Self::Color {
            color: color.into(),
        }
    }

    /// Checks that the colour is written as the API takes it.
    ///
    /// # Errors
    ///
    /// Names the colour when it is not six hexadecimal digits after a `#`.
    pub fn validate(&self) -> Result<(), Invalid> {
        let Self::Color { color } = self;
        check_color("color", color)
    }
}

/// The avatar of a scene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StudioAvatar {
    /// The avatar look.
    pub avatar_id: AvatarId,
    /// The sound to use in place of a script: an asset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_asset_id: Option<AssetId>,
    /// The sound to use in place of a script: a URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_url: Option<Url>,
    /// What is behind the avatar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<StudioBackground>,
    /// The engine that animates the avatar; Avatar IV when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<AvatarEngine>,
    /// How lively the avatar is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expressiveness: Option<Expressiveness>,
    /// How the avatar is to move.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motion_prompt: Option<String>,
    /// What is said, at least one character, in place of a sound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// The voice that speaks the script; needed unless the avatar has a voice of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<VoiceId>,
    /// How the script is spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_settings: Option<VoiceSettings>,
}

impl StudioAvatar {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(avatar_id: AvatarId) -> Self {
        Self {
            avatar_id,
            audio_asset_id: None,
            audio_url: None,
            background: None,
            engine: None,
            expressiveness: None,
            motion_prompt: None,
            script: None,
            voice_id: None,
            voice_settings: None,
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
        check_sound(
            self.script.is_some(),
            self.audio_url.is_some(),
            self.audio_asset_id.is_some(),
        )?;
        Ok(())
    }
}

/// A scene that shows a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ImageScene {
    /// The picture.
    pub source: AssetInput,
    /// The sound to use in place of a script: an asset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_asset_id: Option<AssetId>,
    /// The sound to use in place of a script: a URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_url: Option<Url>,
    /// How long the scene is, in seconds, above 0 and at most 300: for a scene without any sound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    /// What is said, at least one character, in place of a sound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// The voice that speaks the script; needed beside one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<VoiceId>,
    /// How the script is spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_settings: Option<VoiceSettings>,
}

impl ImageScene {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(source: AssetInput) -> Self {
        Self {
            source,
            audio_asset_id: None,
            audio_url: None,
            duration: None,
            script: None,
            voice_id: None,
            voice_settings: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.duration {
            check_above("duration", *value, 0.0, limits::VIDEO_DURATION_MAX)?;
        }
        if let Some(value) = &self.script {
            check_not_empty("script", value)?;
        }
        if let Some(value) = &self.voice_settings {
            value
                .validate()
                .map_err(|invalid| invalid.within("voice_settings"))?;
        }
        check_scene_sound(
            self.script.is_some(),
            self.audio_url.is_some(),
            self.audio_asset_id.is_some(),
            self.duration.is_some(),
        )?;
        check_script_voice(self.script.is_some(), self.voice_id.is_some())?;
        Ok(())
    }
}

/// A scene that plays a clip.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct VideoClipScene {
    /// The clip.
    pub source: AssetInput,
    /// How the clip is played.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub playback: Option<ScenePlayback>,
    /// A voiceover, at least one character. It sets the length of the scene.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// The voice that speaks the script; needed beside one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<VoiceId>,
    /// A sound as voiceover, in place of a script: a URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_url: Option<Url>,
    /// A sound as voiceover, in place of a script: an asset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_asset_id: Option<AssetId>,
    /// How the script is spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_settings: Option<VoiceSettings>,
}

impl VideoClipScene {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(source: AssetInput) -> Self {
        Self {
            source,
            playback: None,
            script: None,
            voice_id: None,
            audio_url: None,
            audio_asset_id: None,
            voice_settings: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.playback {
            value
                .validate()
                .map_err(|invalid| invalid.within("playback"))?;
        }
        if let Some(value) = &self.script {
            check_not_empty("script", value)?;
        }
        if let Some(value) = &self.voice_settings {
            value
                .validate()
                .map_err(|invalid| invalid.within("voice_settings"))?;
        }
        check_voiceover(
            self.script.is_some(),
            self.audio_url.is_some(),
            self.audio_asset_id.is_some(),
        )?;
        check_script_voice(self.script.is_some(), self.voice_id.is_some())?;
        Ok(())
    }
}

/// How a clip is played in a scene.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ScenePlayback {
    /// Whether the sound of the clip is left out; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mute: Option<bool>,
    /// How loud the sound of the clip is, 0 to 1; the API's default is `1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<f64>,
    /// What happens when the clip is shorter than its voiceover; it has an effect only beside one.
    /// The API's default is `freeze`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<ScenePlaybackMode>,
}

impl ScenePlayback {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            mute: None,
            volume: None,
            mode: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.volume {
            check_range("volume", value, limits::SCENE_VOLUME)?;
        }
        Ok(())
    }
}

open_enum! {
    /// What happens when a clip is shorter than its voiceover.
    ScenePlaybackMode {
        /// Its last frame stays.
        Freeze = "freeze",
        /// It begins again.
        Loop = "loop",
        /// It is played slower or faster, to fit.
        FitToScene = "fit_to_scene",
    }
}
