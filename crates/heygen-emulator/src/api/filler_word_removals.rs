use serde_json::{Value, json};

use super::{Answer, Call, Viewer};
use crate::{
    media::{Medium, VIDEO_SECONDS},
    state::{Collection, Record},
};

/// `POST /v3/filler-word-removals`
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    let record = Record::new(call.now)
        .with_fields_of(body, &["title", "callback_id"])
        .with_hidden_of(body, &["callback_url"]);
    let id = call.start(Collection::FillerWordRemovals, "filler", record);
    call.data(json!({ "filler_word_removal_id": id }))
}

/// Shows a job: it always finds a quarter of the source to cut.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut job = viewer.job(id, record);
    let progress = record.schedule.progress(viewer.now);
    job["progress"] = progress.into();
    if record.schedule.is_completed(viewer.now) {
        job["video_url"] = viewer.result(id, Medium::Mp4).into();
        job["thumbnail_url"] = viewer.result(id, Medium::Png).into();
        job["original_duration"] = (VIDEO_SECONDS / 0.75).into();
        job["output_duration"] = VIDEO_SECONDS.into();
        job["num_cuts"] = 2.into();
        job["reduction_pct"] = 25.0.into();
    }
    job
}
