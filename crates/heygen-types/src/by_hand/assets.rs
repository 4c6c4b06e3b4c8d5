use alloc::{format, string::String};

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::{
    AssetId, BodyEncoding, ByteSize, Invalid, MediaType, Method, NoBody, Operation, PresignedUrl,
    Sha256Digest, UploadHeaders, Url,
    assets::{
        CompleteAsset, CompletedAsset, CreateDirectUpload, CreateUploadBatch, SearchType,
        UploadSlot,
    },
    batches::ItemStatus,
};

/// `POST /v3/assets`: a file of at most "32 MB" in one multipart request.
///
/// The operation describes the part; the sender supplies the bytes. The server detects the
/// type from the bytes and does not trust the part's own content type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UploadAsset {
    /// The name of the file, for the part named `file`.
    pub filename: String,
    /// The type of the part.
    pub content_type: MediaType,
}

impl UploadAsset {
    /// Describes the file to send.
    pub fn new(filename: impl Into<String>, content_type: MediaType) -> Self {
        Self {
            filename: filename.into(),
            content_type,
        }
    }
}

impl Operation for UploadAsset {
    const ID: &'static str = "assets.upload";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/assets";
    const ENCODING: BodyEncoding = BodyEncoding::Multipart;
    const IDEMPOTENCY_KEY: bool = true;

    type Body = NoBody;
    type Response = UploadedAsset;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }
}

/// The asset that a single request made. It can be used at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UploadedAsset {
    /// The asset. Older servers call the field `id`, which is read where this one is missing.
    pub asset_id: AssetId,
    /// The type, detected from the bytes.
    pub mime_type: MediaType,
    /// The number of bytes stored.
    pub size_bytes: ByteSize,
    /// Where the file can be fetched.
    pub url: Url,
}

impl UploadedAsset {
    /// Creates an `UploadedAsset` from all its fields.
    #[must_use]
    pub const fn new(
        asset_id: AssetId,
        mime_type: MediaType,
        size_bytes: ByteSize,
        url: Url,
    ) -> Self {
        Self {
            asset_id,
            mime_type,
            size_bytes,
            url,
        }
    }
}

impl<'de> Deserialize<'de> for UploadedAsset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // An alias would refuse an answer that carries both names of the id.
        #[derive(Deserialize)]
        struct Wire {
            asset_id: Option<AssetId>,
            id: Option<AssetId>,
            mime_type: MediaType,
            size_bytes: ByteSize,
            url: Url,
        }
        let wire = Wire::deserialize(deserializer)?;
        let asset_id = wire.asset_id.or(wire.id);
        Ok(Self {
            asset_id: asset_id.ok_or_else(|| D::Error::missing_field("asset_id"))?,
            mime_type: wire.mime_type,
            size_bytes: wire.size_bytes,
            url: wire.url,
        })
    }
}

impl CompleteAsset {
    /// Has the stored bytes checked against a digest.
    #[must_use]
    pub const fn with_checksum(mut self, digest: Sha256Digest) -> Self {
        self.body.checksum_sha256 = Some(digest);
        self
    }
}

impl CompletedAsset {
    /// Creates an answer in the status that the API gives it.
    #[must_use]
    pub const fn new(
        asset_id: AssetId,
        mime_type: MediaType,
        size_bytes: ByteSize,
        url: Url,
    ) -> Self {
        Self {
            asset_id,
            mime_type,
            size_bytes,
            status: ItemStatus::Processing,
            url,
        }
    }
}

impl UploadSlot {
    /// Creates a slot without headers, in the status that the API gives it.
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

impl CreateDirectUpload {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        if self.size_bytes.bytes() == 0 {
            return Err(Invalid::new(
                "size_bytes",
                "is 0, the API takes positive sizes only",
            ));
        }
        Ok(())
    }
}

impl CreateUploadBatch {
    /// Checks the sizes. The API names the field `files` and puts the index into the message.
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        let empty = self
            .files
            .iter()
            .position(|file| file.size_bytes.bytes() == 0);
        empty.map_or(Ok(()), |index| {
            Err(Invalid::new(
                "files",
                format!("[{index}].size_bytes is 0, the API takes positive sizes only"),
            ))
        })
    }
}

/// An asset that was found. Images and icons have the same fields; `type` tells them apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SearchHit {
    /// The id of the hit, in its own library: it is not said to be an asset id.
    pub id: String,
    /// Where the file can be fetched.
    pub url: Url,
    /// Image or icon.
    #[serde(default = "image")]
    pub r#type: SearchType,
    /// The height in pixels.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub height: Option<u32>,
    /// The width in pixels.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub width: Option<u32>,
    /// Whether the background is transparent.
    #[serde(default)]
    pub is_transparent: Option<bool>,
    /// The orientation, in the server's words.
    #[serde(default)]
    pub orientation: Option<String>,
}

impl SearchHit {
    /// Creates a `SearchHit` with its required fields; all optional fields are empty.
    pub fn new(id: impl Into<String>, url: Url, r#type: SearchType) -> Self {
        Self {
            id: id.into(),
            url,
            r#type,
            height: None,
            width: None,
            is_transparent: None,
            orientation: None,
        }
    }
}

fn image() -> SearchType {
    SearchType::Image
}
