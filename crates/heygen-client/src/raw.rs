mod body;

use std::fmt;

use bytes::Bytes;
use heygen_types::{IdempotencyKey, MediaType, Method};
use heygen_upload_core::Call;
use http::{HeaderMap, Uri};

use crate::{
    Client, Error, ErrorKind, Source,
    client::{Shared, repeat_of},
    exchange::{About, Answer, Refusal, raw_request},
};

use body::PreparedBody;

/// A request to the API that is given as it is, for operations without a type: those of tomorrow,
/// or those that a program only passes on.
///
/// ```
/// use heygen_client::{RawRequest, types::Method};
///
/// let request = RawRequest::new(Method::Get, "/v3/podcasts").query("limit", "3");
/// # let _ = request;
/// ```
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct RawRequest {
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    body: RawBody,
    key: Option<IdempotencyKey>,
    key_in_body: bool,
    keeps_key: bool,
    template: Option<String>,
    not_carried_out: &'static [u16],
    repeats: bool,
}

#[derive(Clone)]
enum RawBody {
    None,
    Json(Bytes),
    File(Source, MediaType),
}

impl RawRequest {
    /// Starts a request without query, body or key.
    ///
    /// The path begins with a slash and is escaped already; it goes behind the base URL as it is.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            body: RawBody::None,
            key: None,
            key_in_body: false,
            keeps_key: true,
            template: None,
            not_carried_out: &[],
            repeats: true,
        }
    }

    /// Adds a parameter to the query. Name and value are escaped here.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Sends JSON, byte for byte.
    pub fn json(mut self, body: impl Into<Bytes>) -> Self {
        self.body = RawBody::Json(body.into());
        self
    }

    /// Sends a file in the part `file` of a `multipart/form-data` body, under the name of the
    /// source. It is opened again for every attempt and streamed.
    pub fn file(mut self, source: impl Into<Source>, media_type: MediaType) -> Self {
        self.body = RawBody::File(source.into(), media_type);
        self
    }

    /// Sends an idempotency key, the same on every retry. It makes the request safe to repeat, so
    /// the operation has to declare it.
    pub fn idempotency_key(mut self, key: IdempotencyKey) -> Self {
        self.key = Some(key);
        self
    }

    /// Says that the body holds what makes the request safe to repeat, as
    /// [`Operation::BODY_KEY`](heygen_types::Operation::BODY_KEY) does.
    pub const fn key_in_body(mut self) -> Self {
        self.key_in_body = true;
        self
    }

    /// Says that the key, in the header or in the body, is forgotten after this call. When the
    /// answer is lost, the request is then in doubt: another call could carry it out twice.
    pub const fn key_is_forgotten(mut self) -> Self {
        self.keeps_key = false;
        self
    }

    /// Names the parameters of the path, as in `/v3/videos/{video_id}`, and has the answer checked:
    /// JSON of the API it has to be, about what the path and the query ask for. Entries of a list
    /// that were not asked for are left out of it.
    ///
    /// Without it every answer is passed on.
    pub fn about(mut self, template: impl Into<String>) -> Self {
        self.template = Some(template.into());
        self
    }

    /// Names the statuses after which the request can be sent again also without a key, as
    /// [`Operation::NOT_CARRIED_OUT`](heygen_types::Operation::NOT_CARRIED_OUT) does.
    pub const fn not_carried_out(mut self, statuses: &'static [u16]) -> Self {
        self.not_carried_out = statuses;
        self
    }

    /// Has the request sent once, whatever comes back.
    pub const fn without_repeats(mut self) -> Self {
        self.repeats = false;
        self
    }

    pub(crate) const fn method(&self) -> Method {
        self.method
    }

    /// Returns the method, the path and the query.
    pub(crate) fn head(&self) -> (Method, &str, &[(String, String)]) {
        (self.method, &self.path, &self.query)
    }

    /// Returns the path with the names of its parameters, where they were told.
    pub(crate) fn template(&self) -> &str {
        self.template.as_deref().unwrap_or(&self.path)
    }

    pub(crate) const fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    /// Returns the body where it is JSON.
    pub(crate) const fn json_body(&self) -> Option<&Bytes> {
        match &self.body {
            RawBody::Json(json) => Some(json),
            RawBody::None | RawBody::File(..) => None,
        }
    }

    /// Checks the request and returns its retries.
    pub(crate) fn retries(&self, shared: &Shared) -> Result<Call, Error> {
        self.check()?;
        let mut policy = shared.retry.clone();
        if !self.repeats {
            policy.max_attempts = 1;
        }
        let has_key = self.key.is_some() || self.key_in_body;
        let repeat = repeat_of(self.method, has_key.then_some(self.keeps_key));
        let call = shared.retries(policy, repeat)?;
        Ok(call.not_carried_out(self.not_carried_out))
    }

    fn check(&self) -> Result<(), Error> {
        let is_usable = self.path.starts_with('/')
            && !self.path.contains(['?', '#'])
            && self.path.parse::<Uri>().is_ok()
            && !self
                .path
                .split('/')
                .any(|segment| matches!(segment, "." | ".."));
        if is_usable {
            return Ok(());
        }
        Err(Error::local(
            ErrorKind::InvalidInput,
            format!(
                "{:?} is not the path of a request; nothing was sent",
                self.path
            ),
            "write a path such as /v3/videos, escaped and without a query",
        ))
    }
}

impl fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// An answer, as it came.
#[derive(Clone)]
#[non_exhaustive]
pub struct RawResponse {
    /// The status, 200 to 299 unless it is the answer of an [error](Error::answer).
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, byte for byte but for a compression that was not asked for, a byte-order mark and UTF-16;
    /// empty for a 204.
    pub body: Vec<u8>,
}

impl From<Answer> for RawResponse {
    fn from(answer: Answer) -> Self {
        Self {
            status: answer.status.as_u16(),
            headers: answer.headers,
            body: answer.body,
        }
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The body may hold presigned URLs.
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("len_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Sends a request to the API under the credential and returns the answer as it came.
    ///
    /// It is repeated as a typed operation would be: safely for GET, PUT and DELETE or when it
    /// carries a key, otherwise only when it cannot have been carried out.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`] when the path cannot be used and [`ErrorKind::Source`] when the
    /// file cannot be read: nothing was sent then. A status other than 2xx, and a connection that
    /// fails, are the errors of [`send`](Self::send); [`Error::answer`] has the answer then. So are
    /// those of a request that says what it is [`about`](RawRequest::about).
    pub async fn send_raw(&self, request: &RawRequest) -> Result<RawResponse, Error> {
        let shared = &self.shared;
        let call = request.retries(shared)?;
        let sent = async {
            let body = PreparedBody::new(shared, &request.body).await?;
            let answer = shared.repeating(call, || attempt(shared, request, &body));
            let answer = answer.await.flatten();
            answer.map_err(|error| error.look_for_effect(request.method, request.template()))
        };
        let answer = sent.await.map_err(|error: Error| match &request.body {
            RawBody::File(source, _) => error.of_file(source.shown()),
            _ => error,
        })?;
        Ok(RawResponse::from(answer))
    }
}

async fn attempt(
    shared: &Shared,
    request: &RawRequest,
    body: &PreparedBody,
) -> Result<Result<Answer, Error>, Refusal> {
    let (body, reading) = body.open(shared);
    let outgoing = raw_request(shared, request.head(), request.key(), body)?;
    let answer = shared.call_api(outgoing).await;
    let answer = answer.and_then(|answer| match &request.template {
        Some(template) => {
            let head = (request.method, template.as_str(), request.path.as_str());
            let json = match &request.body {
                RawBody::Json(json) => Some(&json[..]),
                _ => None,
            };
            Shared::check(&About::request(head, &request.query, json), answer)
        }
        None => Ok(Ok(answer)),
    });
    // What the server says of a body that broke off is only a consequence.
    match reading.and_then(|reading| reading.take_fault()) {
        Some(fault) if answer.is_err() => Err(fault.into()),
        _ => answer,
    }
}
