use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    AssetId, BodyEncoding, ByteSize, MediaType, Method, Operation, Sha256Digest, Url,
    batches::ItemStatus,
};

/// `POST /v3/assets/{asset_id}/complete`: the last of the three steps of a direct upload.
///
/// Repeating it gives the same asset. While storage does not show the object yet it answers 409.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CompleteAsset {
    /// The asset that the first step gave.
    pub asset_id: AssetId,
    /// The body, which is mandatory even when it is empty.
    pub body: CompleteAssetBody,
}

/// The body of [`CompleteAsset`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CompleteAssetBody {
    /// The digest that the stored bytes are to be checked against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checksum_sha256: Option<Sha256Digest>,
}

impl CompleteAsset {
    /// Completes the upload of an asset, without a digest.
    #[must_use]
    pub fn new(asset_id: AssetId) -> Self {
        Self {
            asset_id,
            body: CompleteAssetBody::default(),
        }
    }

    /// Has the stored bytes checked against a digest.
    #[must_use]
    pub const fn with_checksum(mut self, digest: Sha256Digest) -> Self {
        self.body.checksum_sha256 = Some(digest);
        self
    }
}

impl Operation for CompleteAsset {
    const ID: &'static str = "assets.complete";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/assets/{asset_id}/complete";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = CompleteAssetBody;
    type Response = CompletedAsset;

    fn body(&self) -> &CompleteAssetBody {
        &self.body
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.asset_id.as_str()]
    }
}

/// A finished asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CompletedAsset {
    /// The asset.
    pub asset_id: AssetId,
    /// The type of the stored bytes.
    pub mime_type: MediaType,
    /// The number of bytes stored.
    pub size_bytes: ByteSize,
    /// `processing`: background work goes on, and the asset can be used.
    pub status: ItemStatus,
    /// Where the file can be fetched.
    pub url: Url,
}

impl CompletedAsset {
    /// Makes an answer in the status that the API gives it.
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
