use heygen_types::MediaType;

use crate::Blob;

/// Detects the type of content from its first bytes, whatever it was called.
pub(crate) fn detect(content: &Blob) -> Option<MediaType> {
    heygen_client::media::sniff(content.first_bytes())
}

const _: () = assert!(Blob::FIRST_BYTES >= heygen_client::media::SNIFF_BYTES);
