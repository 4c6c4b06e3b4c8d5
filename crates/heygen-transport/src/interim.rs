use heygen_client::TransportError;
use http::HeaderMap;

use crate::unreadable;

/// The informational answers (1xx) before an answer, which have to have an end: each of them is
/// thrown away, and a server could send them for ever without an answer ever being late.
#[derive(Debug, Default)]
pub struct Interim {
    len_bytes: usize,
}

impl Interim {
    /// Takes note of one more, by its headers.
    ///
    /// # Errors
    ///
    /// [`Unreadable`](heygen_client::TransportErrorKind::Unreadable) once they are more than 64 KiB together,
    /// which is two thousand without any headers.
    pub fn add(&mut self, headers: &HeaderMap) -> Result<(), TransportError> {
        let lines = headers
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len() + SEPARATORS_BYTES);
        self.len_bytes += STATUS_LINE_BYTES + lines.sum::<usize>();
        if self.len_bytes > MAX_BYTES {
            return Err(unreadable(
                &[],
                "the server sends informational answers without end",
            ));
        }
        Ok(())
    }
}

const MAX_BYTES: usize = 64 * 1024;
/// About as long as `HTTP/1.1 102 Processing` and the empty line after it.
const STATUS_LINE_BYTES: usize = 32;
const SEPARATORS_BYTES: usize = 4;
