use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::CreateLipsync;
use crate::{
    BatchId, BodyEncoding, Invalid, Method, Operation, Url,
    invalid::{check_count, check_each},
    limits,
};

/// `POST /v3/lipsyncs/batches`: starts up to 100 lipsyncs at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateLipsyncBatch {
    /// The lipsyncs, 1 to 100.
    pub lipsyncs: Vec<CreateLipsync>,
    /// Where to report the end of the whole batch. The call is not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<Url>,
    /// The title of the batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl CreateLipsyncBatch {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(lipsyncs: Vec<CreateLipsync>) -> Self {
        Self {
            lipsyncs,
            callback_url: None,
            title: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_count("lipsyncs", self.lipsyncs.len(), limits::BATCH_ITEMS_COUNT)?;
        check_each("lipsyncs", &self.lipsyncs, CreateLipsync::validate)?;
        Ok(())
    }
}

impl Operation for CreateLipsyncBatch {
    const ID: &'static str = "lipsyncs.batches.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/lipsyncs/batches";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;
    const STATUS: u16 = 202;

    type Body = Self;
    type Response = CreatedLipsyncBatch;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The batch that was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreatedLipsyncBatch {
    /// The batch.
    pub batch_id: BatchId,
}

impl CreatedLipsyncBatch {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(batch_id: BatchId) -> Self {
        Self { batch_id }
    }
}
