use serde_json::{Value, json};

use super::images::size;
use crate::{
    api::{Answer, Call},
    media::Medium,
    problem::Problem,
    state::{Collection, Record},
};

/// `POST /v3/models/videos`: a video like any other, with a few words of its own.
pub(in crate::api) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    check(body)?;
    let record = Record::new(call.now)
        .with_hidden_of(body, &["callback_id", "callback_url"])
        .with_hidden("request", body.clone())
        .with_hidden("is_generated", true);
    let id = call.start(Collection::Videos, "video", record);
    call.data(json!({ "video_id": id, "status": "pending" }))
}

/// Refuses a video that the schema lets through.
fn check(body: &Value) -> Result<(), Problem> {
    let mode = body["mode"].as_str().unwrap_or_default();
    let default = match mode {
        "text_to_video" => "16:9",
        _ => "adaptive",
    };
    let aspect_ratio = body["aspect_ratio"].as_str().unwrap_or(default);
    let has_many_lines = matches!(body["resolution"].as_str(), Some("1080p" | "2k"));
    // The picture decides the shape, whatever the request says of it.
    let is_free = mode == "image_to_video" || matches!(aspect_ratio, "16:9" | "9:16");
    if has_many_lines && !is_free {
        let message = format!("aspect_ratio is {aspect_ratio}, 1080p and 2k need 16:9 or 9:16");
        return Err(Problem::parameter("aspect_ratio", message));
    }
    let count = |name: &str| body[name].as_array().map_or(0, Vec::len);
    let lists = ["reference_images", "reference_videos", "reference_audio"];
    let references: usize = lists.into_iter().map(count).sum();
    if references > REFERENCES_MAX {
        let message =
            format!("there are {references} references, at most {REFERENCES_MAX} are taken");
        return Err(Problem::parameter("reference_images", message));
    }
    Ok(())
}

/// Returns `true` if a video was made by a model.
pub(crate) fn is_generated(video: &Record) -> bool {
    video.is("is_generated")
}

/// `GET /v3/models/videos/{video_id}`: videos that were made otherwise are not found.
pub(in crate::api) fn get(call: &Call<'_>) -> Answer {
    let record = call.record(Collection::Videos)?;
    if !is_generated(record) {
        return Err(call.missing());
    }
    let id = call.parameter();
    let viewer = call.viewer();
    let request = &record.hidden["request"];
    let mut video = json!({
        "video_id": id,
        "created_at": record.created_at.as_secs(),
        "model": request["model"],
        "status": record.schedule.status(call.now),
    });
    if record.schedule.is_completed(call.now) {
        let shape = match request["aspect_ratio"].as_str() {
            Some(shape) if shape != "adaptive" => shape,
            _ => "16:9",
        };
        let lines = match request["resolution"].as_str() {
            Some("480p") => 480,
            Some("1080p") => 1080,
            Some("2k") => 1440,
            _ => 768,
        };
        let (width, height) = size(shape, lines);
        video["aspect_ratio"] = shape.into();
        video["width"] = width.into();
        video["height"] = height.into();
        // The file is always the same; what the record says is what was asked for.
        video["duration"] = request["duration"].as_u64().unwrap_or(5).into();
        video["seed"] = match request["seed"].as_u64() {
            Some(seed) => seed.into(),
            None => seed(id).into(),
        };
        video["timings"] = json!({ "inference": call.settings.job_time.as_secs_f64() });
        video["video_url"] = viewer.result(id, Medium::Mp4).into();
    }
    if let Some(failure) = record.schedule.failure(call.now) {
        video["failure_code"] = failure.code.as_str().into();
        video["failure_message"] = failure.message.as_str().into();
    }
    call.data(video)
}

/// Returns the seed that a generation takes when its request names none: it follows from the id.
pub(super) fn seed(id: &str) -> u32 {
    let digits = id.rsplit('_').next().unwrap_or_default();
    let digits = digits.get(..8).unwrap_or_default();
    u32::from_str_radix(digits, 16).unwrap_or_default()
}

/// The most references of a video, of all kinds together.
const REFERENCES_MAX: usize = 12;
