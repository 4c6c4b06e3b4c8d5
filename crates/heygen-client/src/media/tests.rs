mod audio;
mod files;
mod names;
mod others;
mod robustness;
mod text;
mod video;

use heygen_types::MediaType;

use super::sniff;

/// Returns what `head` is found to be, in the API's words.
fn name(head: impl AsRef<[u8]>) -> Option<String> {
    sniff(head.as_ref()).map(|media_type| media_type.to_string())
}

fn is(head: impl AsRef<[u8]>, media_type: &MediaType) -> bool {
    sniff(head.as_ref()).as_ref() == Some(media_type)
}
