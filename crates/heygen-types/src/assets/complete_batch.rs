use serde::{Deserialize, Serialize};

use crate::{BatchId, BodyEncoding, Method, Operation};

/// `POST /v3/assets/complete/batches`: the last step for a batch of files.
///
/// The files are finished one by one in the background; a bad one does not fail the rest.
/// Repeating the call drives the same batch again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CompleteUploadBatch {
    /// The batch.
    pub batch_id: BatchId,
}

impl CompleteUploadBatch {
    /// Completes a batch.
    #[must_use]
    pub const fn new(batch_id: BatchId) -> Self {
        Self { batch_id }
    }
}

impl Operation for CompleteUploadBatch {
    const ID: &'static str = "assets.batches.complete";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/assets/complete/batches";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;
    const STATUS: u16 = 202;

    type Body = Self;
    type Response = CompletedUploadBatch;

    fn body(&self) -> &Self {
        self
    }
}

/// The batch whose completion has begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CompletedUploadBatch {
    /// The batch.
    pub batch_id: BatchId,
}

impl CompletedUploadBatch {
    /// Makes an answer of its only field.
    #[must_use]
    pub const fn new(batch_id: BatchId) -> Self {
        Self { batch_id }
    }
}
