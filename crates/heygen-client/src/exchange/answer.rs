//! Reading answers: bounded, and the headers that matter.

use std::{
    fmt,
    future::poll_fn,
    io::Read as _,
    pin::Pin,
    time::{Duration, UNIX_EPOCH},
};

use flate2::read::MultiGzDecoder;
use heygen_types::PresignedUrl;
use heygen_upload_core::{Failure, FailureKind, Redirect};
use http::{
    HeaderMap, StatusCode,
    header::{CONTENT_ENCODING, CONTENT_LENGTH, LOCATION, RETRY_AFTER},
};
use http_body::Body as _;

use crate::{
    Body, BodyError, TransportError,
    error::failure_kind,
    exchange::{Refusal, Secrets},
};

/// A body that could not be read.
#[derive(Debug)]
pub(crate) enum ReadError {
    TooLong(usize),
    TooSlow,
    Broken(BodyError),
}

impl ReadError {
    /// A success whose body breaks off is a lost connection; one that never ends is nonsense.
    pub(crate) fn into_refusal(self, status: StatusCode) -> Refusal {
        match self {
            Self::TooLong(_) | Self::TooSlow => Refusal {
                failure: Box::new(Failure::unreadable(status.as_u16())),
                cause: Some(Box::new(self)),
                answer: None,
            },
            Self::Broken(error) => {
                let kind = error.transport_error().map(TransportError::kind);
                let failure = match kind.map_or(FailureKind::Interrupted, failure_kind) {
                    FailureKind::Unreadable => Failure::unreadable(status.as_u16()),
                    kind => Failure::new(kind),
                };
                Refusal {
                    failure: Box::new(failure),
                    cause: Some(Box::new(error)),
                    answer: None,
                }
            }
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(max) => write!(f, "the answer is longer than {max} bytes"),
            Self::TooSlow => f.write_str("the answer did not come in time"),
            Self::Broken(_) => f.write_str("the answer broke off"),
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::TooLong(_) | Self::TooSlow => None,
            Self::Broken(error) => Some(error),
        }
    }
}

/// Reads a body to its end, or gives up when it is longer than any answer should be.
pub(crate) async fn read_bounded(mut body: Body, max: usize) -> Result<Vec<u8>, ReadError> {
    let mut read = Vec::new();
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        if let Ok(data) = frame.map_err(ReadError::Broken)?.into_data() {
            if read.len() + data.len() > max {
                return Err(ReadError::TooLong(max));
            }
            read.extend_from_slice(&data);
        }
    }
    Ok(read)
}

/// Takes a body out of the coding that a server gave it, although none was asked for, and takes a
/// byte-order mark off.
pub(crate) fn unpack(
    headers: &mut HeaderMap,
    body: Vec<u8>,
    max: usize,
) -> Result<Vec<u8>, ReadError> {
    // The bytes are a better witness than the header, which a proxy may leave behind or drop.
    let mut body = if body.starts_with(GZIP) {
        let mut plain = Vec::new();
        // A few packed bytes can be many.
        let mut bounded = MultiGzDecoder::new(&body[..]).take(max as u64 + 1);
        let read = bounded.read_to_end(&mut plain);
        read.map_err(|error| ReadError::Broken(BodyError::new(error)))?;
        if plain.len() > max {
            return Err(ReadError::TooLong(max));
        }
        headers.remove(CONTENT_ENCODING);
        headers.remove(CONTENT_LENGTH);
        plain
    } else {
        body
    };
    if body.starts_with(MARK) {
        body.drain(..MARK.len());
    } else if let Some(text) = utf16(&body) {
        body = text.into_bytes();
    }
    Ok(body)
}

/// Reads a text that begins with the byte-order mark of UTF-16.
fn utf16(body: &[u8]) -> Option<String> {
    let unit = match body.get(..2)? {
        [0xFF, 0xFE] => u16::from_le_bytes,
        [0xFE, 0xFF] => u16::from_be_bytes,
        _ => return None,
    };
    let (pairs, []) = body[2..].as_chunks() else {
        return None;
    };
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok()
}

/// What every body in gzip begins with.
const GZIP: &[u8] = &[0x1F, 0x8B];

/// A byte-order mark, which RFC 8259 lets a reader of JSON skip.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Adds what the headers of a refusal say.
pub(crate) fn add_headers(failure: &mut Failure, headers: &HeaderMap, wall_clock: Duration) {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    failure.retry_after =
        text(RETRY_AFTER.as_str()).and_then(|value| retry_after(value, wall_clock));
    if let Some(id) = text("x-request-id").or_else(|| text("x-amz-request-id")) {
        failure.request_id = Some(id.to_owned());
    }
}

/// Adds where a redirect points, hidden when it repeats a secret of the request outside its query,
/// which is never shown.
pub(crate) fn add_redirect(failure: &mut Failure, headers: &HeaderMap, secrets: &Secrets) {
    let Some(location) = headers.get(LOCATION).and_then(|value| value.to_str().ok()) else {
        return;
    };
    let target = PresignedUrl::new(location);
    let shown = location.split(['?', '#']).next().unwrap_or_default();
    failure.redirect = Some(match secrets.hide(shown) == shown {
        true => Redirect::new(target),
        false => Redirect::hidden(target),
    });
}

/// Reads a number of seconds, or an HTTP date and how far away it is.
fn retry_after(value: &str, wall_clock: Duration) -> Option<Duration> {
    let value = value.trim();
    // A sign is none of the digits of a number of seconds.
    if value.starts_with(|first: char| first.is_ascii_digit())
        && let Ok(seconds) = value.parse()
    {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    let since_epoch = date.duration_since(UNIX_EPOCH).ok()?;
    Some(since_epoch.saturating_sub(wall_clock))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn packed(plain: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(plain).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_body_is_unpacked_within_its_bound() {
        let unpack = |body: Vec<u8>| unpack(&mut HeaderMap::new(), body, 100).ok();
        let marked = "\u{feff}{}".as_bytes().to_vec();
        for body in [
            b"{}".to_vec(),
            marked.clone(),
            packed(b"{}"),
            packed(&marked),
        ] {
            assert_eq!(unpack(body).as_deref(), Some(&b"{}"[..]));
        }
        for text in [&b"\xFF\xFE{\0}\0"[..], b"\xFE\xFF\0{\0}"] {
            assert_eq!(unpack(text.to_vec()).as_deref(), Some(&b"{}"[..]));
        }
        assert_eq!(
            unpack(packed(&[b'a'; 100])).map(|body| body.len()),
            Some(100)
        );
        assert_eq!(unpack(packed(&vec![b'a'; 1 << 20])), None);
        let mut cut = packed(b"{}");
        cut.truncate(cut.len() - 4);
        assert_eq!(unpack(cut), None);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = Duration::from_secs(784_111_777 - 60);
        assert_eq!(retry_after("7", now), Some(Duration::from_secs(7)));
        assert_eq!(
            retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now),
            Some(Duration::from_secs(60))
        );
        let past = Duration::from_secs(2_000_000_000);
        assert_eq!(
            retry_after("Sun, 06 Nov 1994 08:49:37 GMT", past),
            Some(Duration::ZERO)
        );
        for nonsense in ["", "soon", "-1", "+1", "1.5", "99999999999999999999999"] {
            assert_eq!(retry_after(nonsense, now), None, "{nonsense:?}");
        }
    }
}
