use heygen_types::MediaType;

use super::{iso_media, signatures};

const FRAME_HEADER_BYTES: usize = 4;
/// More than two frames, at any bit rate.
const FRAMES_BYTES: usize = 4096;
const KBITS_MPEG_1: [usize; 14] = [
    32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
];
const KBITS_MPEG_2: [usize; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/// Recognises MP3, with or without ID3v2 tags and after any number of zero bytes.
///
/// Layers I and II share the structure but are not MP3.
pub(super) fn sniff(head: &[u8]) -> Option<MediaType> {
    let stream = skip_zeros(head);
    match skip_tags(stream) {
        Some(tagged) => Some(by_tagged_stream(tagged)),
        None => {
            let padded = stream.len() < head.len();
            starts_with_frame(stream, padded).then_some(MediaType::Mp3)
        }
    }
}

/// Other formats carry ID3v2 tags too; MP3 is what the tag was made for, so it is what is behind
/// one when nothing else is recognised.
fn by_tagged_stream(behind: &[u8]) -> MediaType {
    let stream = skip_zeros(behind);
    match stream {
        [b'f', b'L', b'a', b'C', ..] => return MediaType::from("audio/flac"),
        [0xFF, second, ..] if second & 0xF6 == 0xF0 => return MediaType::from("audio/aac"),
        _ if starts_with_frame(stream, false) => return MediaType::Mp3,
        _ => {}
    }
    // The size of a box begins with zeros of its own.
    iso_media::sniff(behind)
        .or_else(|| signatures::wave(stream))
        .or_else(|| signatures::other(stream))
        .unwrap_or(MediaType::Mp3)
}

/// Returns what is behind the ID3v2 tags that a stream starts with, nothing where they reach beyond
/// the bytes; `None` when there are none.
fn skip_tags(mut stream: &[u8]) -> Option<&[u8]> {
    let mut behind = None;
    while let Some(tag_bytes) = id3_tag_bytes(stream) {
        let rest = stream.get(tag_bytes..).unwrap_or_default();
        behind = Some(rest);
        stream = skip_zeros(rest);
    }
    behind
}

/// Returns where the ID3v2 tags end that a file starts with, as far as they can be seen in its first
/// bytes. `None` when there are none, and when enough is in sight of what is behind them.
pub(super) fn end_of_tags(head: &[u8]) -> Option<usize> {
    let mut end = None;
    let mut stream = skip_zeros(head);
    while let Some(tag_bytes) = id3_tag_bytes(stream) {
        end = Some(head.len() - stream.len() + tag_bytes);
        stream = skip_zeros(stream.get(tag_bytes..).unwrap_or_default());
    }
    end.filter(|end| end + FRAMES_BYTES > head.len())
}

/// Tells whether there is a stream of layer III anywhere in sight, behind whatever else.
pub(super) fn has_frames(head: &[u8]) -> bool {
    (0..head.len()).any(|at| {
        let successor = |(stream, length): (Stream, usize)| {
            let next = head.get(at + length..).and_then(frame);
            next.is_some_and(|(next, _)| next == stream)
        };
        frame(&head[at..]).is_some_and(successor)
    }) || is_free_format(skip_zeros(head))
}

/// Tells whether there is a tag at the start, of any kind that music has and as broken as it may
/// be.
pub(super) fn starts_with_any_tag(head: &[u8]) -> bool {
    let tags: [&[u8]; 3] = [b"ID3", b"APETAGEX", b"LYRICSBEGIN"];
    tags.iter().any(|tag| skip_zeros(head).starts_with(tag))
}

/// Tells whether a frame begins that has a bit rate of its own, and so a length that its header
/// does not say.
fn is_free_format(bytes: &[u8]) -> bool {
    match bytes {
        [0xFF, second, third, fourth, ..] if third >> 4 == 0 => {
            frame(&[0xFF, *second, third | 0x10, *fourth]).is_some()
        }
        _ => false,
    }
}

fn skip_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    &bytes[zeros..]
}

/// Returns the length of the ID3v2 tag that `bytes` start with, as its header gives it.
fn id3_tag_bytes(bytes: &[u8]) -> Option<usize> {
    let [b'I', b'D', b'3', 2..=4, revision, flags, size @ ..] = bytes.first_chunk::<10>()? else {
        return None;
    };
    let plausible = *revision != 0xFF && flags & 0x0F == 0 && size.iter().all(|byte| *byte < 0x80);
    let footer_bytes = if flags & 0x10 == 0 { 0 } else { 10 };
    let content_bytes = size
        .iter()
        .fold(0, |size, byte| size << 7 | usize::from(*byte));
    plausible.then_some(10 + content_bytes + footer_bytes)
}

/// Tells whether `bytes` start with a layer III frame and go on as such a stream does.
///
/// A frame header is too short to be proof after padding, so its successor must be seen then.
fn starts_with_frame(bytes: &[u8], padded: bool) -> bool {
    let Some((first, length)) = frame(bytes) else {
        return false;
    };
    match bytes
        .get(length..)
        .and_then(<[u8]>::first_chunk::<FRAME_HEADER_BYTES>)
    {
        Some(_) => frame(&bytes[length..]).is_some_and(|(next, _)| next == first),
        None => !padded,
    }
}

/// What stays the same from frame to frame of one stream.
#[derive(PartialEq)]
struct Stream {
    version: u8,
    sample_rate: usize,
}

/// Reads a layer III frame header: the stream it belongs to and the length of the frame in bytes.
fn frame(bytes: &[u8]) -> Option<(Stream, usize)> {
    let [0xFF, second, third, fourth] = *bytes.first_chunk::<FRAME_HEADER_BYTES>()? else {
        return None;
    };
    let version = second >> 3 & 0b11;
    let layer = second >> 1 & 0b11;
    let emphasis = fourth & 0b11;
    if second >> 5 != 0b111 || layer != 0b01 || emphasis == 0b10 {
        return None;
    }
    let (slots, kbits, divisor) = match version {
        0b11 => (144, &KBITS_MPEG_1, 1),
        0b10 => (72, &KBITS_MPEG_2, 2),
        0b00 => (72, &KBITS_MPEG_2, 4),
        _ => return None,
    };
    // Index 0 is "free format", whose frame length the header does not tell.
    let kbits = *kbits.get(usize::from(third >> 4).checked_sub(1)?)?;
    let sample_rate = [44_100, 48_000, 32_000].get(usize::from(third >> 2 & 0b11))? / divisor;
    let padding = usize::from(third >> 1 & 1);
    let length = slots * kbits * 1000 / sample_rate + padding;
    Some((
        Stream {
            version,
            sample_rate,
        },
        length,
    ))
}
