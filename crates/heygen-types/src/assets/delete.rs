use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{AssetId, Method, NoBody, Operation};

/// `DELETE /v3/assets/{asset_id}`: deletes an asset. A second delete answers 404 `asset_not_found`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeleteAsset {
    /// The asset.
    pub asset_id: AssetId,
}

impl DeleteAsset {
    /// Deletes an asset.
    #[must_use]
    pub const fn new(asset_id: AssetId) -> Self {
        Self { asset_id }
    }
}

impl Operation for DeleteAsset {
    const ID: &'static str = "assets.delete";
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v3/assets/{asset_id}";

    type Body = NoBody;
    type Response = DeletedAsset;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.asset_id.as_str()]
    }
}

/// The asset that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeletedAsset {
    /// The asset.
    pub id: AssetId,
}

impl DeletedAsset {
    /// Makes an answer of its only field.
    #[must_use]
    pub const fn new(id: AssetId) -> Self {
        Self { id }
    }
}
