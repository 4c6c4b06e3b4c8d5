use serde_json::{Value, json};

use super::{Answer, Call, Viewer};
use crate::{
    media::{Medium, VIDEO_SECONDS},
    state::{Collection, Record},
};

/// `POST /v3/ai-clipping`
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    let settings = &body["output_settings"];
    let clips = settings["duration_types"].as_array().map_or(1, Vec::len);
    let ratio = settings["aspect_ratio"].as_str().unwrap_or("portrait");
    let record = Record::new(call.now)
        .with_fields_of(body, &["title", "callback_id", "input_language"])
        .with_hidden_of(body, &["callback_url"])
        .with_hidden("clips", clips)
        .with_hidden("aspect_ratio", ratio);
    let id = call.start(Collection::Clippings, "clipping", record);
    call.data(json!({ "ai_clipping_id": id }))
}

/// Shows a job in a list, where its progress is 0 or 100.
pub(super) fn summary(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut job = view(viewer, id, record);
    let is_over = record.schedule.is_over(viewer.now);
    job["progress"] = if is_over { 100 } else { 0 }.into();
    job
}

/// Shows a job.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut job = viewer.job(id, record);
    let mut clips = Vec::new();
    if record.schedule.is_completed(viewer.now) {
        let count = record.hidden.get("clips").and_then(Value::as_u64);
        clips.extend((1..=count.unwrap_or(1)).map(|number| clip(viewer, id, record, number)));
        job["source_duration"] = VIDEO_SECONDS.into();
        if job["input_language"].is_null() {
            job["input_language"] = "en".into();
        }
    }
    job["clips"] = clips.into();
    let progress = record.schedule.progress(viewer.now);
    job["progress"] = progress.into();
    job
}

fn clip(viewer: &Viewer<'_>, job: &str, record: &Record, number: u64) -> Value {
    let id = format!("{job}.clip{number}");
    json!({
        "id": id,
        "status": "completed",
        "title": format!("Clip {number}"),
        "aspect_ratio": record.secret("aspect_ratio"),
        "duration_seconds": VIDEO_SECONDS,
        "video_url": viewer.result(&id, Medium::Mp4),
        "thumbnail_url": viewer.result(&id, Medium::Png),
        // The best clip comes first.
        "virality_score": 90_u64.saturating_sub(10 * (number - 1)),
    })
}
