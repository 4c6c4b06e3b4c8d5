use heygen_types::MediaType;

const HEADER: u32 = 0x1A45_DFA3;
const DOC_TYPE: u32 = 0x4282;

/// Recognises WebM and Matroska by the `DocType` element of the EBML header.
///
/// The header is walked element by element, because `DocType` may stand anywhere in it and every
/// size may be written in a longer form than needed.
pub(super) fn sniff(head: &[u8]) -> Option<MediaType> {
    let (id, mut children, _) = element(head)?;
    if id != HEADER {
        return None;
    }
    loop {
        let (id, content, rest) = element(children)?;
        if id == DOC_TYPE {
            return match content.split(|byte| *byte == 0).next()? {
                b"webm" => Some(MediaType::Webm),
                b"matroska" => Some(MediaType::from("video/x-matroska")),
                _ => None,
            };
        }
        children = rest;
    }
}

/// Splits the first element off: its id, its content as far as the bytes reach, and what follows.
fn element(bytes: &[u8]) -> Option<(u32, &[u8], &[u8])> {
    let id_bytes = variable_length(bytes, 4)?;
    let (id, bytes) = bytes.split_at_checked(id_bytes)?;
    let size_bytes = variable_length(bytes, 8)?;
    let (size, bytes) = bytes.split_at_checked(size_bytes)?;

    let id = id.iter().fold(0, |id, byte| id << 8 | u32::from(*byte));
    // A size of eight bytes has no value bit in its first byte; a shorter one has 8 - n of them.
    let value_bits = u64::MAX >> (64 - 7 * size_bytes);
    let size = size
        .iter()
        .fold(0, |size, byte| size << 8 | u64::from(*byte))
        & value_bits;
    // All ones means "unknown": the element then ends where the bytes end.
    let size = usize::try_from(size).unwrap_or(usize::MAX).min(bytes.len());
    let (content, rest) = bytes.split_at(size);
    Some((id, content, rest))
}

/// Returns the length of the variable-length integer that `bytes` start with, at most `max`.
fn variable_length(bytes: &[u8], max: usize) -> Option<usize> {
    let length = bytes.first()?.leading_zeros() as usize + 1;
    (length <= max).then_some(length)
}
