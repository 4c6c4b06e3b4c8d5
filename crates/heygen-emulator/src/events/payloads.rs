use serde_json::{Value, json};

use super::Event;
use crate::{
    api::{Viewer, is_generated, show},
    state::{Collection, Record},
};

/// Returns what the end of a job is told as. Where no source shows the data of an event, it is the
/// job's own record with the ids that its request gave.
pub(super) fn of(viewer: &Viewer<'_>, kind: Collection, id: &str, job: &Record) -> Event {
    let failure = job.schedule.failure(viewer.now);
    let outcome = if failure.is_none() { "success" } else { "fail" };
    let shown = show(viewer, kind, id, job);
    let event_type = match kind {
        Collection::Batches => "batch.finished".to_owned(),
        _ => format!("{}.{outcome}", family(kind, job)),
    };
    let mut data = match kind {
        Collection::Videos => video(id, &shown),
        Collection::Sessions => session(viewer, id, &shown),
        _ => shown,
    };
    if let Some(name) = id_name(kind) {
        data[name] = id.into();
    }
    if matches!(kind, Collection::Translations) {
        // What older documentation shows, besides the record.
        data["video_translate_id"] = id.into();
        data["url"] = data["video_url"].clone();
    }
    for name in ["callback_id", "callback_url"] {
        if let Some(value) = job.hidden.get(name).or_else(|| job.fields.get(name)) {
            data[name] = value.clone();
        }
    }
    if let Some(failure) = failure {
        data["failure_code"] = failure.code.as_str().into();
        data["failure_message"] = failure.message.as_str().into();
        match kind {
            Collection::Videos => data["msg"] = failure.message.as_str().into(),
            Collection::Translations => data["message"] = failure.message.as_str().into(),
            _ => {}
        }
    }
    Event { event_type, data }
}

/// Returns the first part of the type of an event.
fn family(kind: Collection, job: &Record) -> &'static str {
    match kind {
        Collection::Videos if is_generated(job) => "model_video",
        Collection::Videos => "avatar_video",
        Collection::Translations => "video_translate",
        Collection::AvatarLooks if job.text("avatar_type") == Some("digital_twin") => {
            "instant_avatar"
        }
        Collection::AvatarLooks => "photo_avatar_generation",
        Collection::Proofreads => "proofread_creation",
        Collection::Sessions => "video_agent",
        Collection::Renders => "hyperframes_video",
        Collection::Clippings => "ai_clipping",
        Collection::FillerWordRemovals => "filler_word_removal",
        // These have no event; the word is for `callback_url`.
        Collection::Lipsyncs => "lipsync",
        Collection::Voices => "voice_clone",
        Collection::BackgroundRemovals => "background_removal",
        Collection::BrandKits => "brand_kit",
        _ => "job",
    }
}

/// Returns the name under which an event gives the id of what it is about.
const fn id_name(kind: Collection) -> Option<&'static str> {
    match kind {
        Collection::Translations => Some("video_translation_id"),
        Collection::Lipsyncs => Some("lipsync_id"),
        Collection::Proofreads => Some("proofread_id"),
        Collection::AvatarLooks => Some("avatar_id"),
        Collection::FillerWordRemovals => Some("filler_word_removal_id"),
        _ => None,
    }
}

fn video(id: &str, shown: &Value) -> Value {
    json!({
        "video_id": id,
        "url": shown["video_url"],
        "gif_download_url": shown["gif_url"],
        "video_page_url": null,
        "video_share_page_url": null,
        "folder_id": shown["folder_id"],
    })
}

fn session(viewer: &Viewer<'_>, id: &str, shown: &Value) -> Value {
    let video_id = shown["video_id"].as_str();
    let video = video_id.and_then(|video_id| {
        let record = viewer
            .records
            .get(viewer.now, Collection::Videos, video_id)?;
        Some(show(viewer, Collection::Videos, video_id, record))
    });
    json!({
        "session_id": id,
        "video_id": video_id,
        "url": video.map(|mut video| video["video_url"].take()),
    })
}
