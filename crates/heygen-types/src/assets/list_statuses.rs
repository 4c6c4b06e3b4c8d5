use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::ItemStatus;
use crate::{
    AssetId, BatchId, Envelope, Invalid, Json, Method, NoBody, Operation, Page,
    invalid::check_range, limits,
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
    type Response = Page<StatusEntry>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let asset_ids = join(self.asset_ids.iter().map(AssetId::as_str));
        let batch_ids = join(self.batch_ids.iter().map(BatchId::as_str));
        asset_ids
            .map(|ids| ("asset_ids", ids))
            .into_iter()
            .chain(batch_ids.map(|ids| ("batch_ids", ids)))
            .collect()
    }

    fn validate(&self) -> Result<(), Invalid> {
        let ids = self.asset_ids.len() + self.batch_ids.len();
        check_range("asset_ids", &ids, 1..=limits::STATUS_IDS_MAX)
    }
}

fn join<'a>(ids: impl Iterator<Item = &'a str>) -> Option<String> {
    let ids: Vec<&str> = ids.collect();
    (!ids.is_empty()).then(|| ids.join(","))
}

/// Where one asset stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StatusEntry {
    /// Where it stands.
    pub status: ItemStatus,
    /// The batch, on entries that were expanded from one.
    #[serde(default)]
    pub batch_id: Option<BatchId>,
    /// What went wrong, an object of unspecified shape.
    #[serde(default)]
    pub error: Option<Json>,
    /// The place in the batch, on entries that were expanded from one.
    #[serde(default)]
    pub item_index: Option<u64>,
    /// The **asset id**: the API calls it `video_id` in every statuses list.
    #[serde(default)]
    pub video_id: Option<AssetId>,
}

impl StatusEntry {
    /// Makes an entry of the only field that is always there.
    #[must_use]
    pub const fn new(status: ItemStatus) -> Self {
        Self {
            status,
            batch_id: None,
            error: None,
            item_index: None,
            video_id: None,
        }
    }
}
