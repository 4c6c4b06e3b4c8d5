use serde_json::{Map, Value};

use super::{Answer, Call, Viewer, jobs, page, viewer::remove};
use crate::{
    media::{Medium, VIDEO_SECONDS},
    problem::Problem,
    state::{Collection, Record},
};

/// `POST /v3/background-removals`: a known `request_id` answers with the first job.
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    let layers = layers(body)?;
    let request_id = body["request_id"].as_str();
    if let Some(id) = request_id.and_then(|request_id| requested(call, request_id)) {
        return call.show(Collection::BackgroundRemovals, &id);
    }
    let record = Record::new(call.now)
        .with_hidden_of(body, &["request_id", "title"])
        .with_hidden("layers", layers);
    let id = call.start(Collection::BackgroundRemovals, "background", record);
    call.show(Collection::BackgroundRemovals, &id)
}

/// `GET /v3/background-removals`: without what was deleted.
pub(super) fn list(call: &Call<'_>) -> Answer {
    let is_wanted = |record: &Record| !record.is("is_deleted");
    page::list(call, Collection::BackgroundRemovals, is_wanted)
}

/// `DELETE /v3/background-removals/{job_id}`: the record stays and says so.
pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    if call
        .record(Collection::BackgroundRemovals)?
        .is("is_deleted")
    {
        return Err(call.missing());
    }
    let record = call.record_mut(Collection::BackgroundRemovals)?;
    record.hidden.insert("is_deleted".to_owned(), true.into());
    jobs::deleted(call, call.parameter())
}

/// Shows a job.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut job = viewer.job(id, record);
    if let Some(message) = remove(&mut job, "failure_message") {
        job["error"] = message;
    }
    let mut layers = Map::new();
    if record.is("is_deleted") {
        job["status"] = "deleted".into();
    } else if record.schedule.is_completed(viewer.now) {
        let names = record.hidden.get("layers").and_then(Value::as_array);
        for name in names.into_iter().flatten().filter_map(Value::as_str) {
            let url = viewer.result(&format!("{id}.{name}"), Medium::Webm);
            layers.insert(name.to_owned(), url.into());
        }
        let end = record.schedule.end().map(|end| end.as_secs());
        job["completed_at"] = end.into();
        job["duration"] = VIDEO_SECONDS.into();
    }
    job["layers"] = layers.into();
    job
}

fn layers(body: &Value) -> Result<Vec<&str>, Problem> {
    let given: Vec<&str> = body["layers"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if let Some(index) = given.iter().position(|layer| !LAYERS.contains(layer)) {
        let path = format!("layers[{index}]");
        let message = format!("{path} is none of {}", LAYERS.join(", "));
        return Err(Problem::parameter(path, message));
    }
    Ok(if given.is_empty() {
        LAYERS.to_vec()
    } else {
        given
    })
}

fn requested(call: &Call<'_>, request_id: &str) -> Option<String> {
    let jobs = call.all(Collection::BackgroundRemovals);
    let mut jobs = jobs.into_iter();
    jobs.find(|(_, job)| job.secret("request_id") == Some(request_id))
        .map(|(id, _)| id.to_owned())
}

const LAYERS: [&str; 3] = ["foreground", "mask", "background"];
