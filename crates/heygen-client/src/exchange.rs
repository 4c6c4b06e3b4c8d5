//! One request out, one answer in: HTTP and nothing else.

mod answer;
mod build;

pub(crate) use build::{raw_request, storage_request};

use std::{error::Error as StdError, fmt};

use heygen_types::{
    ApiError, Data, Envelope, IdempotencyKey, Method, Operation,
    secret::{HIDDEN, is_credential_header, without_values},
};
use heygen_upload_core::{Failure, FailureKind};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{
    Body, Destination, client::Shared, error::failure_kind, exchange::answer::read_bounded,
    shortage::is_local_shortage, stream::SourceFault,
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

/// An answer of the API, not looked into.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
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
    /// Sends an operation once and reads its response.
    pub(crate) async fn call<O: Operation>(
        &self,
        operation: &O,
        key: Option<&IdempotencyKey>,
        multipart: Option<Multipart>,
    ) -> Result<O::Response, Refusal> {
        let request = build::api_request(self, operation, key, multipart)?;
        let answer = self.call_api(request).await?;
        decode(operation, &answer.body).map_err(|cause| Refusal {
            failure: Box::new(Failure::unreadable(answer.status.as_u16())),
            // What it quotes may be a presigned URL.
            cause: Some(without_values(&cause.to_string()).into()),
            answer: None,
        })
    }

    /// Sends a request to the API once, under the credential, and reads a successful answer.
    pub(crate) async fn call_api(&self, mut request: Request<Body>) -> Result<Answer, Refusal> {
        self.credential
            .add_to(request.headers_mut())
            .await
            .map_err(|error| Refusal::new(FailureKind::Credential, error))?;
        let credential = spoken(request.headers());
        let response = self.exchange(request, Destination::Api).await?;
        let (parts, body) = response.into_parts();
        if parts.status.is_success() {
            let body = read_bounded(body, API_ANSWER_MAX)
                .await
                .map_err(|error| error.into_refusal(parts.status))?;
            return Ok(Answer {
                status: parts.status,
                headers: parts.headers,
                body,
            });
        }
        // The status has already decided: an error whose body breaks off is still that error.
        let body = read_bounded(body, API_ANSWER_MAX).await.unwrap_or_default();
        let error = serde_json::from_slice(&body)
            .ok()
            .map(|body: heygen_types::ErrorBody| without_credential(body.error, credential));
        let mut failure = Failure::from_api(parts.status.as_u16(), error);
        answer::add_headers(&mut failure, &parts.headers, self.runtime.wall_clock());
        let mut refusal = Refusal::from(failure);
        refusal.answer = Some(Box::new(Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }));
        Err(refusal)
    }

    /// Sends a request to storage once. Success has no content worth reading.
    pub(crate) async fn call_storage(&self, request: Request<Body>) -> Result<(), Refusal> {
        let response = self.exchange(request, Destination::Storage).await?;
        if !response.status().is_success() {
            return Err(self.refused_by_storage(response).await);
        }
        // Read even though it is not needed, so that the connection can be used again.
        drop(read_bounded(response.into_body(), STORAGE_ANSWER_MAX).await);
        Ok(())
    }

    /// Reads how storage refuses a request.
    pub(crate) async fn refused_by_storage(&self, response: Response<Body>) -> Refusal {
        let (parts, body) = response.into_parts();
        let body = read_bounded(body, STORAGE_ANSWER_MAX)
            .await
            .unwrap_or_default();
        let mut failure = Failure::from_storage(parts.status.as_u16(), &body);
        answer::add_headers(&mut failure, &parts.headers, self.runtime.wall_clock());
        answer::add_redirect(&mut failure, &parts.headers);
        failure.into()
    }

    /// Sends a request as it is and waits for the head of its answer.
    pub(crate) async fn exchange(
        &self,
        mut request: Request<Body>,
        destination: Destination,
    ) -> Result<Response<Body>, Refusal> {
        request.extensions_mut().insert(destination);
        self.transport
            .send(request)
            .await
            .map_err(|error| Refusal::new(failure_kind(error.kind()), error))
    }
}

/// Returns the header with the credential of a request.
fn spoken(headers: &HeaderMap) -> Option<HeaderValue> {
    let mut credentials = headers
        .iter()
        .filter(|(name, _)| is_credential_header(name.as_str()));
    credentials.next().map(|(_, value)| value.clone())
}

/// Takes the credential out of the words of a server that repeats it.
fn without_credential(error: ApiError, credential: Option<HeaderValue>) -> ApiError {
    let credential = credential.as_ref().and_then(|value| value.to_str().ok());
    match credential.and_then(|value| value.split(' ').next_back()) {
        Some(secret) => error.without(|text| match text.contains(secret) {
            true => text.replace(secret, HIDDEN).into(),
            false => text.into(),
        }),
        None => error,
    }
}

/// Takes a response out of its envelope.
fn decode<O: Operation>(operation: &O, body: &[u8]) -> Result<O::Response, serde_json::Error> {
    fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
        serde_json::from_slice(body)
    }
    if O::METHOD == Method::Delete && body.trim_ascii().is_empty() {
        return serde_json::from_value(gone(operation));
    }
    match O::ENVELOPE {
        Envelope::List => parse(body),
        _ => parse::<Data<O::Response>>(body).map(|envelope| envelope.data),
    }
}

/// What an empty answer to a deletion means: what the path names is gone. To call it unreadable
/// would be to repeat the deletion, and to report that there was nothing to delete.
fn gone<O: Operation>(operation: &O) -> Value {
    let names = O::PATH.split('{').skip(1);
    let names = names.filter_map(|rest| rest.split('}').next());
    let params = operation.path_params();
    let mut members: Map<String, Value> = names
        .zip(&params)
        .map(|(name, id)| (name.to_owned(), (*id).into()))
        .collect();
    if let Some(id) = params.last() {
        members.insert("id".to_owned(), (*id).into());
    }
    members.insert("deleted".to_owned(), true.into());
    members.into()
}
