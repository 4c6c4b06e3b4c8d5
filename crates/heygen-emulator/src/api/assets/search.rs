use heygen_types::{
    Page,
    assets::{SearchHit, SearchType},
};
use http::StatusCode;

use crate::api::{Answer, Call, call::whole, page};

/// `GET /v3/assets/search`: the emulator has no public library, so only the scope `personal` finds
/// something, namely images whose name contains the query.
pub(in crate::api) fn answer(call: &Call<'_>) -> Answer {
    let query = call.query("query").unwrap_or_default().to_lowercase();
    let is_found = call.query("scope").as_deref() == Some("personal")
        && call.query("type").as_deref() == Some("image");
    let mut hits: Vec<_> = call
        .state
        .assets
        .iter()
        .filter(|_| is_found)
        .filter(|(_, asset)| asset.name.to_lowercase().contains(&query))
        .filter(|(_, asset)| {
            let finished = asset.finished.as_ref();
            finished.is_some_and(|finished| finished.media_type.as_str().starts_with("image/"))
        })
        .map(|(id, asset)| (asset.number, (id, asset)))
        .collect();
    hits.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    let slice = page::cut(call, hits.into_iter())?;
    let hits = slice
        .items
        .into_iter()
        .map(|(id, asset)| SearchHit::new(id.as_str(), call.url(asset), SearchType::Image));
    let mut page = Page::new(hits.collect());
    page.has_more = slice.next_token.is_some();
    page.next_token = slice.next_token;
    whole(StatusCode::OK, &page)
}
