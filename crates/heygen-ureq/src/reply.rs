//! What a response says of itself: its head, and how its body ends.

use heygen_client::TransportError;
use heygen_transport::read_head;
use http::{
    HeaderMap, Method, Response, StatusCode, Version,
    header::{CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING},
};

use crate::{chunks::Chunks, failure::unreadable, wire::Wire};

/// Takes a head off the front of the input, if all of it is there.
pub(crate) fn take_head(wire: &mut Wire) -> Result<Option<Response<()>>, TransportError> {
    Ok(read_head(wire.input())?.map(|(len_bytes, response)| {
        drop(wire.take(len_bytes));
        response
    }))
}

/// How the end of a body is known.
#[derive(Debug)]
pub(crate) enum Framing {
    Length(u64),
    Chunked(Chunks),
    /// The server closes the connection.
    Close,
}

impl Framing {
    /// Reads the framing from a head (RFC 9112, section 6.3).
    pub(crate) fn new(method: &Method, response: &Response<()>) -> Result<Self, TransportError> {
        let (status, headers) = (response.status(), response.headers());
        let has_no_body = method == Method::HEAD
            || status.is_informational()
            || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
        if has_no_body {
            return Ok(Self::Length(0));
        }
        if headers.contains_key(TRANSFER_ENCODING) {
            let last = tokens(headers, &TRANSFER_ENCODING).last();
            let is_chunked = last.is_some_and(|last| last.eq_ignore_ascii_case("chunked"));
            let is_chunked = is_chunked && response.version() == Version::HTTP_11;
            return Ok(if is_chunked {
                Self::Chunked(Chunks::default())
            } else {
                Self::Close
            });
        }
        let mut lengths = tokens(headers, &CONTENT_LENGTH).map(length);
        let Some(first) = lengths.next() else {
            return Ok(if headers.contains_key(CONTENT_LENGTH) {
                return Err(unreadable(BAD_LENGTH));
            } else {
                Self::Close
            });
        };
        match first {
            Some(length) if lengths.all(|other| other == first) => Ok(Self::Length(length)),
            _ => Err(unreadable(BAD_LENGTH)),
        }
    }

    /// Returns the size when it is known before the end.
    pub(crate) fn len_bytes(&self) -> Option<u64> {
        match self {
            Self::Length(length) => Some(*length),
            _ => None,
        }
    }
}

/// Tells whether the server keeps the connection open after its response.
pub(crate) fn keeps_open(response: &Response<()>) -> bool {
    let headers = response.headers();
    // A length beside chunks smells of an intermediary that takes one body for two.
    let is_plain =
        !(headers.contains_key(TRANSFER_ENCODING) && headers.contains_key(CONTENT_LENGTH));
    let closes = tokens(headers, &CONNECTION).any(|token| token.eq_ignore_ascii_case("close"));
    is_plain
        && !closes
        && response.version() == Version::HTTP_11
        && response.status() != StatusCode::SWITCHING_PROTOCOLS
}

/// Returns the words of a header that holds a list. What is not text is one word that fits nothing.
fn tokens<'a>(headers: &'a HeaderMap, name: &http::HeaderName) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(name)
        .iter()
        .flat_map(|value| value.to_str().unwrap_or("?").split(','))
        .map(str::trim)
}

fn length(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

const BAD_LENGTH: &str = "the response has no usable content-length";
