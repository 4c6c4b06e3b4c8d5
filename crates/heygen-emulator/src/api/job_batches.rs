//! Batches of lipsyncs, video translations and videos, which differ in their jobs alone.

use serde_json::{Value, json};

use super::{
    Answer, Call, Viewer,
    batch::{self, Item},
};
use crate::state::{Collection, Record, Schedule};

/// Starts the jobs of a batch, which were judged, and answers with its id.
pub(super) fn create(
    call: &mut Call<'_>,
    kind: Collection,
    body: &Value,
    list: &str,
    start: impl Fn(&mut Call<'_>, &Value) -> Vec<String>,
) -> Answer {
    let mut ids = Vec::new();
    for item in body[list].as_array().into_iter().flatten() {
        ids.extend(start(call, item));
    }
    // The batch ends with its last job.
    let ends = ids.iter().filter_map(|id| {
        let job = call.find(kind, id)?;
        job.schedule.end()
    });
    let end = ends.max().unwrap_or(call.now);
    let record = Record::new(call.now)
        .with_schedule(Schedule::of(&[
            (call.now, "processing"),
            (end, "completed"),
        ]))
        .with_fields_of(body, &["title"])
        .with_hidden_of(body, &["callback_url"])
        .with_hidden("kind", json!(kind))
        .with_hidden("ids", ids);
    let id = call.state.ids.next("batch");
    call.add(Collection::Batches, &id, record);
    call.data(json!({ "batch_id": id }))
}

/// Answers with a batch of a kind.
pub(super) fn get(call: &Call<'_>, kind: Collection) -> Answer {
    let batch = call.record(Collection::Batches)?;
    let items = items(&call.viewer(), kind, batch).ok_or_else(|| call.missing())?;
    batch::detail(call, batch.text("title"), batch.created_at, &items)
}

/// Answers with the statuses of jobs of a kind.
pub(super) fn statuses(call: &Call<'_>, kind: Collection) -> Answer {
    let viewer = call.viewer();
    let of_one = |id: &str| {
        let job = viewer.records.get(call.now, kind, id)?;
        Some(item(&viewer, id, job))
    };
    let of_batch = |id: &str| {
        let batch = viewer.records.get(call.now, Collection::Batches, id)?;
        items(&viewer, kind, batch)
    };
    batch::statuses(call, of_one, of_batch)
}

/// Shows a batch as its event does.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let kind = record.hidden.get("kind").cloned().unwrap_or_default();
    let kind: Option<Collection> = serde_json::from_value(kind).ok();
    let items = kind.and_then(|kind| items(viewer, kind, record));
    let items = items.unwrap_or_default();
    json!({
        "batch_id": id,
        "title": record.text("title"),
        "status": batch::overall(&items),
        "total_items": items.len(),
    })
}

/// Says where each job of a batch stands, unless the batch is of another kind.
fn items(viewer: &Viewer<'_>, kind: Collection, batch: &Record) -> Option<Vec<Item>> {
    if batch.hidden.get("kind") != Some(&json!(kind)) {
        return None;
    }
    let ids = batch.hidden.get("ids")?.as_array()?;
    let items = ids.iter().filter_map(Value::as_str).map(|id| {
        match viewer.records.get(viewer.now, kind, id) {
            Some(job) => item(viewer, id, job),
            None => Item {
                error: Some(json!({ "code": "not_found", "message": "it was deleted" })),
                ..Item::new(id, "failed")
            },
        }
    });
    Some(items.collect())
}

fn item(viewer: &Viewer<'_>, id: &str, job: &Record) -> Item {
    let failure = job.schedule.failure(viewer.now);
    Item {
        error: failure.map(|error| json!({ "code": error.code, "message": error.message })),
        ..Item::new(id, Item::word(job.schedule.status(viewer.now)))
    }
}
