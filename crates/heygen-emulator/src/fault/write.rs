//! The words of a fault, the same in a line of text and in JSON.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::{Fault, FaultKind, MESSAGE};
use crate::{Cut, duration};

/// Returns the words of a fault with their values, in the order in which they are read best.
pub(super) fn words(fault: &Fault) -> Vec<(&'static str, Value)> {
    let mut words = Vec::new();
    what(&fault.kind, &mut words);
    if let Some(seconds) = fault.retry_after_seconds {
        words.push(("retry_after", seconds.into()));
    }
    if !fault.delay.is_zero() {
        words.push(("delay", duration::text(fault.delay).into()));
    }
    let paces = [
        ("slow_reading", fault.slow_reading),
        ("slow_writing", fault.slow_writing),
    ];
    for (word, pace) in paces {
        words.extend(pace.map(|pace| (word, pace.to_string().into())));
    }
    let flags = [
        ("early", fault.is_early),
        ("after_effect", fault.is_after_effect),
        ("then_reset", fault.ends_with_reset),
    ];
    for (word, is_set) in flags {
        words.extend(is_set.then_some((word, true.into())));
    }
    if let Some(asset) = &fault.asset {
        words.push(("asset", asset.as_str().into()));
    }
    match fault.uses_left {
        Some(1) => {}
        Some(times) => words.push(("times", times.into())),
        None => words.push(("times", "always".into())),
    }
    words
}

fn what(kind: &FaultKind, words: &mut Vec<(&'static str, Value)>) {
    match kind {
        FaultKind::Plain => {}
        FaultKind::Status {
            status,
            code,
            message,
        } => {
            words.push(("status", (*status).into()));
            words.extend(code.as_ref().map(|code| ("code", (&**code).into())));
            push_message(message, words);
        }
        FaultKind::Raw {
            status,
            headers,
            body,
        } => {
            words.push(("raw", (*status).into()));
            let line = |(name, value): &(String, String)| format!("{name}: {value}").into();
            let mut lines: Vec<Value> = headers.iter().map(line).collect();
            match lines.len() {
                0 => {}
                1 => words.push(("headers", lines.remove(0))),
                _ => words.push(("headers", lines.into())),
            }
            match std::str::from_utf8(body) {
                Ok("") => {}
                Ok(text) => words.push(("body", text.into())),
                Err(_) => words.push(("body_base64", BASE64_STANDARD.encode(body).into())),
            }
        }
        FaultKind::Storage(code) => words.push(("storage", code.as_str().into())),
        FaultKind::JobFails(failure) => {
            words.push(("job_fails", failure.code.as_str().into()));
            push_message(&failure.message, words);
        }
        FaultKind::Close => words.push(("close", true.into())),
        FaultKind::Cut(Cut::Reset { after_bytes }) => {
            words.push(("reset_after", (*after_bytes).into()));
        }
        FaultKind::Cut(Cut::Stall { after_bytes }) => {
            words.push(("stall_after", (*after_bytes).into()));
        }
        FaultKind::CutAnswer(Cut::Reset { after_bytes }) => {
            words.push(("answer_reset_after", (*after_bytes).into()));
        }
        FaultKind::CutAnswer(Cut::Stall { after_bytes }) => {
            words.push(("answer_stall_after", (*after_bytes).into()));
        }
        FaultKind::Truncated(bytes) => {
            words.push(("truncated", bytes.map_or_else(|| true.into(), Value::from)));
        }
        FaultKind::Duplicated => words.push(("duplicated", true.into())),
        FaultKind::NotVisible => words.push(("not_visible", true.into())),
        FaultKind::Slot(change) => words.push(("slot", json!(change))),
        FaultKind::Webhook(fault) => words.push((fault.word(), true.into())),
    }
}

fn push_message(message: &str, words: &mut Vec<(&'static str, Value)>) {
    if message != MESSAGE {
        words.push(("message", message.into()));
    }
}
