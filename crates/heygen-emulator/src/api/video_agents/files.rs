//! What a session works with: the files that it was given, and the video that it made.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use heygen_types::MediaType;
use serde_json::{Map, Value, json};

use crate::{
    Blob,
    api::{Answer, Call},
    media::Medium,
    state::{Collection, Record},
};

/// `GET /v3/video-agents/{session_id}/resources/{resource_id}`
pub(in crate::api) fn get(call: &Call<'_>) -> Answer {
    let session = call.record(Collection::Sessions)?;
    let id = call.parameters.get(1).map_or("", String::as_str);
    let resources = session.hidden.get(RESOURCES);
    let known = resources.and_then(|resources| resources.get(id));
    let Some(known) = known.filter(|known| known["at"].as_u64() <= Some(call.now.as_secs())) else {
        return Err(call.missing());
    };
    let viewer = call.viewer();
    let mut shown = json!({
        "resource_id": id,
        "created_at": known["at"],
        "source_type": if known["is_video"] == true { "generated" } else { "upload" },
        "metadata": {},
    });
    if known["is_video"] == true {
        let video = viewer.records.get(call.now, Collection::Videos, id);
        if !video.is_some_and(|video| video.schedule.is_completed(call.now)) {
            return Err(call.missing());
        }
        shown["resource_type"] = "video".into();
        shown["url"] = viewer.result(id, Medium::Mp4).into();
        shown["thumbnail_url"] = viewer.result(id, Medium::Png).into();
        shown["metadata"] = json!({ "video_id": id });
    } else {
        shown["resource_type"] = known["type"].clone();
        shown["url"] = match known["key"].as_str() {
            Some(key) => viewer.stored(key).into(),
            None => known["url"].clone(),
        };
        shown["preview_url"] = shown["url"].clone();
    }
    call.data(shown)
}

/// Keeps the files that a request gives to a session, and returns their ids.
pub(super) fn keep(call: &mut Call<'_>, session: &mut Record, body: &Value) -> Vec<String> {
    let files = body["files"].as_array().into_iter().flatten();
    files
        .map(|file| {
            let id = call.state.ids.next("resource");
            let kept = kept(call, &id, file);
            insert(session, &id, kept);
            id
        })
        .collect()
}

/// Adds something to what a session works with.
pub(super) fn insert(session: &mut Record, id: &str, resource: Value) {
    let known = session
        .hidden
        .entry(RESOURCES)
        .or_insert_with(|| Value::Object(Map::new()));
    known[id] = resource;
}

fn kept(call: &mut Call<'_>, id: &str, file: &Value) -> Value {
    let at = call.now.as_secs();
    let text = |name: &str| file[name].as_str().unwrap_or_default();
    match text("type") {
        "asset_id" => match call.state.finished(text("asset_id")) {
            Some((_, asset, finished)) => {
                json!({ "at": at, "type": kind(&finished.media_type), "key": asset.key })
            }
            None => Value::Null,
        },
        "url" => json!({ "at": at, "type": "link", "url": file["url"] }),
        _ => {
            let media_type = MediaType::from(text("media_type"));
            let key = format!("{id}.{}", media_type.extension().unwrap_or("bin"));
            let content = BASE64_STANDARD.decode(text("data")).unwrap_or_default();
            call.state
                .put_object(key.clone(), Blob::from_bytes(content));
            json!({ "at": at, "type": kind(&media_type), "key": key })
        }
    }
}

/// Returns the word for what a file is.
pub(in crate::api) fn kind(media_type: &MediaType) -> &str {
    match media_type.as_str().split('/').next() {
        // A document or subtitles have no word of their own.
        Some(kind @ ("image" | "video" | "audio")) => kind,
        _ => "document",
    }
}

const RESOURCES: &str = "resources";
