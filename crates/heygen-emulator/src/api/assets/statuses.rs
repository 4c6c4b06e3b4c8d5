use heygen_types::{AssetId, BatchId, batches::ItemStatus};

use super::batches;
use crate::{
    api::{
        Answer, Call,
        batch::{self, Item},
    },
    asset_entry::status,
};

/// `GET /v3/assets/statuses`: the ids of assets stand in `video_id`.
pub(in crate::api) fn answer(call: &Call<'_>) -> Answer {
    let of_asset = |text: &str| {
        let id: AssetId = text.parse().ok()?;
        let asset = call.state.assets.get(&id)?;
        let status = status(call.now, call.settings, asset, ItemStatus::Queued);
        Some(Item::new(text, status.as_str()))
    };
    let of_batch = |text: &str| {
        let id: BatchId = text.parse().ok()?;
        let batch = call.state.batches.get(&id)?;
        Some(batches::items(call, batch))
    };
    batch::statuses(call, of_asset, of_batch)
}
