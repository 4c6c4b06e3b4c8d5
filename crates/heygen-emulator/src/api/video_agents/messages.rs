//! What is said in a session. What is not said yet has its time, and is not shown before.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    api::Viewer,
    state::{Record, millis},
};

/// Adds what somebody says.
pub(super) fn add(session: &mut Record, at: Duration, role: &str, text: &str, files: &[String]) {
    push(
        session,
        at,
        json!({
            "role": role,
            "type": "text",
            "content": text,
            "resource_ids": files,
        }),
    );
}

/// Adds that something was made.
pub(super) fn add_resource(session: &mut Record, at: Duration, text: &str, resource: &str) {
    push(
        session,
        at,
        json!({
            "role": "model",
            "type": "resource",
            "content": text,
            "resource_ids": [resource],
        }),
    );
}

/// Adds that something went wrong.
pub(super) fn add_error(session: &mut Record, at: Duration, text: &str) {
    push(
        session,
        at,
        json!({ "role": "model", "type": "error", "content": text }),
    );
}

/// Forgets what would have been said later.
pub(super) fn drop_later(session: &mut Record, now: Duration) {
    if let Some(Value::Array(messages)) = session.hidden.get_mut(MESSAGES) {
        messages.retain(|message| said_at(message) <= millis(now));
    }
}

/// Returns what was said by now, newest first.
pub(super) fn shown(viewer: &Viewer<'_>, session: &Record) -> Vec<Value> {
    let messages = session.hidden.get(MESSAGES).and_then(Value::as_array);
    let said = messages
        .into_iter()
        .flatten()
        .rev()
        .filter(|message| said_at(message) <= millis(viewer.now));
    said.take(MAX_SHOWN)
        .map(|message| message["shown"].clone())
        .collect()
}

fn push(session: &mut Record, at: Duration, mut message: Value) {
    message["created_at"] = at.as_secs().into();
    let at = millis(at);
    let kept = session
        .hidden
        .entry(MESSAGES)
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(kept) = kept {
        kept.push(json!({ "at": at, "shown": message }));
    }
}

fn said_at(message: &Value) -> u64 {
    message["at"].as_u64().unwrap_or_default()
}

const MESSAGES: &str = "messages";
const MAX_SHOWN: usize = 40;
