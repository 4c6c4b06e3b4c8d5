use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::VoiceEngine;
use crate::{Invalid, invalid::check_range, limits};

/// How a script is spoken. It has no effect on audio of the caller's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VoiceSettings {
    /// The engine and its settings. The API refuses an engine that the voice does not run on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine_settings: Option<VoiceEngine>,
    /// The locale, such as `en-US`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// How high the voice is, -50 to 50; the API's default is `0`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pitch: Option<f64>,
    /// How fast it speaks, 0.5 to 1.5; the API's default is `1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed: Option<f64>,
    /// How loud it is, 0 to 1; the API's default is `1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<f64>,
}

impl VoiceSettings {
    /// Makes one in which nothing is set.
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

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.engine_settings {
            value
                .validate()
                .map_err(|invalid| invalid.within("engine_settings"))?;
        }
        if let Some(value) = &self.pitch {
            check_range("pitch", value, limits::VOICE_PITCH)?;
        }
        if let Some(value) = &self.speed {
            check_range("speed", value, limits::VOICE_SPEED)?;
        }
        if let Some(value) = &self.volume {
            check_range("volume", value, limits::VOICE_VOLUME)?;
        }
        Ok(())
    }
}
