//! What the words of a fault mean.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use heygen_types::{ApiError, Invalid};
use serde_json::Value;

use super::{
    Fault, FaultKind, FaultTarget, MESSAGE,
    given::{Given, is_same},
    kind::WEBHOOK_FAULTS,
    words,
};
use crate::{Cut, StorageCode};

/// Makes a fault of its words.
pub(super) fn fault(target: FaultTarget, mut given: Given) -> Result<Fault, Invalid> {
    let what = what(&given)?;
    let kind = match what {
        Some(word) => kind(word, &mut given)?,
        None => FaultKind::Plain,
    };
    kind.check(target).map_err(|place| {
        let problem = format!("is for {place}, not for {target}");
        Invalid::new(what.unwrap_or("fault"), problem)
    })?;
    let mut fault = Fault::new(target, kind);
    read_options(&mut fault, &mut given)?;
    if let Some(stranger) = given.first_left() {
        return Err(refuse_stranger(stranger, what));
    }
    let is_nothing = fault.kind == FaultKind::Plain
        && fault.delay.is_zero()
        && fault.slow_reading.is_none()
        && fault.slow_writing.is_none()
        && !fault.ends_with_reset;
    if is_nothing {
        let all = [&WHAT[..], &ALONE].concat().join(", ");
        let problem = format!("nothing is said of what goes wrong; it is one of {all}");
        return Err(Invalid::new(target.to_string(), problem));
    }
    Ok(fault)
}

/// Returns the one word that says what goes wrong.
fn what(given: &Given) -> Result<Option<&'static str>, Invalid> {
    let mut said = WHAT
        .iter()
        .filter_map(|word| Some((*word, given.written(word)?)));
    match (said.next(), said.next()) {
        (Some((_, one)), Some((_, other))) => {
            let problem = format!("excludes {other}; write two faults, or one of these");
            Err(Invalid::new(one.to_owned(), problem))
        }
        (first, _) => Ok(first.map(|(word, _)| word)),
    }
}

fn kind(what: &'static str, given: &mut Given) -> Result<FaultKind, Invalid> {
    let missing = || Invalid::new(what, "takes a value");
    let any = 0..=u64::MAX;
    Ok(match what {
        "status" => FaultKind::Status {
            status: given.number(what, STATUSES)?.ok_or_else(missing)?,
            code: given.text("code")?.map(Into::into),
            message: given
                .text("message")?
                .map_or_else(|| MESSAGE.into(), Into::into),
        },
        "raw" => FaultKind::Raw {
            status: given.number(what, STATUSES)?.ok_or_else(missing)?,
            headers: given.taken("headers", headers)?.unwrap_or_default(),
            body: body(given)?,
        },
        "storage" => FaultKind::Storage(given.parsed::<StorageCode>(what)?.ok_or_else(missing)?),
        "job_fails" => {
            let code = given.text(what)?.ok_or_else(missing)?;
            let message = given.text("message")?;
            let message = message.unwrap_or_else(|| MESSAGE.to_owned());
            FaultKind::JobFails(Box::new(ApiError::new(code, message)))
        }
        "reset_after" | "stall_after" | "answer_reset_after" | "answer_stall_after" => {
            let after_bytes = given.number(what, any)?.ok_or_else(missing)?;
            match what {
                "reset_after" => FaultKind::Cut(Cut::Reset { after_bytes }),
                "stall_after" => FaultKind::Cut(Cut::Stall { after_bytes }),
                "answer_reset_after" => FaultKind::CutAnswer(Cut::Reset { after_bytes }),
                _ => FaultKind::CutAnswer(Cut::Stall { after_bytes }),
            }
        }
        "truncated" => FaultKind::Truncated(
            given
                .taken(what, |value| {
                    match value {
                        Value::Bool(true) => Ok(None),
                        Value::Number(bytes) => bytes.as_u64().map(Some).ok_or(()),
                        Value::String(bytes) => bytes.parse().map(Some).map_err(drop),
                        _ => Err(()),
                    }
                    .map_err(|()| "takes a number of bytes, or nothing for half of them".to_owned())
                })?
                .flatten(),
        ),
        "slot" => FaultKind::Slot(
            given
                .taken(what, |value| {
                    serde_json::from_value(value.clone()).map_err(|error| {
                        format!(
                            "takes an object of upload_url, upload_headers, expires_in_seconds \
                             and max_bytes ({error})"
                        )
                    })
                })?
                .ok_or_else(missing)?,
        ),
        flag => {
            if !given.flag(flag)? {
                return Err(Invalid::new(flag, "is either there or left out"));
            }
            match flag {
                "close" => FaultKind::Close,
                "duplicated" => FaultKind::Duplicated,
                "not_visible" => FaultKind::NotVisible,
                _ => FaultKind::Webhook(
                    WEBHOOK_FAULTS
                        .into_iter()
                        .find(|fault| fault.word() == flag)
                        .expect("every word of WHAT is a kind"),
                ),
            }
        }
    })
}

/// Reads the words that can stand beside what goes wrong. Those that mean nothing there are left.
fn read_options(fault: &mut Fault, given: &mut Given) -> Result<(), Invalid> {
    use FaultKind::{Close, Cut, CutAnswer, Raw, Status, Storage, Webhook};

    if let Some(asset) = given.written("asset").map(str::to_owned) {
        if !fault.target.can_name_assets() {
            let problem = format!(
                "no request to {} names an asset before its body",
                fault.target
            );
            return Err(Invalid::new(asset, problem));
        }
        fault.asset = given.parsed("asset")?;
    }
    let times = given.taken("times", times)?;
    fault.uses_left = times.unwrap_or(fault.uses_left);
    if matches!(fault.kind, Webhook(_)) {
        return Ok(());
    }
    fault.delay = given.time("delay")?.unwrap_or_default();
    let answers_itself = matches!(fault.kind, Status { .. } | Raw { .. } | Storage(_));
    if answers_itself {
        fault.retry_after_seconds = given.number("retry_after", 0..=u64::MAX)?;
    }
    if answers_itself || fault.kind == Close {
        let early = given.written("early").map(str::to_owned);
        fault.is_early = given.flag("early")?;
        fault.is_after_effect = given.flag("after_effect")?;
        if let Some(early) = early.filter(|_| fault.is_early && fault.is_after_effect) {
            let problem = "answers before the body has come, and excludes after_effect";
            return Err(Invalid::new(early, problem));
        }
    }
    if !fault.is_early {
        fault.slow_reading = given.parsed("slow_reading")?;
    }
    if !matches!(fault.kind, Close | Cut(_)) {
        fault.slow_writing = given.parsed("slow_writing")?;
    }
    if !matches!(fault.kind, Close | Cut(_) | CutAnswer(_)) {
        fault.ends_with_reset = given.flag("then_reset")?;
    }
    Ok(())
}

fn refuse_stranger(stranger: &str, what: Option<&str>) -> Invalid {
    let known = [&WHAT[..], &ALONE, &BESIDE].concat();
    if known.iter().any(|known| is_same(known, stranger)) {
        let problem = match what {
            Some(what) => format!("has no meaning with {what}"),
            None => "has no meaning without a word that says what goes wrong".to_owned(),
        };
        return Invalid::new(stranger.to_owned(), problem);
    }
    let near = words::near(stranger, &known);
    let problem = if near.is_empty() {
        format!("is no word of a fault; these are {}", known.join(", "))
    } else {
        format!("is no word of a fault{near}")
    };
    Invalid::new(words::shown(stranger), problem)
}

/// Reads how often a fault is met; `None` is always.
fn times(value: &Value) -> Result<Option<u32>, String> {
    let times = match value {
        Value::String(text) if text == "always" => return Ok(None),
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64().and_then(|times| u32::try_from(times).ok()),
        _ => None,
    };
    let times = times.filter(|times| *times > 0);
    times
        .map(Some)
        .ok_or_else(|| format!("takes a number from 1 to {}, or always", u32::MAX))
}

/// Reads one header, or a list of them.
fn headers(value: &Value) -> Result<Vec<(String, String)>, String> {
    let one = |value: &Value| {
        let (name, value) = value.as_str()?.split_once(':')?;
        let (name, value) = (name.trim(), value.trim());
        let is_header =
            name.parse::<http::HeaderName>().is_ok() && value.parse::<http::HeaderValue>().is_ok();
        is_header.then(|| (name.to_owned(), value.to_owned()))
    };
    let all = match value {
        Value::Array(lines) => lines.iter().map(one).collect(),
        line => one(line).map(|header| vec![header]),
    };
    all.ok_or_else(|| "takes \"name: value\", or a list of these".to_owned())
}

fn body(given: &mut Given) -> Result<Vec<u8>, Invalid> {
    if let Some(body) = given.text("body")? {
        return Ok(body.into());
    }
    let decoded = given.taken("body_base64", |value| {
        let decoded = value.as_str().map(|text| BASE64_STANDARD.decode(text));
        decoded
            .and_then(Result::ok)
            .ok_or_else(|| "takes base64".to_owned())
    })?;
    Ok(decoded.unwrap_or_default())
}

/// Below, hyper would take an answer for an interim one.
const STATUSES: std::ops::RangeInclusive<u16> = 200..=599;

/// The words of which one says what goes wrong.
const WHAT: [&str; 17] = [
    "status",
    "raw",
    "storage",
    "close",
    "reset_after",
    "stall_after",
    "answer_reset_after",
    "answer_stall_after",
    "truncated",
    "duplicated",
    "not_visible",
    "job_fails",
    "slot",
    "dropped",
    "doubled",
    "reordered",
    "bad_signature",
];

/// The words that can do so alone, or stand beside another.
const ALONE: [&str; 4] = ["delay", "slow_reading", "slow_writing", "then_reset"];

/// The words that only stand beside another.
const BESIDE: [&str; 10] = [
    "code",
    "message",
    "retry_after",
    "headers",
    "body",
    "body_base64",
    "early",
    "after_effect",
    "asset",
    "times",
];
