use alloc::string::String;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::{AssetId, BodyEncoding, ByteSize, MediaType, Method, NoBody, Operation, Url};

/// `POST /v3/assets`: a file of at most "32 MB" in one multipart request.
///
/// The operation describes the part; the bytes come from whoever sends it. The server detects the
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
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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
    /// Makes an answer of its four fields.
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
