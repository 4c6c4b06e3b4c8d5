use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{ElementId, Json, Url, VoiceId, voices::VoiceEngine};

/// What is heard in a scene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum SceneScript {
    /// Words that are spoken.
    Text(TextScript),
    /// A recording.
    Audio(AudioScript),
    /// A pause.
    Silence(SilenceScript),
    /// A kind that this version does not know, kept as it came.
    #[serde(untagged)]
    Unknown(Json),
}

impl From<TextScript> for SceneScript {
    fn from(value: TextScript) -> Self {
        Self::Text(value)
    }
}

impl From<AudioScript> for SceneScript {
    fn from(value: AudioScript) -> Self {
        Self::Audio(value)
    }
}

impl From<SilenceScript> for SceneScript {
    fn from(value: SilenceScript) -> Self {
        Self::Silence(value)
    }
}

/// Words that are spoken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TextScript {
    /// The id.
    pub id: ElementId,
    /// The words.
    pub text: String,
    /// The voice.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub voice_id: Option<VoiceId>,
    /// How the script is spoken.
    #[serde(default)]
    pub voice_settings: Option<SpokenVoiceSettings>,
    /// Whether silence at both ends is cut off.
    #[serde(default)]
    pub trim_to_speech: Option<bool>,
}

impl TextScript {
    /// Makes one of the fields that are always there.
    pub fn new(id: ElementId, text: impl Into<String>) -> Self {
        Self {
            id,
            text: text.into(),
            voice_id: None,
            voice_settings: None,
            trim_to_speech: None,
        }
    }
}

/// How the words were spoken. The values may lie outside the limits of
/// [`VoiceSettings`](crate::voices::VoiceSettings).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SpokenVoiceSettings {
    /// The engine and its settings.
    #[serde(default)]
    pub engine_settings: Option<VoiceEngine>,
    /// The locale, such as `en-US`.
    #[serde(default)]
    pub locale: Option<String>,
    /// How high the voice is.
    #[serde(default)]
    pub pitch: Option<f64>,
    /// How fast it speaks.
    #[serde(default)]
    pub speed: Option<f64>,
    /// How loud it is.
    #[serde(default)]
    pub volume: Option<f64>,
}

impl SpokenVoiceSettings {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            engine_settings: None,
            locale: None,
            pitch: None,
            speed: None,
            volume: None,
        }
    }
}

/// A recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AudioScript {
    /// The id.
    pub id: ElementId,
    /// Where it can be fetched.
    #[serde(default)]
    pub audio_url: Option<Url>,
}

impl AudioScript {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: ElementId) -> Self {
        Self {
            id,
            audio_url: None,
        }
    }
}

/// A pause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SilenceScript {
    /// The id.
    pub id: ElementId,
    /// How long it is, in seconds.
    #[serde(default)]
    pub duration: Option<f64>,
}

impl SilenceScript {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: ElementId) -> Self {
        Self { id, duration: None }
    }
}
