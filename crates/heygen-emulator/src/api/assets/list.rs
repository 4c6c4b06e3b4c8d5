use heygen_types::Page;
use http::StatusCode;

use super::get::record;
use crate::api::{Answer, Call, call::whole, page};

/// `GET /v3/assets`: finished assets, newest first. All of them lie at the root.
pub(in crate::api) fn answer(call: &Call<'_>) -> Answer {
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
    assets.sort_by_key(|(number, ..)| std::cmp::Reverse(*number));
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
