use std::cmp::Reverse;

use serde_json::{Value, json};

use crate::{
    api::{Answer, Call, page, sounds::score},
    library::PICTURES,
    media::Medium,
};

/// `GET /v3/assets/search`: of the caller's own images those whose name contains the query, of the
/// few pictures of the library those that have something of it.
pub(in crate::api) fn answer(call: &Call<'_>) -> Answer {
    let query = call.query("query").unwrap_or_default().to_lowercase();
    let kind = call.query("type").unwrap_or_default();
    if call.query("scope").as_deref() == Some("personal") {
        personal(call, &query, &kind)
    } else {
        public(call, &query, &kind)
    }
}

fn personal(call: &Call<'_>, query: &str, kind: &str) -> Answer {
    let mut hits: Vec<_> = call
        .state
        .assets
        .iter()
        // Nobody can upload an icon.
        .filter(|(_, asset)| kind == "image" && asset.name.to_lowercase().contains(query))
        .filter(|(_, asset)| {
            let finished = asset.finished.as_ref();
            finished.is_some_and(|finished| finished.media_type.as_str().starts_with("image/"))
        })
        .map(|(id, asset)| (asset.number, (id, asset)))
        .collect();
    hits.sort_by_key(|(number, _)| Reverse(*number));
    let slice = page::cut(call, hits.into_iter())?;
    call.list(slice.map(|(id, asset)| hit(id.as_str(), kind, call.url(asset).as_str())))
}

fn public(call: &Call<'_>, query: &str, kind: &str) -> Answer {
    let mut hits: Vec<_> = PICTURES
        .iter()
        .filter(|picture| picture.kind == kind)
        .map(|picture| (score(query, picture.description), picture))
        .filter(|(score, _)| *score > 0.5)
        .collect();
    hits.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let viewer = call.viewer();
    let slice = page::cut(call, page::rising(hits))?;
    call.list(slice.map(|(_, picture)| {
        let url = viewer.result(picture.id, Medium::Png);
        let mut hit = hit(picture.id, kind, &url);
        hit["width"] = 160.into();
        hit["height"] = 90.into();
        hit["orientation"] = "landscape".into();
        hit["is_transparent"] = false.into();
        hit
    }))
}

fn hit(id: &str, kind: &str, url: &str) -> Value {
    json!({ "id": id, "type": kind, "url": url })
}
