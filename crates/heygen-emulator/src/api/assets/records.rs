use std::cmp::Reverse;

use heygen_types::{
    AssetId, BatchId, Page,
    assets::{AssetRecord, DeletedAsset},
    batches::ItemStatus,
};
use http::StatusCode;

use super::batches;
use crate::{
    api::{
        Answer, Call,
        batch::{self, Item},
        call::{data, whole},
        page,
        video_agents::kind,
    },
    asset_entry::status,
    state::{Asset, Finished},
};

/// `GET /v3/assets`: finished assets, newest first. All of them lie at the root.
pub(in crate::api) fn list(call: &Call<'_>) -> Answer {
    let username = call.query("username").unwrap_or_default();
    let is_in_folder = call.query("folder_id").is_some_and(|id| !id.is_empty());
    let is_known = username == call.settings.username && !is_in_folder;
    let mut assets: Vec<_> = call
        .state
        .assets
        .iter()
        .filter(|_| is_known)
        .filter_map(|(id, asset)| Some((asset.number, id, asset, asset.finished.as_ref()?)))
        .collect();
    assets.sort_by_key(|(number, ..)| Reverse(*number));
    let assets = assets
        .into_iter()
        .map(|(number, id, asset, finished)| (number, (id, asset, finished)));
    let slice = page::cut(call, assets)?;
    let records = slice
        .items
        .into_iter()
        .map(|(id, asset, finished)| record(call, id, asset, finished));
    let mut page = Page::new(records.collect());
    page.has_more = Some(slice.next_token.is_some());
    page.next_token = slice.next_token;
    whole(StatusCode::OK, &page)
}

/// `GET /v3/assets/{asset_id}`
pub(in crate::api) fn get(call: &Call<'_>) -> Answer {
    let (id, asset, finished) = call
        .state
        .finished(call.parameter())
        .ok_or_else(|| call.missing())?;
    data(record(call, id, asset, finished))
}

/// `DELETE /v3/assets/{asset_id}`
pub(in crate::api) fn delete(call: &mut Call<'_>) -> Answer {
    let (id, _, _) = call
        .state
        .finished(call.parameter())
        .ok_or_else(|| call.missing())?;
    let id = id.clone();
    call.state.remove_asset(&id);
    data(DeletedAsset::new(id))
}

/// `GET /v3/assets/statuses`: the ids of assets stand in `video_id`.
pub(in crate::api) fn statuses(call: &Call<'_>) -> Answer {
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

/// Describes an asset, with a URL that was signed just now.
fn record(call: &Call<'_>, id: &AssetId, asset: &Asset, finished: &Finished) -> AssetRecord {
    let mut record = AssetRecord::new(
        id.clone(),
        &*asset.name,
        &*call.settings.username,
        SPACE.parse().expect("letters and an underscore are an id"),
        kind(&finished.media_type),
        Call::unix_seconds(finished.at),
    );
    record.url = Some(call.url(asset));
    record
}

const SPACE: &str = "space_emulated";
