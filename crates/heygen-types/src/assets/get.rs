use alloc::{vec, vec::Vec};

use super::AssetRecord;
use crate::{AssetId, Method, NoBody, Operation};

/// `GET /v3/assets/{asset_id}`: what is stored about an asset.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetAsset {
    /// The asset.
    pub asset_id: AssetId,
}

impl GetAsset {
    /// Asks for the record of an asset.
    #[must_use]
    pub const fn new(asset_id: AssetId) -> Self {
        Self { asset_id }
    }
}

impl Operation for GetAsset {
    const ID: &'static str = "assets.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/assets/{asset_id}";

    type Body = NoBody;
    type Response = AssetRecord;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.asset_id.as_str()]
    }
}
