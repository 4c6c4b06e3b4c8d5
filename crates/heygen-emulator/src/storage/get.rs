use std::ops::Range;

use http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use super::{StorageCode, StorageProblem, etag};
use crate::{exchange::Payload, state::State};

/// What a GET wants of an object: all of it, or a piece if it is still the same object.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    key: String,
    range: Option<String>,
    if_range: Option<String>,
    if_match: Option<String>,
}

impl Wanted {
    pub(crate) fn new(key: String, headers: &HeaderMap) -> Self {
        let text = |name| Some(headers.get(name)?.to_str().ok()?.to_owned());
        Self {
            key,
            range: text(header::RANGE),
            if_range: text(header::IF_RANGE),
            if_match: text(header::IF_MATCH),
        }
    }
}

/// Answers with an object, or with the piece of it that is wanted.
pub(crate) fn serve(state: &State, wanted: &Wanted) -> Result<Response<Payload>, StorageProblem> {
    let served = state.served(&wanted.key);
    let Some((content, media_type)) = served.filter(|(content, _)| content.is_kept()) else {
        return Err(StorageProblem::new(StorageCode::NoSuchKey).with("Key", &*wanted.key));
    };
    let etag = etag(content);
    let is_other = |known: &String| known != "*" && known.as_bytes() != etag.as_bytes();
    if wanted.if_match.as_ref().is_some_and(is_other) {
        return Err(StorageProblem::new(StorageCode::PreconditionFailed));
    }
    let size = content.size_bytes();
    let range = wanted.range.as_deref().and_then(|text| parse(text, size));
    let range = range.filter(|_| !wanted.if_range.as_ref().is_some_and(is_other));
    let mut response = match range {
        None => Response::new(Payload::Blob(content.clone())),
        Some(range) if range.is_empty() => {
            let asked = wanted.range.clone().unwrap_or_default();
            return Err(StorageProblem::new(StorageCode::InvalidRange)
                .with("RangeRequested", asked)
                .with("ActualObjectSize", size.to_string()));
        }
        Some(range) => {
            let told = format!("bytes {}-{}/{size}", range.start, range.end - 1);
            let content = content.clone();
            let mut response = Response::new(Payload::Part { content, range });
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let told = told.parse().expect("digits are a header value");
            response.headers_mut().insert(header::CONTENT_RANGE, told);
            response
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag);
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let media_type = media_type
        .and_then(|known| HeaderValue::from_str(known.as_str()).ok())
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, media_type);
    Ok(response)
}

/// Reads a range: empty when there is nothing at that place, `None` when it is not one range of
/// bytes, for which S3 gives the whole object.
fn parse(text: &str, size: u64) -> Option<Range<u64>> {
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    let number = |digits: &str| digits.trim().parse::<u64>().ok();
    let range = match (first.trim(), last.trim()) {
        ("", last) => size.saturating_sub(number(last)?)..size,
        (first, "") => number(first)?..size,
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            first..last.saturating_add(1).min(size)
        }
    };
    Some(if range.start < range.end { range } else { 0..0 })
}
