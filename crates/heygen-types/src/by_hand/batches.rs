use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    AssetId, BatchId, Invalid, Job, JobState, Json, NextPage, PageOf,
    assets::ListAssetStatuses,
    batches::{BatchStatus, ItemStatus},
    invalid::check_count,
    limits,
    lipsyncs::ListLipsyncStatuses,
    video_translations::ListVideoTranslationStatuses,
    videos::ListVideoStatuses,
};

/// A batch, with one page of its items. The cursor stands inside this object, not
/// beside it as in lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "I: TryFrom<String, Error: core::fmt::Display>"))]
#[non_exhaustive]
pub struct BatchDetail<I = AssetId> {
    /// The batch.
    pub batch_id: BatchId,
    /// How many items have each status.
    pub counts_by_status: BTreeMap<String, u64>,
    /// When the batch was created, in seconds since the Unix epoch.
    #[serde(deserialize_with = "crate::lenient::whole")]
    pub created_at: i64,
    /// Whether another page of items follows, where the answer says so.
    #[serde(default)]
    pub has_more: Option<bool>,
    /// The items of this page.
    pub items: Vec<BatchItem<I>>,
    /// Where the batch stands.
    pub status: BatchStatus,
    /// How many items the batch has.
    #[serde(deserialize_with = "crate::lenient::whole")]
    pub total_items: u64,
    /// The cursor of the next page.
    #[serde(default)]
    pub next_token: Option<String>,
    /// The title given at creation.
    #[serde(default)]
    pub title: Option<String>,
}

impl<I> BatchDetail<I> {
    /// Creates a batch whose items are all on this page.
    #[must_use]
    pub fn new(
        batch_id: BatchId,
        status: BatchStatus,
        created_at: i64,
        items: Vec<BatchItem<I>>,
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
            has_more: Some(false),
            total_items: items.len() as u64,
            items,
            status,
            next_token: None,
            title: None,
        }
    }
}

impl<I: Serialize> PageOf for BatchDetail<I> {
    type Item = BatchItem<I>;

    fn into_items(self) -> (Vec<BatchItem<I>>, NextPage) {
        (self.items, NextPage::told(self.has_more, self.next_token))
    }
}

impl<I> Job for BatchDetail<I> {
    /// A batch is completed when all its items have ended, however they did.
    fn state(&self) -> JobState<'_> {
        match self.status {
            BatchStatus::Completed => JobState::Completed,
            BatchStatus::Failed => JobState::Failed {
                code: None,
                message: None,
            },
            _ => JobState::Running,
        }
    }

    fn status_word(&self) -> &str {
        self.status.as_str()
    }
}

/// One item of a batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "I: TryFrom<String, Error: core::fmt::Display>"))]
#[non_exhaustive]
pub struct BatchItem<I = AssetId> {
    /// The place in the order of submission, from zero.
    #[serde(deserialize_with = "crate::lenient::whole")]
    pub item_index: u64,
    /// Where the item stands.
    pub status: ItemStatus,
    /// What went wrong, an object of unspecified shape.
    #[serde(default)]
    pub error: Option<Json>,
    /// The id of the asset, video, translation or lipsync, once there is one: the API calls it
    /// `video_id` in **every** kind of batch.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub video_id: Option<I>,
}

impl<I> BatchItem<I> {
    /// Creates an item without error and id.
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

/// Where one asset, video, translation or lipsync stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "I: TryFrom<String, Error: core::fmt::Display>"))]
#[non_exhaustive]
pub struct StatusEntry<I = AssetId> {
    /// Where it stands.
    pub status: ItemStatus,
    /// The batch, on entries that were expanded from one.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub batch_id: Option<BatchId>,
    /// What went wrong, an object of unspecified shape.
    #[serde(default)]
    pub error: Option<Json>,
    /// The place in the batch, on entries that were expanded from one.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub item_index: Option<u64>,
    /// The id that was asked for: the API calls it `video_id` in **every** statuses list.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub video_id: Option<I>,
}

impl<I> StatusEntry<I> {
    /// Creates an entry with its required field; all optional fields are empty.
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

impl ListAssetStatuses {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        check_ids("asset_ids", &self.asset_ids, &self.batch_ids)
    }
}

impl ListLipsyncStatuses {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        check_ids("lipsync_ids", &self.lipsync_ids, &self.batch_ids)
    }
}

impl ListVideoStatuses {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        check_ids("video_ids", &self.video_ids, &self.batch_ids)
    }
}

impl ListVideoTranslationStatuses {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        check_ids(
            "video_translation_ids",
            &self.video_translation_ids,
            &self.batch_ids,
        )
    }
}

/// Checks how many ids a statuses request has: the API counts both kinds together.
fn check_ids<I>(field: &'static str, ids: &[I], batch_ids: &[BatchId]) -> Result<(), Invalid> {
    let count = ids.len() + batch_ids.len();
    check_count(field, count, 1..=limits::STATUS_IDS_MAX)
}
