use http::StatusCode;
use serde_json::json;

use super::{Answer, Ask, unsaved};
use crate::problem::Problem;

/// `GET /_emulator/snapshots`
pub(super) fn list(ask: &Ask<'_>) -> Answer {
    let names: Vec<String> = ask.shared.snapshots().keys().cloned().collect();
    Ok(json!({ "snapshots": names }))
}

/// `PUT /_emulator/snapshots/{name}`: in place of an older one of this name.
pub(super) fn take(ask: &Ask<'_>) -> Answer {
    let snapshot = ask.shared.snapshot();
    let name = ask.name.clone();
    ask.shared.snapshots().insert(name, snapshot);
    list(ask)
}

/// `DELETE /_emulator/snapshots/{name}`
pub(super) fn forget(ask: &Ask<'_>) -> Answer {
    let forgotten = ask.shared.snapshots().remove(&ask.name);
    forgotten.ok_or_else(|| missing(ask))?;
    list(ask)
}

/// `POST /_emulator/snapshots/{name}/restore`
pub(super) fn restore(ask: &Ask<'_>) -> Answer {
    let snapshot = ask.shared.snapshots().get(&ask.name).cloned();
    let snapshot = snapshot.ok_or_else(|| missing(ask))?;
    ask.shared.restore(&snapshot).map_err(unsaved)?;
    Ok(json!({ "restored": ask.name }))
}

/// `POST /_emulator/reset`: snapshots stay.
pub(super) fn reset(ask: &Ask<'_>) -> Answer {
    ask.shared.reset().map_err(unsaved)?;
    Ok(json!({ "reset": true }))
}

fn missing(ask: &Ask<'_>) -> Problem {
    let known: Vec<String> = ask.shared.snapshots().keys().cloned().collect();
    let known = if known.is_empty() {
        "there are none".to_owned()
    } else {
        format!("there are {}", known.join(", "))
    };
    let message = format!("there is no snapshot {:?}; {known}", ask.name);
    Problem::new(StatusCode::NOT_FOUND, "not_found", message)
}
