//! Finding out the media type of a file.

use heygen_client::media::{Evidence, SNIFF_BYTES, contradicts, detect, read_head, sniff};
use heygen_types::MediaType;

/// The bytes are the beginning of a file.
pub(super) fn run(bytes: &[u8]) {
    let found = sniff(bytes);
    assert_eq!(found, sniff(bytes), "equal files are of equal type");
    // A file may be shorter than what is usually read of it, or have been cut off anywhere.
    for end in [1, 2, 3, 4, 8, 12, 16, 64, 300, SNIFF_BYTES] {
        let _ = sniff(&bytes[..bytes.len().min(end)]);
    }
    let head = read_head(bytes).expect("memory can be read");
    assert!(head.len() >= bytes.len().min(10), "tags stay tags");
    for media_type in MediaType::ACCEPTED {
        let _ = contradicts(&head, media_type);
    }
    for name in [
        None,
        Some("a.mp4"),
        Some("a.docx"),
        Some("a.mp3"),
        Some("a.srt"),
        Some("a.PNG"),
        Some("a"),
    ] {
        let detection = detect(bytes, name);
        let by_content = detection.evidence() == Some(Evidence::Content);
        if by_content {
            assert_eq!(detection.media_type(), found.as_ref());
        } else {
            // Only what is kept in ZIP archives goes by its name against its content.
            assert!(found.as_ref().is_none_or(|found| *found == MediaType::Zip));
        }
        if let Some(claimed) = detection.contradicted_extension() {
            assert!(by_content && detection.media_type() != Some(claimed));
        }
    }
}
