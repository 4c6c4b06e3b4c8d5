use heygen_types::MediaType;
use serde_json::{Value, json};

use super::{Answer, Call, Viewer, viewer::remove};
use crate::{
    media::{Medium, VIDEO_SECONDS},
    problem::Problem,
    state::{Collection, Record},
};

/// `POST /v3/hyperframes/renders`
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    check_project(call, &body["project"])?;
    let mut record = Record::new(call.now)
        .with("format", "mp4")
        .with("fps", 30)
        .with("quality", "standard")
        .with("resolution", "1080p")
        .with("aspect_ratio", "16:9")
        .with("composition", "index.html")
        .with_hidden_of(body, &["callback_url"]);
    record = record.with_fields_of(body, &SHOWN);
    let id = call.start(Collection::Renders, "render", record);
    call.data(json!({ "render_id": id }))
}

/// Shows a render.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut render = viewer.job(id, record);
    remove(&mut render, "id");
    render["render_id"] = id.into();
    if record.schedule.is_completed(viewer.now) {
        let medium = match record.text("format") {
            Some("webm") => Medium::Webm,
            Some("mov") => Medium::Mov,
            _ => Medium::Mp4,
        };
        let end = record.schedule.end().map(|end| end.as_secs());
        render["video_url"] = viewer.result(id, medium).into();
        render["thumbnail_url"] = viewer.result(id, Medium::Png).into();
        render["duration"] = VIDEO_SECONDS.into();
        render["completed_at"] = end.into();
    }
    render
}

/// Refuses a project that is known to be no ZIP.
fn check_project(call: &Call<'_>, project: &Value) -> Result<(), Problem> {
    let media_type = match project["type"].as_str() {
        Some("asset_id") => project["asset_id"]
            .as_str()
            .and_then(|id| call.state.finished(id))
            .map(|(_, _, finished)| finished.media_type.clone()),
        Some("base64") => project["media_type"].as_str().map(MediaType::from),
        _ => None,
    };
    match media_type {
        Some(media_type) if media_type != MediaType::Zip => {
            let message = format!("project is {media_type}, not a ZIP with an index.html");
            Err(Problem::parameter("project", message))
        }
        _ => Ok(()),
    }
}

/// What answers repeat from the request.
const SHOWN: [&str; 8] = [
    "aspect_ratio",
    "callback_id",
    "composition",
    "format",
    "fps",
    "quality",
    "resolution",
    "title",
];
