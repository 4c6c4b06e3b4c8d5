mod rules;
mod scenes;

use heygen_types::ApiError;
use serde_json::{Value, json};

use super::{Answer, Call, Viewer, job_batches, page, validate::unknown_field};
use crate::{
    media::{Medium, VIDEO_SECONDS},
    state::{Collection, Record},
};

use rules::check;
pub(super) use scenes::get as scenes;

/// `POST /v3/videos`
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    check(call, "", body)?;
    let id = start(call, body);
    let format = body["output_format"].as_str().unwrap_or("mp4");
    // The word is none of those that a video record has; clients meet it here only.
    call.data(json!({ "video_id": id, "status": "waiting", "output_format": format }))
}

/// `POST /v3/videos/batches`: the videos share one folder.
pub(super) fn create_batch(call: &mut Call<'_>, body: &Value) -> Answer {
    let videos = body["videos"].as_array().into_iter().flatten();
    for (index, video) in videos.enumerate() {
        let prefix = format!("videos[{index}].");
        if video.get("folder_id").is_some() && call.settings.refuses_unknown_fields {
            return Err(unknown_field(call, &format!("{prefix}folder_id")));
        }
        check(call, &prefix, video)?;
    }
    let folder = body["folder_id"].clone();
    job_batches::create(call, Collection::Videos, body, "videos", |call, video| {
        let mut video = video.clone();
        video["folder_id"] = folder.clone();
        vec![start(call, &video)]
    })
}

/// Starts a video, alone or in a batch.
pub(super) fn start(call: &mut Call<'_>, body: &Value) -> String {
    let record = record(call, body).with_hidden("request", body.clone());
    call.start(Collection::Videos, "video", record)
}

/// Makes the record of a video that a request asks for.
pub(super) fn record(call: &Call<'_>, body: &Value) -> Record {
    let mut record = Record::new(call.now)
        .with_fields_of(body, &["title", "folder_id"])
        .with_hidden_of(body, &["callback_id", "callback_url", "output_format"]);
    // An empty folder is the root.
    if record.text("folder_id") == Some("") {
        record.fields.remove("folder_id");
    }
    let caption = &body["caption"];
    let is_captioned = caption.is_object() || *caption == true;
    let is_burnt_in = caption["style"].is_string() || *caption == true;
    record
        .with_hidden(
            "has_subtitles",
            is_captioned || body["subtitles"].is_object(),
        )
        .with_hidden("has_captions", is_burnt_in)
        .with_hidden("has_gif", body["include_gif"] == true)
}

/// `GET /v3/videos`
pub(super) fn list(call: &Call<'_>) -> Answer {
    let title = call.query("title").map(|title| title.to_lowercase());
    let is_wanted = |record: &Record| {
        let own_title = record.text("title").unwrap_or_default().to_lowercase();
        let has_title = title.as_ref().is_none_or(|title| own_title.contains(title));
        has_title && call.matches(record, "folder_id")
    };
    page::list(call, Collection::Videos, is_wanted)
}

/// Shows a video.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut video = viewer.job(id, record);
    if let Some(ApiError { code, .. }) = record.schedule.failure(viewer.now) {
        video["failure_code"] = code.as_str().into();
    }
    if record.schedule.is_completed(viewer.now) {
        let medium = match record.secret("output_format") {
            Some("webm") => Medium::Webm,
            _ => Medium::Mp4,
        };
        video["video_url"] = viewer.result(id, medium).into();
        video["thumbnail_url"] = viewer.result(id, Medium::Png).into();
        video["duration"] = VIDEO_SECONDS.into();
        video["completed_at"] = record.schedule.end().map(|end| end.as_secs()).into();
        if record.is("has_subtitles") {
            video["subtitle_url"] = viewer.result(id, Medium::Srt).into();
        }
        if record.is("has_captions") {
            let name = format!("{id}.captioned");
            video["captioned_video_url"] = viewer.result(&name, medium).into();
        }
        if record.is("has_gif") {
            video["gif_url"] = viewer.result(id, Medium::Gif).into();
        }
    }
    video
}
