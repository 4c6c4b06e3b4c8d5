use serde_json::{Value, json};

use super::{Answer, Call, Viewer, job_batches, validate::place};
use crate::{
    library::LANGUAGES,
    media::{Medium, VIDEO_SECONDS},
    problem::Problem,
    state::{Collection, Record},
};

/// `POST /v3/video-translations`: one job for each language.
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    check(call, "", body)?;
    let ids = start(call, body);
    call.data(json!({ "video_translation_ids": ids }))
}

/// `POST /v3/video-translations/batches`: each language of each item counts.
pub(super) fn create_batch(call: &mut Call<'_>, body: &Value) -> Answer {
    let items = body[BATCH]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let count: usize = items.iter().map(|item| languages_of(item).count()).sum();
    if count > BATCH_MAX {
        let message = format!(
            "{BATCH} makes {count} items, one for each language; a batch takes 1 to {BATCH_MAX}"
        );
        return Err(Problem::parameter(BATCH, message));
    }
    for (index, item) in items.iter().enumerate() {
        check(call, &format!("{BATCH}[{index}]."), item)?;
    }
    job_batches::create(call, Collection::Translations, body, BATCH, start)
}

/// `GET /v3/video-translations/languages`
pub(super) fn languages(call: &Call<'_>) -> Answer {
    call.data(json!({ "languages": LANGUAGES }))
}

/// Refuses what the schema alone does not tell; `prefix` is the place of the body.
pub(super) fn check(call: &Call<'_>, prefix: &str, body: &Value) -> Result<(), Problem> {
    for (index, language) in languages_of(body).enumerate() {
        if !LANGUAGES.contains(&language) {
            let path = format!("{prefix}output_languages[{index}]");
            let message = format!(
                "{path} is {language:?}, which video_translations.languages.list does not name"
            );
            return Err(Problem::parameter(place(call, &path), message));
        }
    }
    Ok(())
}

/// Starts one job for each language, alone or in a batch.
pub(super) fn start(call: &mut Call<'_>, body: &Value) -> Vec<String> {
    languages_of(body)
        .map(|language| start_one(call, body, language))
        .collect()
}

/// Starts the job of one language.
pub(super) fn start_one(call: &mut Call<'_>, body: &Value, language: &str) -> String {
    let record = Record::new(call.now)
        .with("output_language", language)
        .with("translate_audio_only", body["translate_audio_only"] == true)
        .with_fields_of(body, &["title", "callback_id", "input_language"])
        .with_hidden_of(body, &["callback_url"]);
    call.start(Collection::Translations, "translation", record)
}

/// Returns the languages that a request names.
pub(super) fn languages_of(body: &Value) -> impl Iterator<Item = &str> {
    let languages = body["output_languages"].as_array();
    languages.into_iter().flatten().filter_map(Value::as_str)
}

/// Shows a translation.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut job = viewer.job(id, record);
    if record.schedule.is_completed(viewer.now) {
        match record.fields["translate_audio_only"] == true {
            true => job["audio_url"] = viewer.result(id, Medium::Mp3).into(),
            false => job["video_url"] = viewer.result(id, Medium::Mp4).into(),
        }
        job["srt_caption_url"] = viewer.result(id, Medium::Srt).into();
        job["vtt_caption_url"] = viewer.result(id, Medium::Vtt).into();
        job["duration"] = VIDEO_SECONDS.into();
        if job["input_language"].is_null() {
            job["input_language"] = "English".into();
        }
    }
    job
}

const BATCH: &str = "video_translations";
const BATCH_MAX: usize = 100;
