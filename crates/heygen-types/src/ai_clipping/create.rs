use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::ClipSettings;
use crate::{
    AiClippingId, AssetLink, BodyEncoding, Invalid, Method, Operation, Url, invalid::check_length,
    limits,
};

/// `POST /v3/ai-clipping`: cuts short clips out of a long video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateAiClipping {
    /// The video.
    pub video: AssetLink,
    /// A text of the caller's own that comes back with the callback, at most 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_id: Option<String>,
    /// Where to report the end. Calls to it are not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<Url>,
    /// The language that is spoken in the video, in ISO 639-1, such as `en`; found out when
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input_language: Option<String>,
    /// How the clips are to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_settings: Option<ClipSettings>,
    /// The title, at most 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl CreateAiClipping {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(video: AssetLink) -> Self {
        Self {
            video,
            callback_id: None,
            callback_url: None,
            input_language: None,
            output_settings: None,
            title: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.callback_id {
            check_length("callback_id", value, limits::CLIPPING_CALLBACK_ID_LENGTH)?;
        }
        if let Some(value) = &self.output_settings {
            value
                .validate()
                .map_err(|invalid| invalid.within("output_settings"))?;
        }
        if let Some(value) = &self.title {
            check_length("title", value, limits::CLIPPING_TITLE_LENGTH)?;
        }
        Ok(())
    }
}

impl Operation for CreateAiClipping {
    const ID: &'static str = "ai_clipping.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/ai-clipping";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;
    const STATUS: u16 = 202;

    type Body = Self;
    type Response = CreatedAiClipping;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The clipping job that was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreatedAiClipping {
    /// The clipping job.
    pub ai_clipping_id: AiClippingId,
}

impl CreatedAiClipping {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(ai_clipping_id: AiClippingId) -> Self {
        Self { ai_clipping_id }
    }
}
