use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{
    AssetId, BodyEncoding, ByteSize, Invalid, MediaType, Method, Operation, PresignedUrl,
    Sha256Digest, UploadHeaders, batches::ItemStatus,
};

/// `POST /v3/assets/direct-uploads`: the first of the three steps of a direct upload.
///
/// A replay under the same idempotency key gives the *old* URL, which may be past its life. Take a
/// new key whenever a new URL is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreateDirectUpload {
    /// The declared type. It is compared with the stored bytes when the upload is completed.
    pub content_type: MediaType,
    /// The name of the file, kept as metadata only.
    pub filename: String,
    /// The exact size. It is part of the signature of the URL.
    pub size_bytes: ByteSize,
    /// The digest that storage is to enforce on the PUT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checksum_sha256: Option<Sha256Digest>,
}

impl CreateDirectUpload {
    /// Describes the file to store.
    pub fn new(filename: impl Into<String>, content_type: MediaType, size_bytes: ByteSize) -> Self {
        Self {
            content_type,
            filename: filename.into(),
            size_bytes,
            checksum_sha256: None,
        }
    }
}

impl Operation for CreateDirectUpload {
    const ID: &'static str = "assets.direct_uploads.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/assets/direct-uploads";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;

    type Body = Self;
    type Response = UploadSlot;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        if body.size_bytes.bytes() == 0 {
            return Err(Invalid::new(
                "size_bytes",
                "is 0, the API takes positive sizes only",
            ));
        }
        Ok(())
    }
}

/// A place in storage, and the permission to fill it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UploadSlot {
    /// The asset. It cannot be used before the upload is completed.
    pub asset_id: AssetId,
    /// For how long the URL accepts a PUT to begin, in seconds. An hour where an answer leaves it
    /// out: storage refuses a URL that is over.
    #[serde(default = "an_hour", deserialize_with = "crate::lenient::whole")]
    #[cfg_attr(feature = "schemars", schemars(!default))]
    pub expires_in_seconds: i64,
    /// The largest file that the slot takes. No limit where an answer names none.
    #[serde(default = "no_limit")]
    #[cfg_attr(feature = "schemars", schemars(!default))]
    pub max_bytes: ByteSize,
    /// `pending_upload`.
    pub status: ItemStatus,
    /// The headers that the PUT has to carry, unchanged.
    pub upload_headers: UploadHeaders,
    /// Where the bytes go: a secret.
    #[serde(deserialize_with = "crate::lenient::given")]
    pub upload_url: PresignedUrl,
}

impl UploadSlot {
    /// Makes a slot without headers, in the status that the API gives it.
    #[must_use]
    pub const fn new(
        asset_id: AssetId,
        upload_url: PresignedUrl,
        expires_in_seconds: i64,
        max_bytes: ByteSize,
    ) -> Self {
        Self {
            asset_id,
            expires_in_seconds,
            max_bytes,
            status: ItemStatus::PendingUpload,
            upload_headers: UploadHeaders::new(),
            upload_url,
        }
    }
}

const fn an_hour() -> i64 {
    3_600
}

const fn no_limit() -> ByteSize {
    ByteSize::new(u64::MAX)
}
