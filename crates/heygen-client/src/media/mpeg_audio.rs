use heygen_types::MediaType;

const FRAME_HEADER_BYTES: usize = 4;
const KBITS_MPEG_1: [usize; 14] = [
    32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
];
const KBITS_MPEG_2: [usize; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/// Recognises MP3, with or without an ID3v2 tag and after any number of zero bytes.
///
/// Layers I and II share the structure but are not MP3.
pub(super) fn sniff(head: &[u8]) -> Option<MediaType> {
    let stream = skip_zeros(head);
    if let Some(tag_bytes) = id3_tag_bytes(stream) {
        let tagged = skip_zeros(stream.get(tag_bytes..).unwrap_or_default());
        return Some(by_tagged_stream(tagged));
    }
    let padded = stream.len() < head.len();
    starts_with_frame(stream, padded).then_some(MediaType::Mp3)
}

/// Other audio formats carry ID3v2 tags too; MP3 is what the tag was made for.
fn by_tagged_stream(stream: &[u8]) -> MediaType {
    match stream {
        [b'f', b'L', b'a', b'C', ..] => MediaType::from("audio/flac"),
        [0xFF, second, ..] if second & 0xF6 == 0xF0 => MediaType::from("audio/aac"),
        _ => MediaType::Mp3,
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
