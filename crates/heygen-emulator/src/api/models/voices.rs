use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    api::{Answer, Call, Viewer, page},
    problem::Problem,
    state::{Collection, Record},
};

/// `GET /v3/models/audio/voices`
pub(in crate::api) fn list(call: &Call<'_>) -> Answer {
    page::list(call, Collection::ModelVoices, is_there)
}

/// `GET /v3/models/audio/voices/{voice_id}`
pub(in crate::api) fn get(call: &Call<'_>) -> Answer {
    let voice = find(call, call.parameter()).ok_or_else(|| call.missing())?;
    call.data(view(&call.viewer(), call.parameter(), voice))
}

/// `POST /v3/models/audio/voices`
pub(in crate::api) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    let id = match (body["mode"].as_str(), body["voice_id"].as_str()) {
        (Some("professional"), Some(id)) => {
            let id = id.to_owned();
            train_again(call, &id)?;
            id
        }
        (Some("professional"), None) => {
            check_slots(call)?;
            check_trainings(call)?;
            let record = record(call, body).with_hidden(TRAINED_AT, json!([call.now.as_secs()]));
            call.start(Collection::ModelVoices, "voice", record)
        }
        _ => {
            let record = record(call, body);
            call.start(Collection::ModelVoices, "voice", record)
        }
    };
    call.data(json!({ "voice_id": id }))
}

fn record(call: &Call<'_>, body: &Value) -> Record {
    Record::new(call.now)
        .with("mode", body["mode"].clone())
        .with("name", body["name"].as_str().unwrap_or("Voice"))
        .with("language", body["language"].as_str().unwrap_or("en"))
}

/// Trains a professional voice once more; name and language stay.
fn train_again(call: &mut Call<'_>, id: &str) -> Result<(), Problem> {
    let voice = find(call, id).filter(|voice| is_professional(voice));
    let Some(voice) = voice else {
        return Err(Problem::not_found(
            "voice_not_found",
            &format!("voice_id {id:?}"),
        ));
    };
    if voice.schedule.is_waited_for(call.now) {
        return Err(still_training());
    }
    check_trainings(call)?;
    let schedule = call.schedule(Collection::ModelVoices);
    call.watch(Collection::ModelVoices, id, &schedule);
    let at = call.now.as_secs();
    if let Some(voice) = call.state.records.get_mut(Collection::ModelVoices, id) {
        voice.schedule = schedule;
        if let Some(Value::Array(trained)) = voice.hidden.get_mut(TRAINED_AT) {
            trained.push(at.into());
        }
    }
    call.state.is_dirty = true;
    Ok(())
}

/// `DELETE /v3/models/audio/voices/{voice_id}`: a deleted voice is remembered, so that a second
/// deletion succeeds and its trainings count.
pub(in crate::api) fn delete(call: &mut Call<'_>) -> Answer {
    let voice = call.record(Collection::ModelVoices)?;
    if voice.is("is_public") {
        let message = "the voice is the emulator's own";
        return Err(Problem::forbidden("forbidden", message));
    }
    if is_professional(voice) && voice.schedule.is_waited_for(call.now) {
        return Err(still_training());
    }
    let voice = call.record_mut(Collection::ModelVoices)?;
    voice.hidden.insert(DELETED.to_owned(), true.into());
    call.data(json!({ "status": "ok" }))
}

/// Shows a voice.
pub(in crate::api) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut voice = Value::Object(record.fields.clone());
    voice["voice_id"] = id.into();
    voice["status"] = record.schedule.status(viewer.now).into();
    voice["created_at"] = record.created_at.as_secs().into();
    if let Some(failure) = record.schedule.failure(viewer.now) {
        voice["failure_reason"] = failure.code.as_str().into();
    }
    voice
}

/// Returns a voice that can be spoken with.
pub(super) fn speaking<'a>(call: &'a Call<'_>, id: &str) -> Result<&'a Record, Problem> {
    let Some(voice) = find(call, id) else {
        return Err(Problem::not_found(
            "voice_not_found",
            &format!("voice_id {id:?}"),
        ));
    };
    if voice.schedule.is_waited_for(call.now) {
        let message = "the training of the voice is not over";
        return Err(Problem::conflict("voice_not_ready", message));
    }
    if voice.schedule.failure(call.now).is_some() {
        let message = "the training of the voice failed";
        return Err(Problem::conflict("voice_training_failed", message));
    }
    // The oldest voices keep their slots.
    let older = alive(call)
        .filter(|other| is_professional(other) && other.number < voice.number)
        .count();
    if is_professional(voice) && older >= call.settings.professional_voice_slots {
        let problem = Problem::parameter("voice_id", "the slot of the voice has expired");
        return Err(problem.with_code("voice_expired"));
    }
    Ok(voice)
}

fn find<'a>(call: &'a Call<'_>, id: &str) -> Option<&'a Record> {
    let voice = call.find(Collection::ModelVoices, id);
    voice.filter(|voice| is_there(voice))
}

fn alive<'a>(call: &'a Call<'_>) -> impl Iterator<Item = &'a Record> {
    let voices = call.all(Collection::ModelVoices);
    let voices = voices.into_iter().map(|(_, voice)| voice);
    voices.filter(|voice| is_there(voice))
}

fn is_there(voice: &Record) -> bool {
    !voice.is(DELETED)
}

fn is_professional(voice: &Record) -> bool {
    voice.text("mode") == Some("professional")
}

fn check_slots(call: &Call<'_>) -> Result<(), Problem> {
    let slots = call.settings.professional_voice_slots;
    if alive(call).filter(|voice| is_professional(voice)).count() < slots {
        return Ok(());
    }
    let problem = Problem::request(format!(
        "all {slots} slots for professional voices are taken"
    ));
    Err(problem.with_code("resource_limit_reached"))
}

/// Counts the trainings of the last month, also those of deleted voices.
fn check_trainings(call: &Call<'_>) -> Result<(), Problem> {
    let since = call.now.saturating_sub(MONTH).as_secs();
    let voices = call.all(Collection::ModelVoices);
    let trainings = voices
        .into_iter()
        .filter_map(|(_, voice)| voice.hidden.get(TRAINED_AT));
    let trainings = trainings.filter_map(Value::as_array).flatten();
    let count = trainings
        .filter(|at| at.as_u64().is_some_and(|at| at > since))
        .count();
    let max = call
        .settings
        .professional_voice_slots
        .saturating_mul(TRAININGS_MAX);
    if count < max {
        return Ok(());
    }
    let problem = Problem::request(format!(
        "there were {count} trainings in 30 days, at most {max}"
    ));
    Err(problem.with_code("resource_limit_reached"))
}

fn still_training() -> Problem {
    Problem::conflict(
        "resource_not_ready",
        "the training of the voice is not over",
    )
}

const DELETED: &str = "is_deleted";
const TRAINED_AT: &str = "trained_at";
const MONTH: Duration = Duration::from_secs(30 * 24 * 3600);

/// How many trainings a slot allows in a month.
const TRAININGS_MAX: usize = 5;
