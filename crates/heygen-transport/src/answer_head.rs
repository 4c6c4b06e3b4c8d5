use heygen_client::TransportError;
use http::{HeaderName, HeaderValue, Response, StatusCode, Version};

use crate::unreadable;

/// How many headers the head of a response may have. Some networks add hundreds for debugging; what
/// bounds them in the end are the [`MAX_HEAD_BYTES`].
pub const MAX_HEADERS: usize = 1024;

/// How many bytes the head of a response may have.
pub const MAX_HEAD_BYTES: usize = 64 * 1024;

/// Reads the head of a response at the front of the input, and returns its length in bytes with it;
/// `None` when not all of it is there yet.
///
/// Lines as old gateways write them are accepted, as browsers and curl do: folded ones (RFC 9112,
/// section 5.2), and those with a space before the colon.
///
/// # Errors
///
/// As [`unreadable`] names them, when it is no head or one without an end.
pub fn read_head(input: &[u8]) -> Result<Option<(usize, Response<()>)>, TransportError> {
    let mut headers = vec![httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut head = httparse::Response::new(&mut headers);
    let parsed = httparse::ParserConfig::default()
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_spaces_after_header_name_in_responses(true)
        .parse_response(&mut head, input);
    let len_bytes = match parsed {
        Ok(httparse::Status::Complete(len_bytes)) => len_bytes,
        Ok(httparse::Status::Partial) if input.len() > MAX_HEAD_BYTES => {
            return Err(unreadable(&[], "the head of the response has no end"));
        }
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(error) => return Err(unreadable(input, error)),
    };
    let mut response = Response::new(());
    *response.version_mut() = match head.version {
        Some(0) => Version::HTTP_10,
        _ => Version::HTTP_11,
    };
    *response.status_mut() = StatusCode::from_u16(head.code.unwrap_or_default())
        .map_err(|error| unreadable(&[], error))?;
    for header in head.headers.iter() {
        let name = HeaderName::from_bytes(header.name.as_bytes());
        let unfolded: Vec<u8> = header
            .value
            .iter()
            .map(|byte| match byte {
                b'\r' | b'\n' => b' ',
                byte => *byte,
            })
            .collect();
        let value = HeaderValue::from_bytes(&unfolded);
        let (Ok(name), Ok(value)) = (name, value) else {
            return Err(unreadable(&[], "the response has a header that is none"));
        };
        response.headers_mut().append(name, value);
    }
    Ok(Some((len_bytes, response)))
}
