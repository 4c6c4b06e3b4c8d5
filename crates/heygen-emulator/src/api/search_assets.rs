use heygen_types::{
    Page,
    assets::{SearchHit, SearchType},
    limits,
};
use http::StatusCode;

use super::{Answer, Call, call::whole, page};
use crate::problem::Problem;

/// `GET /v3/assets/search`: the emulator has no public library, so only the scope `personal` finds
/// something, namely images whose name contains the query.
pub(super) fn answer(call: &mut Call<'_>) -> Answer {
    let query = call.query("query").unwrap_or_default();
    if !limits::SEARCH_QUERY_LENGTH.contains(&query.chars().count()) {
        return Err(Problem::parameter(
            "query",
            "query has to have 1 to 1000 characters",
        ));
    }
    let kind = call.query("type").unwrap_or_default();
    if !SearchType::KNOWN.contains(&kind.as_str()) {
        return Err(Problem::parameter("type", "type is not one of image, icon"));
    }
    let scope = call.query("scope").unwrap_or_else(|| "public".to_owned());
    if !matches!(scope.as_str(), "public" | "personal") {
        return Err(Problem::parameter(
            "scope",
            "scope is not one of public, personal",
        ));
    }
    let limit = call.limit(20, 50)?;
    let query = query.to_lowercase();
    let mut hits: Vec<_> = call
        .state
        .assets
        .iter()
        .filter(|_| scope == "personal" && kind == "image")
        .filter(|(_, asset)| asset.name.to_lowercase().contains(&query))
        .filter(|(_, asset)| {
            let finished = asset.finished.as_ref();
            finished.is_some_and(|finished| finished.media_type.as_str().starts_with("image/"))
        })
        .map(|(id, asset)| (asset.number, (id, asset)))
        .collect();
    hits.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    let slice = page::cut(call, limit, hits.into_iter())?;
    let hits = slice
        .items
        .into_iter()
        .map(|(id, asset)| SearchHit::new(id.as_str(), call.url(asset), SearchType::Image));
    let mut page = Page::new(hits.collect());
    page.has_more = slice.next_token.is_some();
    page.next_token = slice.next_token;
    whole(StatusCode::OK, &page)
}
