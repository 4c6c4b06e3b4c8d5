//! Short words for traces.

use heygen_upload_core::{Event, Mismatch, Reason, Rule, StateName, Step, Timer};

/// Names a step: a key without its upload id says which generation it belongs to.
pub(super) fn step_of(state: StateName, step: &Step) -> String {
    let without_id = |key: &str| key.split_once('.').unwrap().1.to_owned();
    match step {
        Step::UploadSingle(single) => without_id(single.key.as_str()),
        Step::CreateUpload { key, .. } => without_id(key.as_str()),
        _ => state.to_string(),
    }
}

pub(crate) fn timer_of(timer: Timer) -> &'static str {
    match timer {
        Timer::Backoff => "backoff",
        Timer::Object => "object",
        Timer::Status => "poll",
        Timer::Deadline => "deadline",
        other => panic!("{other:?} has no word"),
    }
}

pub(super) fn end_of(event: &Event) -> String {
    match event {
        Event::Completed(_) => "completed".to_owned(),
        Event::Cancelled { .. } => "cancelled".to_owned(),
        Event::Failed(failure) => format!("failed:{}", reason_of(&failure.reason)),
        other => panic!("{other:?} ends nothing"),
    }
}

pub(crate) fn reason_of(reason: &Reason) -> &'static str {
    match reason {
        Reason::Authentication => "authentication",
        Reason::Permission => "permission",
        Reason::InsufficientScope => "insufficient-scope",
        Reason::Rejected => "rejected",
        Reason::TooLarge { .. } => "too-large",
        Reason::Protocol => "protocol",
        Reason::Untrusted => "untrusted",
        Reason::Incompatible => "incompatible",
        Reason::Unsendable => "unsendable",
        Reason::SourceChanged => "source-changed",
        Reason::SourceUnreadable => "source-unreadable",
        Reason::LocalResources => "local-resources",
        Reason::Integrity(Mismatch::Size) => "size",
        Reason::Integrity(Mismatch::MediaType) => "type",
        Reason::Integrity(Mismatch::Digest) => "digest",
        Reason::Integrity(Mismatch::Asset) => "asset",
        Reason::Processing => "processing",
        Reason::Exhausted(Rule::Attempts(_)) => "attempts",
        Reason::Exhausted(Rule::WaitBudget(_)) => "wait-budget",
        Reason::Exhausted(Rule::RetryAfter { .. }) => "retry-after",
        Reason::Exhausted(Rule::Generations(_)) => "generations",
        Reason::Exhausted(Rule::ObjectWindow(_)) => "object-window",
        Reason::Exhausted(Rule::Deadline(_)) => "deadline",
        Reason::Exhausted(Rule::WaitLimit(_)) => "wait-limit",
        other => panic!("{other:?} has no word"),
    }
}
