use heygen_types::{
    AssetId, BatchId, Page,
    batches::{ItemStatus, StatusEntry},
    limits,
};
use http::StatusCode;

use super::{Answer, Call, batches, call::whole};
use crate::{asset_entry::status, problem::Problem};

/// `GET /v3/assets/statuses`: an unknown id has the status `not_found`, there is no 404.
pub(super) fn answer(call: &mut Call<'_>) -> Answer {
    let asset_ids = ids(call, "asset_ids");
    let batch_ids = ids(call, "batch_ids");
    let count = asset_ids.len() + batch_ids.len();
    if !(1..=limits::STATUS_IDS_MAX).contains(&count) {
        let max = limits::STATUS_IDS_MAX;
        return Err(Problem::parameter(
            "asset_ids",
            format!("{count} ids were given, a request takes 1 to {max}"),
        ));
    }
    let mut entries = Vec::new();
    for text in asset_ids {
        entries.push(of_asset(call, &text));
    }
    for text in batch_ids {
        of_batch(call, &text, &mut entries);
    }
    whole(StatusCode::OK, &Page::new(entries))
}

fn of_asset(call: &Call<'_>, text: &str) -> StatusEntry {
    let id: Option<AssetId> = text.parse().ok();
    let asset = id.as_ref().and_then(|id| call.state.assets.get(id));
    let mut entry = StatusEntry::new(asset.map_or(ItemStatus::NotFound, |asset| {
        status(call.now, call.settings, asset, ItemStatus::Queued)
    }));
    entry.video_id = id;
    entry
}

fn of_batch(call: &Call<'_>, text: &str, entries: &mut Vec<StatusEntry>) {
    let id: Option<BatchId> = text.parse().ok();
    let Some(batch) = id.as_ref().and_then(|id| call.state.batches.get(id)) else {
        let mut entry = StatusEntry::new(ItemStatus::NotFound);
        entry.batch_id = id;
        entries.push(entry);
        return;
    };
    for item in batches::items(call, batch) {
        let mut entry = StatusEntry::new(item.status);
        entry.batch_id = id.clone();
        entry.error = item.error;
        entry.item_index = Some(item.item_index);
        entry.video_id = item.video_id;
        entries.push(entry);
    }
}

fn ids(call: &Call<'_>, name: &str) -> Vec<String> {
    let list = call.query(name).unwrap_or_default();
    list.split(',')
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .map(str::to_owned)
        .collect()
}
