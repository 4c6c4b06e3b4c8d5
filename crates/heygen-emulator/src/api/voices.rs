use serde_json::{Value, json};

use super::{Answer, Call, Viewer, page};
use crate::{
    media::{AUDIO_SECONDS, Medium},
    problem::Problem,
    state::{Collection, Record},
};

/// `GET /v3/voices`
pub(super) fn list(call: &Call<'_>) -> Answer {
    let wanted = |name: &str| call.query(name).map(|value| value.to_lowercase());
    let kind = wanted("type").unwrap_or_else(|| "public".to_owned());
    let (language, gender, engine) = (wanted("language"), wanted("gender"), wanted("engine"));
    let is_wanted = |voice: &Record| {
        let is = |wanted: &Option<String>, own: Option<&str>| {
            let own = own.unwrap_or_default().to_lowercase();
            wanted.as_ref().is_none_or(|wanted| own == *wanted)
        };
        voice.text("type") == Some(&kind)
            && is(&language, voice.text("language"))
            && is(&gender, voice.text("gender"))
            && is(&engine, voice.secret("engine"))
    };
    page::list(call, Collection::Voices, is_wanted)
}

/// `POST /v3/voices`: the voices of the library, those first whose language and gender fit, three
/// at a time.
pub(super) fn design(call: &Call<'_>, body: &Value) -> Answer {
    let seed = body["seed"].as_u64().unwrap_or_default();
    let language = body["locale"]
        .as_str()
        .and_then(|locale| locale.split('-').next());
    let fits = |voice: &Record| {
        let is_gender = body["gender"].is_null() || voice.fields["gender"] == body["gender"];
        let is_language = language.is_none_or(|language| voice.secret("code") == Some(language));
        usize::from(is_gender) + usize::from(is_language)
    };
    let voices = call.all(Collection::Voices);
    let mut voices: Vec<_> = voices
        .into_iter()
        .filter(|(_, voice)| voice.text("type") == Some("public"))
        .collect();
    voices.sort_by_key(|(_, voice)| std::cmp::Reverse(fits(voice)));
    let skipped = usize::try_from(seed)
        .unwrap_or(usize::MAX)
        .saturating_mul(DESIGNED);
    let viewer = call.viewer();
    let designed = voices.into_iter().skip(skipped).take(DESIGNED);
    let designed: Vec<_> = designed
        .map(|(id, voice)| summary(&viewer, id, voice))
        .collect();
    call.data(json!({ "seed": seed, "voices": designed }))
}

/// `POST /v3/voices/clone`
pub(super) fn clone(call: &mut Call<'_>, body: &Value) -> Answer {
    let record = Record::new(call.now)
        .with("name", body["voice_name"].clone())
        .with("language", body["language"].as_str().unwrap_or("English"))
        .with("gender", "unknown")
        .with("type", "private")
        .with_hidden("engine", "starfish");
    let id = call.start(Collection::Voices, "voice", record);
    call.data(json!({ "voice_clone_id": id }))
}

/// `POST /v3/voices/speech`: every text sounds the same and takes as long.
pub(super) fn speech(call: &mut Call<'_>, body: &Value) -> Answer {
    let input_type = body["input_type"].as_str().unwrap_or("text");
    if !matches!(input_type, "text" | "ssml") {
        return Err(Problem::parameter(
            "input_type",
            "input_type is none of text, ssml",
        ));
    }
    let text = body["text"].as_str().unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        return Err(Problem::parameter("text", "text has no words"));
    }
    let length = AUDIO_SECONDS / words.len() as f64;
    let timed = words.iter().enumerate().map(|(index, word)| {
        let start = index as f64 * length;
        json!({ "word": word, "start": start, "end": start + length })
    });
    let timed: Vec<_> = timed.collect();
    let id = call.state.ids.next("speech");
    call.data(json!({
        "audio_url": call.viewer().result(&id, Medium::Mp3),
        "duration": AUDIO_SECONDS,
        "request_id": id,
        "word_timestamps": timed,
    }))
}

/// `DELETE /v3/voices/{voice_id}`
pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    if call.record(Collection::Voices)?.text("type") == Some("public") {
        return Err(Problem::forbidden(
            "resource_access_denied",
            "the voice is public",
        ));
    }
    super::jobs::delete(call, Collection::Voices)
}

/// Shows a voice in a list.
pub(super) fn summary(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let is_public = record.text("type") == Some("public");
    json!({
        "voice_id": id,
        "name": record.fields["name"],
        "language": record.fields["language"],
        "gender": record.fields["gender"],
        "type": record.fields["type"],
        "support_locale": is_public,
        "support_pause": true,
        "preview_audio_url": preview(viewer, id, record),
    })
}

/// Shows a voice. Only clones have a status.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut voice = json!({
        "voice_id": id,
        "name": record.fields["name"],
        "language": record.fields["language"],
        "gender": record.fields["gender"],
        "created_at": record.created_at.as_secs(),
        "support_pause": true,
        "support_interactive_avatar": record.text("type") == Some("public"),
        "preview_audio_url": preview(viewer, id, record),
    });
    if record.text("type") != Some("public") {
        voice["status"] = record.schedule.status(viewer.now).into();
    }
    if let Some(failure) = record.schedule.failure(viewer.now) {
        voice["failure_message"] = failure.message.as_str().into();
    }
    voice
}

fn preview(viewer: &Viewer<'_>, id: &str, record: &Record) -> Option<String> {
    let is_there = record.schedule.is_completed(viewer.now);
    is_there.then(|| viewer.result(id, Medium::Mp3))
}

/// How many voices a design offers.
const DESIGNED: usize = 3;
