use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::CreateVideo;
use crate::{
    BatchId, BodyEncoding, FolderId, Invalid, Method, Operation, Url,
    invalid::{check_count, check_each},
    limits,
};

/// `POST /v3/videos/batches`: starts up to 100 videos at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateVideoBatch {
    /// The videos, 1 to 100.
    pub videos: Vec<CreateVideo>,
    /// Where to report the end of the whole batch. The call is not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<Url>,
    /// The title of the batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The folder of the batch as a whole; its items may not name one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder_id: Option<FolderId>,
}

impl CreateVideoBatch {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(videos: Vec<CreateVideo>) -> Self {
        Self {
            videos,
            callback_url: None,
            title: None,
            folder_id: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_count("videos", self.videos.len(), limits::BATCH_ITEMS_COUNT)?;
        check_each("videos", &self.videos, CreateVideo::check_in_batch)?;
        Ok(())
    }
}

impl Operation for CreateVideoBatch {
    const ID: &'static str = "videos.batches.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/videos/batches";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;
    const STATUS: u16 = 202;

    type Body = Self;
    type Response = CreatedVideoBatch;

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
pub struct CreatedVideoBatch {
    /// The batch.
    pub batch_id: BatchId,
}

impl CreatedVideoBatch {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(batch_id: BatchId) -> Self {
        Self { batch_id }
    }
}
