use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Ask};
use crate::{duration, problem::Problem};

/// What is to become of the clock.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    set: Option<Value>,
    advance: Option<Value>,
    frozen: Option<bool>,
}

/// `GET /_emulator/clock`
pub(super) fn show(ask: &Ask<'_>) -> Answer {
    let clock = ask.shared.clock();
    let now = clock.now();
    Ok(json!({
        "now": text(now),
        "unix_ms": crate::state::millis(now),
        "frozen": clock.is_frozen(),
    }))
}

/// `POST /_emulator/clock`
pub(super) fn change(ask: &Ask<'_>) -> Answer {
    let change: Change = ask.json(SHAPE)?;
    let set = change.set.as_ref().map(time).transpose()?;
    let advance = change.advance.as_ref().map(span).transpose()?;
    if set.is_none() && advance.is_none() && change.frozen.is_none() {
        return Err(Problem::request(format!(
            "the body says nothing; it is {SHAPE}"
        )));
    }
    ask.shared.set_clock(|clock| {
        // First, so that it stands at the very time that is set.
        match change.frozen {
            Some(true) => clock.freeze(),
            Some(false) => clock.unfreeze(),
            None => {}
        }
        if let Some(time) = set {
            clock.set(time);
        }
        if let Some(by) = advance {
            clock.advance(by);
        }
    });
    show(ask)
}

/// Reads a time as RFC 3339, or in seconds since the Unix epoch.
fn time(value: &Value) -> Result<Duration, Problem> {
    let time = match value {
        Value::String(text) => {
            let time = text.parse::<Timestamp>().ok();
            time.and_then(|time| Duration::try_from(time.as_duration()).ok())
        }
        Value::Number(seconds) => seconds.as_u64().map(Duration::from_secs),
        _ => None,
    };
    time.ok_or_else(|| {
        Problem::parameter(
            "set",
            format!(
                "set is {value}; write a time as \"2030-01-31T12:00:00Z\" or in seconds since \
                 1970"
            ),
        )
    })
}

/// Reads a span of time.
fn span(value: &Value) -> Result<Duration, Problem> {
    let span = value.as_str().and_then(duration::parse);
    span.ok_or_else(|| {
        let message = format!("advance is {value}; write a time as \"500ms\", \"30s\" or \"1h\"");
        Problem::parameter("advance", message)
    })
}

/// Writes a time as RFC 3339.
pub(super) fn text(time: Duration) -> String {
    SignedDuration::try_from(time)
        .ok()
        .and_then(|time| Timestamp::from_duration(time).ok())
        .unwrap_or(Timestamp::MAX)
        .to_string()
}

const SHAPE: &str =
    "an object of set (\"2030-01-31T12:00:00Z\"), advance (\"1h\") or frozen (true)";
