use serde_json::{Value, json};

use super::{Answer, Call, Viewer, jobs, translations};
use crate::{
    media::Medium,
    problem::Problem,
    state::{Collection, Record},
};

/// `POST /v3/video-translations/proofreads`: one for each language.
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    translations::check(call, "", body)?;
    let languages: Vec<_> = translations::languages_of(body).collect();
    let mut ids = Vec::new();
    for language in languages {
        let record = Record::new(call.now)
            .with("output_language", language)
            .with("submitted_for_review", false)
            .with_fields_of(body, &["title"]);
        ids.push(call.start(Collection::Proofreads, "proofread", record));
    }
    call.data(json!({ "proofread_ids": ids, "status": "processing" }))
}

/// `GET …/proofreads/{proofread_id}/srt`
pub(super) fn srt(call: &Call<'_>) -> Answer {
    let record = ready(call)?;
    let viewer = call.viewer();
    let id = call.parameter();
    let original = viewer.result(&format!("{id}.original"), Medium::Srt);
    let current = match (record.secret("srt_key"), record.secret("srt_url")) {
        (Some(key), _) => viewer.stored(key),
        (None, Some(url)) => url.to_owned(),
        (None, None) => viewer.result(id, Medium::Srt),
    };
    call.data(json!({ "srt_url": current, "original_srt_url": original }))
}

/// `PUT …/proofreads/{proofread_id}/srt`
pub(super) fn replace_srt(call: &mut Call<'_>, body: &Value) -> Answer {
    ready(call)?;
    let given = &body["srt"];
    let key = given["asset_id"]
        .as_str()
        .and_then(|id| call.state.finished(id))
        .map(|(_, asset, _)| asset.key.clone());
    let url = given["url"].clone();
    let record = call.record_mut(Collection::Proofreads)?;
    record.hidden.insert("srt_key".to_owned(), key.into());
    record.hidden.insert("srt_url".to_owned(), url);
    jobs::get(call, Collection::Proofreads)
}

/// `POST …/proofreads/{proofread_id}/generate`
pub(super) fn generate(call: &mut Call<'_>, body: &Value) -> Answer {
    let proofread = ready(call)?;
    let language = proofread
        .text("output_language")
        .unwrap_or_default()
        .to_owned();
    let mut request = body.clone();
    request["title"] = proofread.fields["title"].clone();
    let id = translations::start_one(call, &request, &language);
    call.data(json!({ "status": "processing", "video_translation_id": id }))
}

/// Shows a proofread.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut job = viewer.job(id, record);
    if record.schedule.is_completed(viewer.now) {
        job["input_language"] = "English".into();
    }
    job
}

/// Returns the proofread that the path names, if there are subtitles to work on.
fn ready<'a>(call: &'a Call<'_>) -> Result<&'a Record, Problem> {
    let record = call.record(Collection::Proofreads)?;
    if record.schedule.is_completed(call.now) {
        return Ok(record);
    }
    let status = record.schedule.status(call.now);
    let message = format!("the proofread is {status}: it has no subtitles yet");
    Err(Problem::conflict("resource_not_ready", &message))
}
