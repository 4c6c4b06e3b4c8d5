use serde::{Deserialize, Serialize};

use crate::{
    Invalid, Json,
    invalid::{check_kind, check_range},
    limits,
    open_enum::open_enum,
};

/// The engine of a voice, with its settings. The API refuses the settings of another engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "engine_type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum VoiceEngine {
    /// ElevenLabs.
    Elevenlabs(ElevenLabsSettings),
    /// Fish.
    Fish(FishSettings),
    /// Starfish.
    Starfish(StarfishSettings),
    /// A kind that this version does not know, kept as it came.
    #[serde(untagged)]
    Unknown(Json),
}

impl From<ElevenLabsSettings> for VoiceEngine {
    fn from(value: ElevenLabsSettings) -> Self {
        Self::Elevenlabs(value)
    }
}

impl From<FishSettings> for VoiceEngine {
    fn from(value: FishSettings) -> Self {
        Self::Fish(value)
    }
}

impl From<StarfishSettings> for VoiceEngine {
    fn from(value: StarfishSettings) -> Self {
        Self::Starfish(value)
    }
}

impl VoiceEngine {
    const KINDS: [&str; 3] = ["elevenlabs", "fish", "starfish"];

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        match self {
            Self::Elevenlabs(settings) => settings.validate(),
            Self::Fish(settings) => settings.validate(),
            Self::Unknown(value) => check_kind("engine_type", &Self::KINDS, value),
            Self::Starfish(_) => Ok(()),
        }
    }
}

/// Settings of the ElevenLabs engine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ElevenLabsSettings {
    /// The model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<ElevenLabsModel>,
    /// How close it stays to the voice, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similarity_boost: Option<f64>,
    /// How steady it is, 0 to 1; `eleven_v3` takes only 0, 0.5 and 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stability: Option<f64>,
    /// How much style is put on, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<f64>,
    /// Whether to stay closer to the speaker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub use_speaker_boost: Option<bool>,
}

impl ElevenLabsSettings {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            model: None,
            similarity_boost: None,
            stability: None,
            style: None,
            use_speaker_boost: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.similarity_boost {
            check_range("similarity_boost", value, limits::VOICE_SIMILARITY_BOOST)?;
        }
        if let Some(value) = &self.stability {
            check_range("stability", value, limits::VOICE_STABILITY)?;
        }
        if let Some(value) = &self.style {
            check_range("style", value, limits::VOICE_STYLE)?;
        }
        Ok(())
    }
}

/// Settings of the Fish engine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FishSettings {
    /// The model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<FishModel>,
    /// How close it stays to the voice, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similarity: Option<f64>,
    /// How steady it is, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stability: Option<f64>,
}

impl FishSettings {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            model: None,
            similarity: None,
            stability: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.similarity {
            check_range("similarity", value, limits::VOICE_SIMILARITY)?;
        }
        if let Some(value) = &self.stability {
            check_range("stability", value, limits::VOICE_STABILITY)?;
        }
        Ok(())
    }
}

/// The Starfish engine, which has no settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StarfishSettings {}

impl StarfishSettings {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }
}

open_enum! {
    /// A model of the ElevenLabs engine.
    ElevenLabsModel {
        /// Multilingual v2.
        MultilingualV2 = "eleven_multilingual_v2",
        /// Turbo v2.5.
        TurboV25 = "eleven_turbo_v2_5",
        /// Flash v2.5.
        FlashV25 = "eleven_flash_v2_5",
        /// v3. Its stability is 0, 0.5 or 1.
        V3 = "eleven_v3",
    }
}

open_enum! {
    /// A model of the Fish engine.
    FishModel {
        /// S1, the default.
        S1 = "s1",
        /// S2 Pro.
        S2Pro = "s2-pro",
    }
}
