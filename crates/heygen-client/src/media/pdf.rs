use heygen_types::MediaType;

/// How far into a file readers look for the PDF header.
const SEARCH_BYTES: usize = 1024;

/// Recognises PDF, allowing a byte-order mark and white space before the header.
///
/// Readers tolerate any bytes there, but a text that merely mentions `%PDF-` is far more common
/// than a PDF behind other junk; that one is still found by its extension.
pub(super) fn sniff(head: &[u8]) -> Option<MediaType> {
    let head = searched(head);
    let marks: [&[u8]; 3] = [b"\xEF\xBB\xBF", b"\xFE\xFF", b"\xFF\xFE"];
    let head = marks
        .iter()
        .find_map(|mark| head.strip_prefix(*mark))
        .unwrap_or(head);
    let blank = head
        .iter()
        .take_while(|byte| b"\0\t\n\x0C\r ".contains(byte))
        .count();
    head[blank..]
        .starts_with(b"%PDF-")
        .then_some(MediaType::Pdf)
}

/// Tells whether the header is anywhere that readers look for it.
pub(super) fn has_header(head: &[u8]) -> bool {
    searched(head).windows(5).any(|window| window == b"%PDF-")
}

fn searched(head: &[u8]) -> &[u8] {
    &head[..head.len().min(SEARCH_BYTES)]
}
