use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{Url, VoiceId, open_enum::open_enum};

/// A voice in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VoiceSummary {
    /// The gender, in the server's words.
    #[serde(deserialize_with = "crate::lenient::null_as_default")]
    pub gender: String,
    /// The language that it speaks.
    #[serde(deserialize_with = "crate::lenient::null_as_default")]
    pub language: String,
    /// The name.
    pub name: String,
    /// Whether a locale can be chosen.
    pub support_locale: bool,
    /// Whether pauses can be written into a script.
    pub support_pause: bool,
    /// Whose voice it is.
    pub r#type: VoiceType,
    /// The voice.
    pub voice_id: VoiceId,
    /// Where a sample can be heard.
    #[serde(default)]
    pub preview_audio_url: Option<Url>,
}

impl VoiceSummary {
    /// Makes one of the fields that are always there.
    pub fn new(
        voice_id: VoiceId,
        name: impl Into<String>,
        language: impl Into<String>,
        gender: impl Into<String>,
        r#type: VoiceType,
        support_locale: bool,
        support_pause: bool,
    ) -> Self {
        Self {
            gender: gender.into(),
            language: language.into(),
            name: name.into(),
            support_locale,
            support_pause,
            r#type,
            voice_id,
            preview_audio_url: None,
        }
    }
}

open_enum! {
    /// Whose voices to list.
    VoiceType {
        /// HeyGen's own, for everybody.
        Public = "public",
        /// Those of the workspace.
        Private = "private",
    }
}
