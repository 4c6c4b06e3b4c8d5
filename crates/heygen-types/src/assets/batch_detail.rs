use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{BatchStatus, ItemStatus};
use crate::{AssetId, BatchId, Json};

/// A batch of assets, with one page of its items. The cursor stands inside this object, not
/// beside it as in lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BatchDetail {
    /// The batch.
    pub batch_id: BatchId,
    /// How many items have each status.
    pub counts_by_status: BTreeMap<String, u64>,
    /// When the batch was created, in seconds since the Unix epoch.
    pub created_at: i64,
    /// Whether another page of items follows.
    pub has_more: bool,
    /// The items of this page.
    pub items: Vec<BatchItem>,
    /// Where the batch stands.
    pub status: BatchStatus,
    /// How many items the batch has.
    pub total_items: u64,
    /// The cursor of the next page.
    #[serde(default)]
    pub next_token: Option<String>,
    /// The title given at creation.
    #[serde(default)]
    pub title: Option<String>,
}

impl BatchDetail {
    /// Makes a batch whose items all stand on this page.
    #[must_use]
    pub fn new(
        batch_id: BatchId,
        status: BatchStatus,
        created_at: i64,
        items: Vec<BatchItem>,
    ) -> Self {
        let mut counts_by_status = BTreeMap::new();
        for item in &items {
            *counts_by_status
                .entry(item.status.as_str().into())
                .or_default() += 1;
        }
        Self {
            batch_id,
            counts_by_status,
            created_at,
            has_more: false,
            total_items: items.len() as u64,
            items,
            status,
            next_token: None,
            title: None,
        }
    }
}

/// One file of a batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BatchItem {
    /// The place in the order of submission, from zero.
    pub item_index: u64,
    /// Where the item stands.
    pub status: ItemStatus,
    /// What went wrong, an object of unspecified shape.
    #[serde(default)]
    pub error: Option<Json>,
    /// The **asset id**: the API calls it `video_id` in every kind of batch.
    #[serde(default)]
    pub video_id: Option<AssetId>,
}

impl BatchItem {
    /// Makes an item without error and without id.
    #[must_use]
    pub const fn new(item_index: u64, status: ItemStatus) -> Self {
        Self {
            item_index,
            status,
            error: None,
            video_id: None,
        }
    }
}
