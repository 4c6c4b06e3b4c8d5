use heygen_types::Json;
use jiff::Timestamp;

use crate::escape;

/// Shows a value on one line.
pub(super) fn show(name: &str, value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => escape::message(text),
        Json::Unsigned(seconds) if name.ends_with("_at") => time(*seconds),
        Json::Array(items) if items.iter().all(is_plain) => {
            let items: Vec<String> = items.iter().map(|item| show("", item)).collect();
            items.join(", ")
        }
        value => {
            let text = serde_json::to_string(value);
            escape::message(&text.expect("a value that was read can be written"))
        }
    }
}

/// Shortens a text to so many letters.
pub(super) fn shortened(text: String, letters_max: usize) -> String {
    match text.char_indices().nth(letters_max) {
        None => text,
        Some(_) => {
            let head = text.chars().take(letters_max - 1);
            head.chain(['…']).collect()
        }
    }
}

const fn is_plain(value: &Json) -> bool {
    !matches!(value, Json::Array(_) | Json::Object(_))
}

/// Shows seconds since the Unix epoch as a date.
fn time(seconds: u64) -> String {
    let time = i64::try_from(seconds)
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.map_or_else(|| seconds.to_string(), |time| time.to_string())
}
