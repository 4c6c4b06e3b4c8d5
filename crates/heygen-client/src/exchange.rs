//! One request out, one answer in: HTTP and nothing else.

mod about;
mod answer;
mod build;
mod secrets;
mod words;

pub(crate) use about::About;
pub(crate) use build::{raw_request, storage_request};
pub(crate) use secrets::Secrets;

use std::{error::Error as StdError, fmt};

use heygen_types::{
    ApiError, Envelope, IdempotencyKey, Json, Method, Operation, Origin, secret::without_values,
};
use heygen_upload_core::{Failure, FailureKind};
use http::{HeaderMap, Request, Response, StatusCode, header::CONTENT_ENCODING};
use serde::{Deserialize as _, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    Body, Destination, Error,
    client::Shared,
    error::failure_kind,
    exchange::{about::OtherThing, answer::read_bounded},
    shortage::is_local_shortage,
    stream::SourceFault,
};

/// The largest answer of the API that is read: lists of a hundred records are far below.
const API_ANSWER_MAX: usize = 8 * 1024 * 1024;

/// The largest answer of the storage that is read: an error document is far below.
const STORAGE_ANSWER_MAX: usize = 64 * 1024;

/// A request that did not end well: what the machine is told, and the cause for the user.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) failure: Box<Failure>,
    pub(crate) cause: Option<Box<dyn StdError + Send + Sync>>,
    /// What the API answered.
    pub(crate) answer: Option<Box<Answer>>,
}

impl Refusal {
    pub(crate) fn new(
        kind: FailureKind,
        cause: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            failure: Box::new(Failure::new(kind)),
            cause: Some(cause.into()),
            answer: None,
        }
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self {
            failure: Box::new(failure),
            cause: None,
            answer: None,
        }
    }
}

impl From<SourceFault> for Refusal {
    fn from(fault: SourceFault) -> Self {
        let kind = match fault {
            SourceFault::Changed(_) => FailureKind::SourceChanged,
            SourceFault::Unreadable(ref error) if is_local_shortage(error) => {
                FailureKind::LocalResources
            }
            SourceFault::Unreadable(_) => FailureKind::SourceUnreadable,
        };
        Self::new(kind, fault)
    }
}

/// An answer of the API, unpacked and not looked into.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// What the request had to keep to itself.
    secrets: Secrets,
}

/// The body of an API request that is not the operation's own JSON.
pub(crate) struct Multipart {
    pub(crate) content_type: String,
    pub(crate) body: Body,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Headers and body may hold presigned URLs.
        f.debug_struct("Answer")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Shared {
    /// Sends an operation once, as a step of an upload, and reads its response. Whether the answer
    /// is about the right asset is left to the machine.
    pub(crate) async fn call<O: Operation>(
        &self,
        operation: &O,
        key: Option<&IdempotencyKey>,
        multipart: Option<Multipart>,
    ) -> Result<O::Response, Refusal> {
        self.call_knowing(operation, key, multipart, &[]).await
    }

    /// Does what [`call`](Self::call) does. What is `known` stands in for members that the answer
    /// leaves out, so that they are compared with nothing else.
    pub(crate) async fn call_knowing<O: Operation>(
        &self,
        operation: &O,
        key: Option<&IdempotencyKey>,
        multipart: Option<Multipart>,
        known: &[(&str, Value)],
    ) -> Result<O::Response, Refusal> {
        let request = build::api_request(self, operation, key, multipart)?;
        let answer = self.call_api(request).await?;
        let about = About::operation(operation).keeping_foreign();
        let opened = open(&about, &answer, Some(O::ENVELOPE))?;
        // What would be made up for here is all that shows that the step was taken.
        if opened.is_empty {
            return Err(unreadable("is empty".to_owned(), answer));
        }
        decode(opened.value, known).map_err(|cause| unreadable(cause, answer))
    }

    /// Sends an operation once and reads its response. One about something else than was asked for
    /// is an error that no repetition mends.
    pub(crate) async fn ask<O: Operation>(
        &self,
        operation: &O,
        key: Option<&IdempotencyKey>,
    ) -> Result<Result<O::Response, Error>, Refusal> {
        let request = build::api_request(self, operation, key, None)?;
        let answer = self.call_api(request).await?;
        let about = About::operation(operation);
        let opened = open(&about, &answer, Some(O::ENVELOPE))?;
        if let Some(other) = opened.other {
            return Ok(Err(answer.about_something_else(other, about.method())));
        }
        match decode(opened.value, &[]) {
            Ok(response) => Ok(Ok(response)),
            Err(cause) => Err(unreadable(cause, answer)),
        }
    }

    /// Compares an answer with what was asked for, and leaves out what was not.
    pub(crate) fn check(
        about: &About<'_>,
        mut answer: Answer,
    ) -> Result<Result<Answer, Error>, Refusal> {
        let opened = open(about, &answer, None)?;
        if let Some(other) = opened.other {
            return Ok(Err(answer.about_something_else(other, about.method())));
        }
        if opened.is_shorter {
            answer.body = opened.value.to_string().into_bytes();
        }
        Ok(Ok(answer))
    }

    /// Sends a request to the API once, under the credential, and reads a successful answer.
    pub(crate) async fn call_api(&self, mut request: Request<Body>) -> Result<Answer, Refusal> {
        self.credential
            .add_to(request.headers_mut())
            .await
            .map_err(|error| Refusal::new(FailureKind::Credential, error))?;
        let secrets = Secrets::of(&request);
        let response = self.exchange(request, Destination::Api).await?;
        let (mut parts, body) = response.into_parts();
        let body = read_bounded(body, API_ANSWER_MAX).await;
        let body = body.and_then(|body| answer::unpack(&mut parts.headers, body, API_ANSWER_MAX));
        let is_success = parts.status.is_success();
        let body = match body {
            Ok(body) => body,
            Err(error) if is_success => return Err(error.into_refusal(parts.status)),
            // The status has already decided: an error whose body breaks off is still that error.
            Err(_) => Vec::new(),
        };
        let answer = Answer {
            status: parts.status,
            headers: parts.headers,
            body,
            secrets,
        };
        if is_success {
            return Ok(answer);
        }
        let json = serde_json::from_slice(&answer.body).ok();
        let mut failure = answer.refusal(json.as_ref());
        answer::add_headers(&mut failure, &answer.headers, self.runtime.wall_clock());
        answer::add_redirect(&mut failure, &answer.headers, &answer.secrets);
        answer.secrets.finish(&mut failure);
        let mut refusal = Refusal::from(failure);
        refusal.answer = Some(Box::new(answer));
        Err(refusal)
    }

    /// Sends a request to storage once. Success has no content worth reading.
    pub(crate) async fn call_storage(&self, request: Request<Body>) -> Result<(), Refusal> {
        let secrets = Secrets::of(&request);
        let response = self.exchange(request, Destination::Storage).await?;
        if !response.status().is_success() {
            return Err(self.refused_by_storage(response, &secrets).await);
        }
        // Read even though it is not needed, so that the connection can be used again.
        drop(read_bounded(response.into_body(), STORAGE_ANSWER_MAX).await);
        Ok(())
    }

    /// Reads how storage refuses a request.
    pub(crate) async fn refused_by_storage(
        &self,
        response: Response<Body>,
        secrets: &Secrets,
    ) -> Refusal {
        let (mut parts, body) = response.into_parts();
        let body = read_bounded(body, STORAGE_ANSWER_MAX).await;
        let body = body
            .and_then(|body| answer::unpack(&mut parts.headers, body, STORAGE_ANSWER_MAX))
            .unwrap_or_default();
        // Before anything is cut off: a part of a secret would not be found.
        let body = secrets.hide(&String::from_utf8_lossy(&body));
        let mut failure = Failure::from_storage(parts.status.as_u16(), body.as_bytes());
        if failure.storage.is_none() {
            failure.said = words::of_answer(body.as_bytes());
        }
        answer::add_headers(&mut failure, &parts.headers, self.runtime.wall_clock());
        answer::add_redirect(&mut failure, &parts.headers, &secrets);
        secrets.finish(&mut failure);
        failure.into()
    }

    /// Sends a request as it is and waits for the head of its answer.
    pub(crate) async fn exchange(
        &self,
        mut request: Request<Body>,
        destination: Destination,
    ) -> Result<Response<Body>, Refusal> {
        request.extensions_mut().insert(destination);
        let uri = request.uri().clone();
        self.transport.send(request).await.map_err(|error| {
            let kind = failure_kind(error.kind());
            match uri.to_string().parse::<Origin>() {
                Ok(origin) => Refusal::new(kind, error.with_server(origin.authority())),
                Err(_) => Refusal::new(kind, error),
            }
        })
    }
}

/// A successful answer, taken out of its envelope.
struct Opened {
    value: Value,
    /// It is about something else.
    other: Option<OtherThing>,
    /// Entries of others were left out.
    is_shorter: bool,
    /// It says nothing.
    is_empty: bool,
}

/// Takes an answer out of its envelope and compares it with what was asked for. Without an envelope
/// to expect, a list is what looks like one.
fn open(about: &About<'_>, answer: &Answer, envelope: Option<Envelope>) -> Result<Opened, Refusal> {
    let refuse = |cause: &str| Err(unreadable(cause.to_owned(), answer.clone()));
    let value = match answer.json() {
        Ok(value) => value,
        Err(cause) => return refuse(&cause),
    };
    let mut members = match value {
        Value::Array(items) => Map::from_iter([("data".to_owned(), Value::Array(items))]),
        Value::Object(members) => members,
        // To call an empty answer to a deletion unreadable would be to repeat the deletion, and to
        // report that there was nothing to delete.
        Value::Null if about.changes() => Map::new(),
        _ => return refuse("is no object"),
    };
    if words::of_refusal_in_success(&members, !about.changes()).is_some() {
        let failure = answer.refusal(Some(&Value::Object(members)));
        let mut refusal = Refusal::from(failure);
        answer.secrets.finish(&mut refusal.failure);
        refusal.answer = Some(Box::new(answer.clone()));
        return Err(refusal);
    }
    let has_list = members.get("data").is_some_and(Value::is_array);
    let is_list = envelope.map_or(has_list, |envelope| envelope == Envelope::List);
    if is_list {
        let settled = match members.get_mut("data") {
            Some(Value::Array(entries)) => about.settle_list(entries),
            Some(Value::Null) => Ok(false),
            _ => return refuse("holds no list"),
        };
        return Ok(Opened {
            value: Value::Object(members),
            is_shorter: matches!(settled, Ok(true)),
            other: settled.err(),
            is_empty: false,
        });
    }
    let mut resource = match members.remove("data") {
        Some(Value::Object(resource)) => resource,
        // Some gateways take the envelope off.
        None if about.changes() || words::has_id(&members) => members,
        Some(Value::Null) if about.changes() => Map::new(),
        _ => return refuse("holds no object"),
    };
    let is_empty = resource.is_empty();
    if is_empty && !about.changes() {
        return refuse("is empty");
    }
    let other = about.settle(&mut resource).err();
    Ok(Opened {
        value: resource.into(),
        other,
        is_shorter: false,
        is_empty,
    })
}

/// Reads a response; what is missing or odd in it is made up for.
fn decode<T: DeserializeOwned>(mut value: Value, known: &[(&str, Value)]) -> Result<T, String> {
    if let Some(resource) = value.as_object_mut() {
        for (name, value) in known {
            about::fill(resource, name, value.clone());
        }
    }
    let json: Json = serde_json::from_value(value).map_err(|error| error.to_string())?;
    json.decode_answer().map_err(|invalid| invalid.to_string())
}

/// Reports a success that cannot be read.
fn unreadable(cause: String, answer: Answer) -> Refusal {
    let packed = answer.headers.get(CONTENT_ENCODING);
    let packed = packed.and_then(|coding| coding.to_str().ok());
    let packed = packed.filter(|coding| !coding.eq_ignore_ascii_case("identity"));
    let cause = match packed {
        Some(coding) => format!("the answer is packed as {coding}, which was not asked for"),
        None => format!("the answer: {cause}"),
    };
    Refusal {
        failure: Box::new(Failure::unreadable(answer.status.as_u16())),
        // What it quotes may be a presigned URL.
        cause: Some(without_values(&answer.secrets.hide(&cause)).into()),
        answer: Some(Box::new(answer)),
    }
}

impl Answer {
    fn json(&self) -> Result<Value, String> {
        if self.body.trim_ascii().is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&self.body)
            // One letter that was cut in the middle does not make the rest unreadable.
            .or_else(|error| match std::str::from_utf8(&self.body) {
                Ok(_) => Err(error),
                Err(_) => serde_json::from_str(&String::from_utf8_lossy(&self.body)),
            })
            .map_err(|error| error.to_string())
    }

    /// Describes the answer as a refusal: in the envelope of the API, or in any other words.
    fn refusal(&self, json: Option<&Value>) -> Failure {
        let error = json.and_then(|json| {
            let error = &json["error"];
            let is_envelope = error["code"].is_string() && error["message"].is_string();
            let json = Json::deserialize(error).ok().filter(|_| is_envelope)?;
            json.decode_answer::<ApiError>().ok()
        });
        let error = error.map(|error| self.secrets.clean(error));
        let mut failure = Failure::from_api(self.status.as_u16(), error);
        if failure.api.is_none() || failure.kind != FailureKind::Answer {
            failure.said = match json {
                Some(json) => words::of_json(json),
                None => words::of_answer(&self.body),
            };
        }
        failure
    }

    fn about_something_else(self, other: OtherThing, method: Method) -> Error {
        let error = other.into_error(method, |id| self.secrets.line(id, ID_MAX));
        error.with_answer(self)
    }
}

/// How much of a foreign id is shown, in characters.
const ID_MAX: usize = 100;
