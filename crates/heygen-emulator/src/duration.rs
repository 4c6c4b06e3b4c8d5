//! Spans of time as faults and the clock spell them.

use std::time::Duration;

use jiff::SignedDuration;

/// Reads a time such as `500ms`, `30s` or `1h30m`.
pub(crate) fn parse(text: &str) -> Option<Duration> {
    // Without a digit in front it could be ISO 8601 (`PT30S`), which nobody expects here.
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let time: SignedDuration = text.parse().ok()?;
    Duration::try_from(time).ok()
}

/// Writes a time in the largest unit that leaves no rest.
pub(crate) fn text(time: Duration) -> String {
    // What is longer cannot be read back, and nobody waits for it.
    let time = time.min(Duration::from_secs(MAX_SECONDS));
    let nanos = time.as_nanos();
    let units = [(1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "us")];
    units
        .into_iter()
        .find(|(unit, _)| nanos.is_multiple_of(*unit))
        .map_or_else(
            || format!("{nanos}ns"),
            |(unit, name)| format!("{}{name}", nanos / unit),
        )
}

const MAX_SECONDS: u64 = 1 << 32;
