use alloc::{string::String, vec::Vec};

use crate::{
    AssetId, BatchId, Envelope, Invalid, Method, NoBody, Operation, Page,
    batches::{StatusEntry, join_ids},
    invalid::check_count,
    limits,
};

/// `GET /v3/assets/statuses`: where up to 100 assets or batches stand.
///
/// An unknown id comes back with the status `not_found`; there is no 404.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListAssetStatuses {
    /// Assets to look up.
    pub asset_ids: Vec<AssetId>,
    /// Batches to look up, each expanded to its members.
    pub batch_ids: Vec<BatchId>,
}

impl ListAssetStatuses {
    /// Asks for the status of assets.
    #[must_use]
    pub const fn new(asset_ids: Vec<AssetId>) -> Self {
        Self {
            asset_ids,
            batch_ids: Vec::new(),
        }
    }
}

impl Operation for ListAssetStatuses {
    const ID: &'static str = "assets.statuses.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/assets/statuses";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<StatusEntry<AssetId>>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let ids = join_ids(&self.asset_ids).map(|ids| ("asset_ids", ids));
        let batches = join_ids(&self.batch_ids).map(|ids| ("batch_ids", ids));
        ids.into_iter().chain(batches).collect()
    }

    fn validate(&self) -> Result<(), Invalid> {
        let ids = self.asset_ids.len() + self.batch_ids.len();
        check_count("asset_ids", ids, 1..=limits::STATUS_IDS_MAX)
    }
}
