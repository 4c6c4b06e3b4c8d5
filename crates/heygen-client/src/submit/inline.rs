//! Files that travel inside the request.

use std::io::{self, Read as _};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use heygen_types::{AssetInput, Base64Data, limits};

use crate::{Error, ErrorKind, Source, client::Shared, media, source::Content};

/// The largest file that is put into a request. The API states no limit of its own for base64.
const INLINE_MAX: u64 = limits::SINGLE_REQUEST_CLIENT_MAX.bytes();

/// Reads a file and encodes it.
pub(super) async fn encode(shared: &Shared, source: Source) -> Result<AssetInput, Error> {
    source.check_path()?;
    let read = |content: &Content| -> io::Result<Option<Vec<u8>>> {
        let opened = content.open()?;
        if opened.fingerprint()?.size_bytes > INLINE_MAX {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        // The file may have grown since it was looked at.
        opened.take(INLINE_MAX + 1).read_to_end(&mut bytes)?;
        Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= INLINE_MAX))
    };
    let attempt = || async {
        let content = source.content.clone();
        let bytes = crate::blocking::run(&*shared.runtime, move || read(&content)).await;
        bytes.unwrap_or_else(|| Err(io::Error::other("its reader stopped")))
    };
    let bytes = shared.patiently(None, |_, _| {}, attempt).await;
    let bytes = bytes.map_err(Error::source_unreadable)?;
    let Some(bytes) = bytes else {
        return Err(Error::local(
            ErrorKind::TooLarge,
            format!(
                "the file is larger than the {INLINE_MAX} bytes that fit into a request; nothing was sent"
            ),
            "have it uploaded first: pass the file itself, not FileInput::inline",
        ));
    };
    if bytes.is_empty() {
        return Err(Error::empty_source());
    }
    let head = media::read_head(&bytes[..]).expect("memory can be read");
    let detection = media::detect(&head, source.name());
    match detection.media_type() {
        Some(media_type) if media_type.is_accepted_in_direct_upload() => {
            let data = Base64Data::new(BASE64_STANDARD.encode(&bytes));
            Ok(AssetInput::base64(media_type.clone(), data))
        }
        _ => Err(Error::unsupported(&detection)),
    }
}
