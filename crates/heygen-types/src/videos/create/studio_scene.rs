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
    /// Audio to use in place of a script, uploaded before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_asset_id: Option<AssetId>,
    /// Audio to use in place of a script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_url: Option<Url>,
    /// What is behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<StudioBackground>,
    /// The engine that animates the avatar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<AvatarEngine>,
    /// How lively it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expressiveness: Option<Expressiveness>,
    /// How it is to move.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motion_prompt: Option<String>,
    /// What is said, not empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// The voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<VoiceId>,
    /// How the script is spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_settings: Option<VoiceSettings>,
}

impl StudioAvatar {
    /// Starts from what has to be there.
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
    /// What it shows.
    pub source: AssetInput,
    /// Audio to use in place of a script, uploaded before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_asset_id: Option<AssetId>,
    /// Audio to use in place of a script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_url: Option<Url>,
    /// How long the scene is without any sound, in seconds, above 0 and at most 300.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    /// What is said, not empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// The voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<VoiceId>,
    /// How the script is spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_settings: Option<VoiceSettings>,
}

impl ImageScene {
    /// Starts from what has to be there.
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
    /// What it shows.
    pub source: AssetInput,
    /// How the clip is played.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub playback: Option<ScenePlayback>,
    /// A voiceover. It sets the length of the scene, not empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// The voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<VoiceId>,
    /// Audio as voiceover, in place of a script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_url: Option<Url>,
    /// Audio as voiceover, uploaded before, in place of a script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_asset_id: Option<AssetId>,
    /// How the script is spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_settings: Option<VoiceSettings>,
}

impl VideoClipScene {
    /// Starts from what has to be there.
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
    /// Whether its sound is left out; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mute: Option<bool>,
    /// How loud it is, 0 to 1; the API's default is `1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<f64>,
    /// Whether speed or precision matters more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<ScenePlaybackMode>,
}

impl ScenePlayback {
    /// Starts from what has to be there.
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
