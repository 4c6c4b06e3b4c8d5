use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{
    AssetInput, BodyEncoding, Invalid, Method, Operation, VoiceId, invalid::check_length, limits,
};

/// `POST /v3/voices/clone`: makes a voice from a recording.
///
/// The operation declares no idempotency key: a repeated call may make a second voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CloneVoice {
    /// The recording.
    pub audio: AssetInput,
    /// The name of the voice, 1 to 100 characters.
    pub voice_name: String,
    /// The language that is spoken in the recording; found out when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether noise is removed from the recording; the API's default is `true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove_background_noise: Option<bool>,
}

impl CloneVoice {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(audio: AssetInput, voice_name: impl Into<String>) -> Self {
        Self {
            audio,
            voice_name: voice_name.into(),
            language: None,
            remove_background_noise: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_length(
            "voice_name",
            &self.voice_name,
            limits::VOICE_CLONE_VOICE_NAME_LENGTH,
        )?;
        Ok(())
    }
}

impl Operation for CloneVoice {
    const ID: &'static str = "voices.clone";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/voices/clone";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = Self;
    type Response = ClonedVoice;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The voice that is being made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ClonedVoice {
    /// The voice.
    pub voice_clone_id: VoiceId,
}

impl ClonedVoice {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(voice_clone_id: VoiceId) -> Self {
        Self { voice_clone_id }
    }
}
