use heygen_types::{BatchId, batches::ItemStatus};
use serde_json::json;

use crate::{
    api::{
        Answer, Call,
        batch::{self, Item},
    },
    asset_entry::status,
    state::Batch,
};

/// `GET /v3/assets/batches/{batch_id}`
pub(in crate::api) fn answer(call: &Call<'_>) -> Answer {
    let id: Option<BatchId> = call.parameter().parse().ok();
    let found = id.and_then(|id| call.state.batches.get(&id));
    let found = found.ok_or_else(|| call.missing())?;
    batch::detail(
        call,
        found.title.as_deref(),
        found.created_at,
        &items(call, found),
    )
}

/// Says where each file of a batch stands.
pub(in crate::api) fn items(call: &Call<'_>, batch: &Batch) -> Vec<Item> {
    let entries = batch.items.iter().map(|entry| {
        let asset = call.state.assets.get(&entry.asset_id);
        let status = match (asset, &entry.error) {
            (Some(asset), _) if asset.finished.is_some() => {
                status(call.now, call.settings, asset, ItemStatus::Queued)
            }
            (_, Some(_)) | (None, None) => ItemStatus::Failed,
            (Some(_), None) => ItemStatus::Queued,
        };
        let error = entry
            .error
            .as_ref()
            .filter(|_| status == ItemStatus::Failed)
            .map(|error| json!({ "code": error.code, "message": error.message }));
        Item {
            error,
            ..Item::new(entry.asset_id.as_str(), status.as_str())
        }
    });
    entries.collect()
}
