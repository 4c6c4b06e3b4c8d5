use std::borrow::Cow;

use heygen_types::MediaType;

/// Recognises SubRip subtitles, and WebVTT so that it is not mistaken for them.
pub(super) fn sniff(head: &[u8]) -> Option<MediaType> {
    let text = as_ascii(head);
    let mut lines = text
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty());
    let first = lines.next()?;
    if first == b"WEBVTT" || first.starts_with(b"WEBVTT ") || first.starts_with(b"WEBVTT\t") {
        return Some(MediaType::from("text/vtt"));
    }
    // Blank lines are skipped between the two lines as well: double-spaced files are common.
    (is_number(first, 9) && is_timing(lines.next()?)).then_some(MediaType::Srt)
}

/// Tells whether any line is the timing of a cue, as in a file whose first cue is not well-formed.
pub(super) fn has_timing(head: &[u8]) -> bool {
    let mut text = as_ascii(head).into_owned();
    // UTF-16 without a mark has one beside every character.
    text.retain(|byte| *byte != 0);
    text.split(|byte| matches!(byte, b'\n' | b'\r'))
        .any(is_timing)
}

/// Removes the byte-order mark and, for UTF-16, folds every code unit into one byte.
///
/// What is not ASCII becomes a byte that no SRT syntax uses; other encodings are left alone,
/// because the first two lines of a file are ASCII in all of them.
fn as_ascii(head: &[u8]) -> Cow<'_, [u8]> {
    let fold = |unit: u16| u8::try_from(unit).unwrap_or(0xFF);
    let units = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        bytes
            .chunks_exact(2)
            .map(|pair| fold(read([pair[0], pair[1]])))
            .collect()
    };
    match head {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Cow::Borrowed(rest),
        [0xFF, 0xFE, rest @ ..] => Cow::Owned(units(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Cow::Owned(units(rest, u16::from_be_bytes)),
        _ => Cow::Borrowed(head),
    }
}

/// Tells whether a line is `HH:MM:SS,mmm --> HH:MM:SS,mmm`, with coordinates after it or not.
fn is_timing(line: &[u8]) -> bool {
    let Some(arrow) = line.windows(3).position(|window| window == b"-->") else {
        return false;
    };
    let start = line[..arrow].trim_ascii();
    let end = line[arrow + 3..].trim_ascii_start();
    let end = end
        .split(u8::is_ascii_whitespace)
        .next()
        .unwrap_or_default();
    is_timestamp(start) && is_timestamp(end)
}

/// A point is taken in place of the comma, as players do.
fn is_timestamp(text: &[u8]) -> bool {
    let fields: Vec<_> = text
        .splitn(4, |byte| matches!(byte, b':' | b',' | b'.'))
        .collect();
    let [hours, minutes, seconds, millis] = fields[..] else {
        return false;
    };
    let separators = text.iter().filter(|byte| !byte.is_ascii_digit());
    let numbers = [(hours, 3), (minutes, 2), (seconds, 2), (millis, 3)];
    numbers
        .iter()
        .all(|(field, digits)| is_number(field, *digits))
        && (separators.clone().eq(b"::,") || separators.eq(b"::."))
}

fn is_number(text: &[u8], max_digits: usize) -> bool {
    (1..=max_digits).contains(&text.len()) && text.iter().all(u8::is_ascii_digit)
}
