use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    BodyEncoding, Invalid, Method, Operation, Url, VoiceId,
    invalid::{check_length, check_range},
    limits,
    open_enum::open_enum,
};

/// When a word is spoken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WordTimestamp {
    /// Where it ends, in seconds.
    pub end: f64,
    /// Where it begins, in seconds.
    pub start: f64,
    /// The word.
    pub word: String,
}

impl WordTimestamp {
    /// Makes one of the fields that are always there.
    pub fn new(word: impl Into<String>, start: f64, end: f64) -> Self {
        Self {
            end,
            start,
            word: word.into(),
        }
    }
}

/// `POST /v3/voices/speech`: speaks a text.
///
/// The operation declares no idempotency key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateSpeech {
    /// What to say, 1 to 5 000 characters.
    pub text: String,
    /// The voice. It has to run on the engine `starfish`.
    pub voice_id: VoiceId,
    /// How the text is written; the API's default is `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input_type: Option<SpeechInput>,
    /// The language of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The locale, such as `en-US`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// How fast it is spoken, 0.5 to 2; the API's default is `1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed: Option<f64>,
}

impl CreateSpeech {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(text: impl Into<String>, voice_id: VoiceId) -> Self {
        Self {
            text: text.into(),
            voice_id,
            input_type: None,
            language: None,
            locale: None,
            speed: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_length("text", &self.text, limits::SPEECH_TEXT_LENGTH)?;
        if let Some(value) = &self.speed {
            check_range("speed", value, limits::SPEECH_SPEED)?;
        }
        Ok(())
    }
}

impl Operation for CreateSpeech {
    const ID: &'static str = "voices.speech";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/voices/speech";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = Self;
    type Response = Speech;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The recording of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Speech {
    /// Where the recording can be fetched.
    #[serde(deserialize_with = "crate::lenient::given")]
    pub audio_url: Url,
    /// How long it is, in seconds.
    pub duration: f64,
    /// The id of the request, for support.
    #[serde(default)]
    pub request_id: Option<String>,
    /// When each word is spoken.
    #[serde(default)]
    pub word_timestamps: Option<Vec<WordTimestamp>>,
}

impl Speech {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(audio_url: Url, duration: f64) -> Self {
        Self {
            audio_url,
            duration,
            request_id: None,
            word_timestamps: None,
        }
    }
}

open_enum! {
    /// How the text of a speech is written.
    SpeechInput {
        /// Plain text.
        Text = "text",
        /// SSML. Pauses have to be given in seconds.
        Ssml = "ssml",
    }
}
