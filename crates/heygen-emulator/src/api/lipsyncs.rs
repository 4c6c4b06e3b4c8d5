use serde_json::{Value, json};

use super::{Answer, Call, Viewer, job_batches};
use crate::{
    media::{Medium, VIDEO_SECONDS},
    state::{Collection, Record},
};

/// `POST /v3/lipsyncs`
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    let id = start(call, body);
    call.data(json!({ "lipsync_id": id }))
}

/// `POST /v3/lipsyncs/batches`
pub(super) fn create_batch(call: &mut Call<'_>, body: &Value) -> Answer {
    let start = |call: &mut Call<'_>, body: &Value| vec![start(call, body)];
    job_batches::create(call, Collection::Lipsyncs, body, "lipsyncs", start)
}

/// Starts a lipsync, alone or in a batch.
pub(super) fn start(call: &mut Call<'_>, body: &Value) -> String {
    let record = Record::new(call.now)
        .with_fields_of(body, &["title", "callback_id"])
        .with_hidden_of(body, &["callback_url"]);
    call.start(Collection::Lipsyncs, "lipsync", record)
}

/// Shows a lipsync.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut job = viewer.job(id, record);
    if record.schedule.is_completed(viewer.now) {
        job["video_url"] = viewer.result(id, Medium::Mp4).into();
        job["caption_url"] = viewer.result(id, Medium::Srt).into();
        job["duration"] = VIDEO_SECONDS.into();
    }
    job
}
