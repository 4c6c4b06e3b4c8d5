use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{
    AssetLink, BodyEncoding, FillerWordRemovalId, Invalid, Method, Operation, Url,
    invalid::check_length, limits,
};

/// `POST /v3/filler-word-removals`: cuts filler words out of a video of at most 7200 seconds that
/// has sound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateFillerWordRemoval {
    /// The video, with sound, at most 7200 seconds.
    pub video: AssetLink,
    /// The title, at most 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Where to report the end. Calls to it are not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<Url>,
    /// A text of the caller's own that comes back with the callback, at most 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_id: Option<String>,
}

impl CreateFillerWordRemoval {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(video: AssetLink) -> Self {
        Self {
            video,
            title: None,
            callback_url: None,
            callback_id: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.title {
            check_length("title", value, limits::FILLER_WORD_REMOVAL_TITLE_LENGTH)?;
        }
        if let Some(value) = &self.callback_id {
            check_length(
                "callback_id",
                value,
                limits::FILLER_WORD_REMOVAL_CALLBACK_ID_LENGTH,
            )?;
        }
        Ok(())
    }
}

impl Operation for CreateFillerWordRemoval {
    const ID: &'static str = "filler_word_removals.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/filler-word-removals";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;
    const STATUS: u16 = 202;

    type Body = Self;
    type Response = CreatedFillerWordRemoval;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The removal that was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreatedFillerWordRemoval {
    /// The filler word removal.
    pub filler_word_removal_id: FillerWordRemovalId,
}

impl CreatedFillerWordRemoval {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(filler_word_removal_id: FillerWordRemovalId) -> Self {
        Self {
            filler_word_removal_id,
        }
    }
}
