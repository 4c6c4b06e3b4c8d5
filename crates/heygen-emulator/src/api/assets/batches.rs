use heygen_types::{
    BatchId, Data,
    assets::{CompletedUploadBatch, UploadBatch},
    batches::ItemStatus,
};
use http::StatusCode;
use serde_json::{Value, json};

use super::{
    complete::finish,
    create_direct_upload::{DeclaredFile, open},
};
use crate::{
    api::{
        Answer, Call,
        batch::{self, Item},
        call::{data, whole},
    },
    asset_entry::status,
    problem::Problem,
    state::{Batch, BatchEntry},
};

/// `POST /v3/assets/direct-uploads/batches`: one bad entry rejects all.
pub(in crate::api) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    // The `callback_url` is accepted, and never called.
    let entries = body["files"].as_array().into_iter().flatten().enumerate();
    let files: Vec<_> = entries
        .map(|(index, entry)| DeclaredFile::take(call, &format!("files[{index}]."), entry))
        .collect::<Result<_, _>>()?;
    let batch_id: BatchId = call
        .state
        .ids
        .next("batch")
        .try_into()
        .expect("letters, digits and an underscore are an id");
    let slots: Vec<_> = files.into_iter().map(|file| open(call, file)).collect();
    let items = slots.iter().map(|slot| BatchEntry {
        asset_id: slot.asset_id.clone(),
        error: None,
    });
    let batch = Batch {
        title: body["title"].as_str().map(str::to_owned),
        created_at: call.now,
        items: items.collect(),
    };
    call.state.batches.insert(batch_id.clone(), batch);
    data(UploadBatch::new(batch_id, slots))
}

/// `POST /v3/assets/complete/batches`: each file is finished by itself, and a bad one does not
/// fail the rest. Repeating the call tries the bad ones again.
pub(in crate::api) fn complete(call: &mut Call<'_>, body: &Value) -> Answer {
    let text = body["batch_id"].as_str().unwrap_or_default();
    let found = text
        .parse::<BatchId>()
        .ok()
        .and_then(|id| Some((call.state.batches.get(&id)?.clone(), id)));
    let Some((mut batch, batch_id)) = found else {
        return Err(Problem::not_found("not_found", &format!("batch {text:?}")));
    };
    for item in &mut batch.items {
        let outcome = finish(call, &item.asset_id, None);
        item.error = outcome.err().map(|problem| problem.error().clone());
    }
    call.state.batches.insert(batch_id.clone(), batch);
    call.state.is_dirty = true;
    let body = Data::new(CompletedUploadBatch::new(batch_id));
    whole(StatusCode::ACCEPTED, &body)
}

/// `GET /v3/assets/batches/{batch_id}`
pub(in crate::api) fn get(call: &Call<'_>) -> Answer {
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
pub(super) fn items(call: &Call<'_>, batch: &Batch) -> Vec<Item> {
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
