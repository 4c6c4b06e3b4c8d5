use std::collections::BTreeMap;

use heygen_types::{
    ApiError, BatchId, Json,
    batches::{BatchDetail, BatchItem, BatchStatus, ItemStatus},
};

use crate::{
    api::{Answer, Call, call::data, page},
    asset_entry::status,
    problem::Problem,
    state::Batch,
};

/// `GET /v3/assets/batches/{batch_id}`: the cursor stands inside the resource.
pub(in crate::api) fn answer(call: &mut Call<'_>) -> Answer {
    let limit = call.limit(100, 100)?;
    let id: Option<BatchId> = call.parameter.parse().ok();
    let Some((id, batch)) = id.and_then(|id| call.state.batches.get_key_value(&id)) else {
        return Err(Problem::not_found(
            "not_found",
            &format!("batch {:?}", call.parameter),
        ));
    };
    let items = items(call, batch);
    let created_at = Call::unix_seconds(batch.created_at);
    let mut detail = BatchDetail::new(id.clone(), overall(&items), created_at, items);
    detail.title.clone_from(&batch.title);
    // Numbers have to fall along the list, and indices rise.
    let numbered = std::mem::take(&mut detail.items)
        .into_iter()
        .map(|item| (u64::MAX - 1 - item.item_index, item));
    let slice = page::cut(call, limit, numbered)?;
    detail.items = slice.items;
    detail.has_more = slice.next_token.is_some();
    detail.next_token = slice.next_token;
    data(detail)
}

/// Says where each file of a batch stands.
pub(in crate::api) fn items(call: &Call<'_>, batch: &Batch) -> Vec<BatchItem> {
    let entries = batch.items.iter().zip(0..);
    entries
        .map(|(entry, index)| {
            let asset = call.state.assets.get(&entry.asset_id);
            let status = match (asset, &entry.error) {
                (Some(asset), _) if asset.finished.is_some() => {
                    status(call.now, call.settings, asset, ItemStatus::Queued)
                }
                (_, Some(_)) | (None, None) => ItemStatus::Failed,
                (Some(_), None) => ItemStatus::Queued,
            };
            let is_failed = status == ItemStatus::Failed;
            let mut item = BatchItem::new(index, status);
            item.error = entry.error.as_ref().filter(|_| is_failed).map(json);
            item.video_id = Some(entry.asset_id.clone());
            item
        })
        .collect()
}

fn overall(items: &[BatchItem]) -> BatchStatus {
    let has = |wanted: &[ItemStatus]| items.iter().any(|item| wanted.contains(&item.status));
    if has(&[ItemStatus::Queued, ItemStatus::Processing]) {
        BatchStatus::Processing
    } else if has(&[ItemStatus::Completed]) {
        BatchStatus::Completed
    } else {
        BatchStatus::Failed
    }
}

fn json(error: &ApiError) -> Json {
    Json::Object(BTreeMap::from([
        ("code".to_owned(), Json::String(error.code.clone())),
        ("message".to_owned(), Json::String(error.message.clone())),
    ]))
}
