use alloc::{format, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::UploadSlot;
use crate::{
    BatchId, BodyEncoding, ByteSize, Invalid, MediaType, Method, Operation, Sha256Digest, Url,
    invalid::check_count, limits,
};

/// `POST /v3/assets/direct-uploads/batches`: the first step for up to 100 files at once.
///
/// One bad entry rejects the whole call, with `param` `files` and a message that names its index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateUploadBatch {
    /// The files, 1 to 100.
    pub files: Vec<UploadBatchFile>,
    /// Accepted by the API, which calls no webhook for batches of assets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<Url>,
    /// A title for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// One file of [`CreateUploadBatch`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UploadBatchFile {
    /// The declared type. ZIP is not among those named for batches.
    pub content_type: MediaType,
    /// The name of the file, kept as metadata only.
    pub filename: String,
    /// The exact size. It is part of the signature of the URL.
    pub size_bytes: ByteSize,
    /// The digest that storage is to enforce on the PUT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checksum_sha256: Option<Sha256Digest>,
}

impl UploadBatchFile {
    /// Describes a file to store.
    pub fn new(filename: impl Into<String>, content_type: MediaType, size_bytes: ByteSize) -> Self {
        Self {
            content_type,
            filename: filename.into(),
            size_bytes,
            checksum_sha256: None,
        }
    }
}

impl CreateUploadBatch {
    /// Asks for a slot for each file.
    #[must_use]
    pub const fn new(files: Vec<UploadBatchFile>) -> Self {
        Self {
            files,
            callback_url: None,
            title: None,
        }
    }
}

impl Operation for CreateUploadBatch {
    const ID: &'static str = "assets.direct_uploads.batches.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/assets/direct-uploads/batches";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;

    type Body = Self;
    type Response = UploadBatch;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        check_count(
            "files",
            body.files.len(),
            1..=limits::UPLOAD_BATCH_FILES_MAX,
        )?;
        match body
            .files
            .iter()
            .position(|file| file.size_bytes.bytes() == 0)
        {
            Some(index) => Err(Invalid::new(
                "files",
                format!("[{index}].size_bytes is 0, the API takes positive sizes only"),
            )),
            None => Ok(()),
        }
    }
}

/// A batch of slots, in the order in which the files were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UploadBatch {
    /// The batch.
    pub batch_id: BatchId,
    /// A slot for each file.
    #[serde(deserialize_with = "crate::lenient::all_items")]
    pub items: Vec<UploadSlot>,
}

impl UploadBatch {
    /// Makes an answer of its two fields.
    #[must_use]
    pub const fn new(batch_id: BatchId, items: Vec<UploadSlot>) -> Self {
        Self { batch_id, items }
    }
}
