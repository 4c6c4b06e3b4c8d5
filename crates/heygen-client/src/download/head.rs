//! What the head of an answer says of the file behind it, and where a redirect leads.

use heygen_types::{Invalid, Origin, secret::without_query};
use heygen_upload_core::FailureKind;
use http::{HeaderMap, Response, StatusCode, Uri, header, uri::Scheme};

use crate::exchange::Refusal;

/// Which bytes come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: u64,
    pub(super) total: Option<u64>,
}

/// Reads which bytes come, and refuses any others than those that were asked for.
pub(super) fn span<B>(response: &Response<B>, asked: u64) -> Result<Span, &'static str> {
    let coding = text(response.headers(), header::CONTENT_ENCODING);
    if coding.is_some_and(|coding| !coding.eq_ignore_ascii_case("identity")) {
        return Err("the server packed the file, which it was asked not to do");
    }
    let length = length(response.headers());
    if response.status() != StatusCode::PARTIAL_CONTENT {
        return Ok(Span {
            from: 0,
            total: length,
        });
    }
    let range = text(response.headers(), header::CONTENT_RANGE).and_then(content_range);
    match range {
        Some((from, total)) if from == asked => Ok(Span { from, total }),
        _ => Err("the server gave another part of the file than was asked for"),
    }
}

/// Returns what an answer says that it is, when that is no file of the API: videos, images, sound and
/// subtitles.
pub(super) fn not_a_file(headers: &HeaderMap) -> Option<&'static str> {
    let media_type = text(headers, header::CONTENT_TYPE)?;
    let essence = media_type.split(';').next()?.trim().to_ascii_lowercase();
    match essence.as_str() {
        "text/html" | "application/xhtml+xml" => Some(PAGE),
        "application/json" | "application/problem+json" => Some(JSON),
        _ => None,
    }
}

/// Returns what content is by its first bytes, when that is no file of the API.
pub(super) fn begins_as_page(content: &[u8]) -> Option<&'static str> {
    let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
    let content = content.trim_ascii_start();
    let begins = |with: &str| {
        let start = content.get(..with.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()))
    };
    if begins("<!doctype html") || begins("<html") {
        return Some(PAGE);
    }
    // Subtitles may begin with a brace, but not with a member.
    let inner = content.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    let is_json = inner.is_some_and(|inner| inner.starts_with(b"\"") || inner.starts_with(b"}"));
    is_json.then_some(JSON)
}

const PAGE: &str = "an HTML page";
const JSON: &str = "JSON";

/// Reads `bytes FROM-TO/TOTAL`.
fn content_range(text: &str) -> Option<(u64, Option<u64>)> {
    let (range, total) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (from, _) = range.split_once('-')?;
    let total = match total {
        "*" => None,
        total => Some(total.parse().ok()?),
    };
    Some((from.parse().ok()?, total))
}

pub(super) fn length(headers: &HeaderMap) -> Option<u64> {
    text(headers, header::CONTENT_LENGTH)?.parse().ok()
}

/// Returns the strong entity tag: a weak one does not promise the same bytes.
pub(super) fn version(headers: &HeaderMap) -> Option<String> {
    let tag = text(headers, header::ETAG)?;
    (!tag.starts_with("W/")).then(|| tag.to_owned())
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Returns a URL in the form of a request.
pub(super) fn place(url: &str, plain_is_allowed: bool) -> Result<Uri, Refusal> {
    let shown = without_query(url);
    let origin: Origin = url
        .parse()
        .map_err(|invalid: Invalid| refuse(format!("the URL {shown} {}", invalid.problem())))?;
    if !origin.is_https() && !plain_is_allowed {
        return Err(refuse(format!(
            "the URL {shown} is http while the API is https"
        )));
    }
    url.parse()
        .map_err(|_| refuse(format!("the URL {shown} cannot be sent")))
}

/// Returns where a redirect leads; `None` when the answer is none.
pub(super) fn next_place<B>(place: &Uri, response: &Response<B>) -> Option<Result<Uri, Refusal>> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let target = text(response.headers(), header::LOCATION)?;
    let plain_is_allowed = place.scheme() == Some(&Scheme::HTTP);
    if !target.starts_with('/') || target.starts_with("//") {
        return Some(self::place(target, plain_is_allowed));
    }
    let mut parts = place.clone().into_parts();
    parts.path_and_query = target.parse().ok();
    Some(Uri::from_parts(parts).map_err(|_| refuse("the redirect leads nowhere".to_owned())))
}

fn refuse(problem: String) -> Refusal {
    Refusal::new(FailureKind::Unsendable, problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&str, &str)]) -> Response<()> {
        let mut response = Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        response.body(()).unwrap()
    }

    #[test]
    fn a_part_has_to_be_the_one_that_was_asked_for() {
        let part = |range| span(&answer(206, &[("content-range", range)]), 5);
        let total = Some(10);
        assert_eq!(part("bytes 5-9/10"), Ok(Span { from: 5, total }));
        let total = None;
        assert_eq!(part("bytes 5-9/*"), Ok(Span { from: 5, total }));
        for wrong in ["bytes 0-9/10", "bytes 5", "5-9/10", "bytes x-9/10", ""] {
            assert!(part(wrong).is_err(), "{wrong}");
        }
        let whole = answer(200, &[("content-length", "10")]);
        let total = Some(10);
        assert_eq!(span(&whole, 5), Ok(Span { from: 0, total }));
        let coded = |coding| span(&answer(200, &[("content-encoding", coding)]), 0).is_ok();
        assert!(coded("identity") && !coded("gzip"));
    }

    #[test]
    fn a_redirect_never_leads_from_https_to_http() {
        let https: Uri = "https://a.example/x?q".parse().unwrap();
        let to = |target: &str| next_place(&https, &answer(302, &[("location", target)]));
        let leads = |target: &str| to(target).unwrap().unwrap().to_string();
        assert_eq!(leads("/y?z"), "https://a.example/y?z");
        assert_eq!(leads("https://b.example/y"), "https://b.example/y");
        for refused in [
            "http://b.example/y",
            "https://b.example:99999/y",
            "https://b.example:8x/y",
            "https://b example/y",
            "//b.example/y",
        ] {
            let target = format!("{refused}?SECRET");
            let refusal = to(&target).unwrap().unwrap_err();
            let cause = refusal.cause.unwrap().to_string();
            let shown = without_query(refused);
            assert!(
                cause.contains(shown) && !cause.contains("SECRET"),
                "{cause}"
            );
        }
        assert!(next_place(&https, &answer(403, &[])).is_none());
    }

    #[test]
    fn only_a_strong_tag_identifies_a_version() {
        let tag = |value| version(answer(200, &[("etag", value)]).headers());
        assert_eq!(tag("\"a\"").as_deref(), Some("\"a\""));
        assert_eq!(tag("W/\"a\""), None);
    }
}
