//! Making requests: from operations, and from what the server said of storage.

use std::{borrow::Cow, fmt};

use heygen_types::{BodyEncoding, IdempotencyKey, Operation, Origin, secret::is_credential_header};
use heygen_upload_core::{FailureKind, PutStep};
use http::{
    HeaderName, HeaderValue, Method, Request, Uri,
    header::{ACCEPT, ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Multipart, Refusal};
use crate::{Body, RawRequest, base_url::PlainHttp, client::Shared};

/// Everything but the unreserved characters of RFC 3986.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Headers that belong to one connection and not to a request. A server that asks for one of them
/// asks to break the framing of the request.
const NOT_FOR_STORAGE: [&str; 9] = [
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Makes the request of an operation, all but its credential.
pub(super) fn api_request<O: Operation>(
    shared: &Shared,
    operation: &O,
    key: Option<&IdempotencyKey>,
    multipart: Option<Multipart>,
) -> Result<Request<Body>, Refusal> {
    let uri = uri(shared, &operation.path(), &operation.query());
    let key_of_header = key.filter(|_| O::IDEMPOTENCY_KEY);
    let mut request = head(shared, O::METHOD, uri, key_of_header);
    let body = match (O::ENCODING, multipart) {
        (_, Some(multipart)) => {
            request = request.header(CONTENT_TYPE, multipart.content_type);
            multipart.body
        }
        (BodyEncoding::Json, None) => {
            request = request.header(CONTENT_TYPE, "application/json");
            json_body(operation, key)
                .map_err(|error| Refusal::new(FailureKind::Unsendable, error))?
                .into()
        }
        (_, None) => Body::empty(),
    };
    request
        .body(body)
        .map_err(|error| Refusal::new(FailureKind::Unsendable, error))
}

/// Makes a request that is given as it is, all but its credential.
pub(crate) fn raw_request(
    shared: &Shared,
    (method, path, query): (heygen_types::Method, &str, &[(String, String)]),
    key: Option<&IdempotencyKey>,
    body: Option<(&str, Body)>,
) -> Result<Request<Body>, Refusal> {
    let mut request = head(shared, method, uri(shared, path, query), key);
    let body = match body {
        Some((content_type, body)) => {
            request = request.header(CONTENT_TYPE, content_type);
            body
        }
        None => Body::empty(),
    };
    request
        .body(body)
        .map_err(|error| Refusal::new(FailureKind::Unsendable, error))
}

/// Makes the request of an operation that answers with a stream of events.
pub(crate) fn event_request<O: Operation>(
    shared: &Shared,
    operation: &O,
    key: &IdempotencyKey,
) -> Result<Request<Body>, Refusal> {
    api_request(shared, operation, Some(key), None).map(accepting_events)
}

/// Makes a request that is given as it is, for a stream of events.
pub(crate) fn raw_event_request(
    shared: &Shared,
    request: &RawRequest,
) -> Result<Request<Body>, Refusal> {
    let body = request
        .json_body()
        .map(|json| ("application/json", json.clone().into()));
    raw_request(shared, request.head(), request.key(), body).map(accepting_events)
}

/// The media type of a stream of events. A request that accepts it tells the transport that its
/// answer may take any time.
pub(super) const EVENT_STREAM: &str = "text/event-stream";

fn accepting_events(mut request: Request<Body>) -> Request<Body> {
    let accepted = HeaderValue::from_static(EVENT_STREAM);
    request.headers_mut().insert(ACCEPT, accepted);
    request
}

/// Writes the URI of a request: the base, the path as it is, the query escaped.
fn uri<N: AsRef<str>>(shared: &Shared, path: &str, query: &[(N, String)]) -> String {
    let mut uri = format!("{}{path}", shared.base_url.as_str());
    for (position, (name, value)) in query.iter().enumerate() {
        uri.push(if position == 0 { '?' } else { '&' });
        uri.extend(utf8_percent_encode(name.as_ref(), QUERY));
        uri.push('=');
        uri.extend(utf8_percent_encode(value, QUERY));
    }
    uri
}

/// Begins a request to the API.
fn head(
    shared: &Shared,
    method: heygen_types::Method,
    uri: String,
    key: Option<&IdempotencyKey>,
) -> http::request::Builder {
    let method = Method::from_bytes(method.as_str().as_bytes());
    let request = Request::builder()
        .method(method.expect("the API's methods are HTTP's"))
        .uri(uri)
        .header(ACCEPT, "application/json")
        // Without it any coding would be a good answer.
        .header(ACCEPT_ENCODING, "identity")
        .header(USER_AGENT, shared.user_agent.clone());
    match key {
        Some(key) => request.header("idempotency-key", key.as_str()),
        None => request,
    }
}

/// Writes the body of an operation, with the key where the operation has it there.
fn json_body<O: Operation>(
    operation: &O,
    key: Option<&IdempotencyKey>,
) -> Result<Vec<u8>, serde_json::Error> {
    let body = operation.body();
    let (Some(field), Some(key)) = (O::BODY_KEY, key) else {
        return serde_json::to_vec(body);
    };
    let mut body = serde_json::to_value(body)?;
    if let Some(members) = body.as_object_mut() {
        members.entry(field).or_insert_with(|| key.as_str().into());
    }
    serde_json::to_vec(&body)
}

/// Makes the PUT to a presigned URL: the URL and the headers as they came, and nothing else.
pub(crate) fn storage_request(
    shared: &Shared,
    step: &PutStep,
    body: Body,
) -> Result<Request<Body>, Refusal> {
    let refuse = |problem| Refusal::new(FailureKind::Unsendable, problem);
    let uri = storage_uri(step.url.expose(), shared.plain_http).map_err(refuse)?;
    let mut request = Request::builder()
        .method(Method::PUT)
        .uri(uri.clone())
        .body(body)
        .map_err(|_| {
            refuse(StorageProblem::Url(
                "cannot be written into a request".into(),
            ))
        })?;
    for (name, value) in step.headers.iter() {
        let header = storage_header(name, value).map_err(refuse)?;
        // The transport writes these two itself; they must not go out twice, nor say otherwise.
        let own = match header.0 {
            CONTENT_LENGTH => Some(step.size.bytes().to_string()),
            HOST => uri
                .authority()
                .map(|authority| authority.as_str().to_owned()),
            _ => None,
        };
        match own {
            Some(own) if own == value => continue,
            Some(_) => {
                return Err(refuse(StorageProblem::Header(
                    header.0,
                    "contradicts the URL or the size",
                )));
            }
            None => {}
        }
        if request.headers().contains_key(&header.0) {
            return Err(refuse(StorageProblem::Header(
                header.0,
                "is asked for twice",
            )));
        }
        request.headers_mut().insert(header.0, header.1);
    }
    Ok(request)
}

fn storage_uri(url: &str, plain_http: PlainHttp) -> Result<Uri, StorageProblem> {
    let uri: Uri = url
        .parse()
        .map_err(|_| StorageProblem::Url("is not a URL".into()))?;
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let origin = Origin::from_parts(uri.scheme_str().unwrap_or_default(), authority)
        .map_err(|invalid| StorageProblem::Url(invalid.problem().to_owned().into()))?;
    if !origin.is_https() && !plain_http.allows(&origin) {
        return Err(StorageProblem::Url(match plain_http {
            PlainHttp::Nowhere => "is http while the API is https".into(),
            _ => "is http on another machine, which was not allowed".into(),
        }));
    }
    // What is signed is what was written: a URL that the parser changes cannot be used.
    let path = uri.path_and_query().map(|path| path.as_str());
    let written = url.split_once("://");
    if written.and_then(|(_, rest)| rest.strip_prefix(authority)) != path {
        return Err(StorageProblem::Url(
            "has a fragment or is not in its normal form".into(),
        ));
    }
    Ok(uri)
}

fn storage_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), StorageProblem> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| StorageProblem::HeaderName)?;
    if is_credential_header(name.as_str()) {
        return Err(StorageProblem::Header(
            name,
            "is for a credential, which storage never gets",
        ));
    }
    if NOT_FOR_STORAGE.contains(&name.as_str()) {
        return Err(StorageProblem::Header(
            name,
            "belongs to a connection, not to a request",
        ));
    }
    match HeaderValue::from_str(value) {
        Ok(mut value) => {
            value.set_sensitive(true);
            Ok((name, value))
        }
        Err(_) => Err(StorageProblem::Header(
            name,
            "has a value that no header may have",
        )),
    }
}

/// What is wrong with the place in storage that the server gave. It shows neither the URL nor a
/// header's value.
#[derive(Debug)]
enum StorageProblem {
    Url(Cow<'static, str>),
    HeaderName,
    Header(HeaderName, &'static str),
}

impl fmt::Display for StorageProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(problem) => write!(f, "the upload_url, or where it redirects to, {problem}"),
            Self::HeaderName => f.write_str(
                "upload_headers that the server gave hold a name that no header may have",
            ),
            Self::Header(name, problem) => {
                write!(
                    f,
                    "the header {name} in the server's upload_headers {problem}"
                )
            }
        }
    }
}

impl std::error::Error for StorageProblem {}

#[cfg(test)]
mod tests {
    use super::{PlainHttp, storage_uri};

    #[test]
    fn a_presigned_url_is_used_as_it_is_written_or_not_at_all() {
        for good in [
            "https://s.example/a%2Fb?X-Amz-Signature=1",
            "HTTPS://S.example:443/a",
            "https://s.example?X-Amz-Signature=1",
        ] {
            assert!(storage_uri(good, PlainHttp::Nowhere).is_ok(), "{good}");
        }
        for bad in [
            "https://s.example/a#b",
            // What follows the fragment looks like the path before it.
            "https://s.example/a#/a",
            "https://s.example#/",
            "https://s.example",
            "https://u:p@s.example/a",
            "https://s.example:99999/a",
            "https://s.example:8x/a",
            "https://s.example:-1/a",
            "https://s.example:/a",
            "https://s..example/a",
            "http://s.example/a",
            "/a",
            "",
        ] {
            assert!(storage_uri(bad, PlainHttp::Nowhere).is_err(), "{bad}");
        }
        assert!(storage_uri("http://s.example/a", PlainHttp::Anywhere).is_ok());
    }
}
