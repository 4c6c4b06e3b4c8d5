use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::VoiceSummary;
use crate::{BodyEncoding, Invalid, Method, Operation, invalid::check_length, limits};

/// `POST /v3/voices`: voices that fit a description.
///
/// The operation declares no idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DesignVoice {
    /// How the voice is to sound, 1 to 1 000 characters.
    pub prompt: String,
    /// The gender that it is to have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<String>,
    /// The locale that it is to have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// 0 for the voices that fit best, 1 for the next ones, and so on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
}

impl DesignVoice {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(prompt: impl Into<String>) -> Self {
        Self {
            prompt: prompt.into(),
            gender: None,
            locale: None,
            seed: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_length("prompt", &self.prompt, limits::VOICE_DESIGN_PROMPT_LENGTH)?;
        Ok(())
    }
}

impl Operation for DesignVoice {
    const ID: &'static str = "voices.design";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/voices";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = Self;
    type Response = DesignedVoices;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The voices that fit, at most three.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DesignedVoices {
    /// The seed that was used.
    #[serde(deserialize_with = "crate::lenient::whole")]
    pub seed: u64,
    /// The voices.
    pub voices: Vec<VoiceSummary>,
}

impl DesignedVoices {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(seed: u64, voices: Vec<VoiceSummary>) -> Self {
        Self { seed, voices }
    }
}
