use std::time::Duration;

use heygen_types::{
    BodyEncoding, IdempotencyKey, OperationId,
    table::{self, OperationEntry},
};
use http::{HeaderMap, Method, Response, StatusCode, header, request::Parts};

use super::{Core, end::request_id};
use crate::{
    Begin, BodyPlan, Endpoint, Exchange, RequestId,
    exchange::{JSON, Payload},
    problem::Problem,
    replays::Claim,
    routes,
    storage::{self, PutGrant, StorageCode, StorageProblem, Wanted},
};

/// A key with the path that is its scope.
type Scope = (String, IdempotencyKey);

impl Core {
    /// Judges the head of a request. What it can refuse, it refuses here, before the body.
    pub fn begin(&mut self, now: Duration, head: &Parts) -> Begin {
        self.tell_ends(now);
        let path = head.uri.path();
        if path.starts_with(storage::PREFIX) {
            return self.begin_storage(now, head);
        }
        let found = routes::find(&head.method, path);
        let endpoint = found
            .as_ref()
            .ok()
            .map(|(operation, _)| (*operation).into());
        let id = self.log.open(now, head, endpoint, false);
        let (operation, parameters) = match found {
            Ok(found) => found,
            Err(methods) if methods.is_empty() => {
                return self.refuse(id, Problem::not_found("not_found", path));
            }
            Err(methods) => {
                let message = format!("{} is not allowed at {path}", head.method);
                return self.refuse(id, Problem::method_not_allowed(message, &methods));
            }
        };
        let mut exchange = self.exchange(id, operation.into(), head);
        exchange.parameters = parameters.iter().map(|text| percent_decode(text)).collect();
        if exchange
            .fault
            .as_ref()
            .is_some_and(|fault| !fault.is_carried_out())
        {
            exchange.plan = self.plan(table::operation(operation));
            return self.begin_faulty(exchange);
        }
        match self.admit(now, head, operation, &mut exchange) {
            Ok(None) => Begin::Proceed(exchange),
            Ok(Some(replay)) => self.replay(exchange, replay),
            Err(problem) => {
                let mut reply = self.end(exchange, problem.into_response());
                reply.drains_body = true;
                Begin::Reply(reply)
            }
        }
    }

    fn begin_storage(&mut self, now: Duration, head: &Parts) -> Begin {
        let endpoint = match head.method {
            Method::PUT => Some(Endpoint::StoragePut),
            Method::GET => Some(Endpoint::StorageGet),
            _ => None,
        };
        let id = self.log.open(now, head, endpoint, true);
        let Some(endpoint) = endpoint else {
            let problem = StorageProblem::new(StorageCode::MethodNotAllowed);
            return self.refuse_storage(id, problem);
        };
        let mut exchange = self.exchange(id, endpoint, head);
        let size = storage::content_length(head);
        if exchange
            .fault
            .as_ref()
            .is_some_and(|fault| !fault.is_carried_out())
        {
            if let (Endpoint::StoragePut, Ok(size_bytes)) = (endpoint, &size) {
                exchange.plan = BodyPlan::Object {
                    size_bytes: *size_bytes,
                };
            }
            return self.begin_faulty(exchange);
        }
        match self.admit_storage(now, head, endpoint, size) {
            Ok(Admitted::Get(wanted)) => exchange.wanted = Some(Box::new(wanted)),
            Ok(Admitted::Put(grant)) => {
                exchange.plan = BodyPlan::Object {
                    size_bytes: grant.size_bytes(),
                };
                exchange.grant = Some(grant);
            }
            Err(problem) => {
                let response = problem.into_response(&request_id(id));
                return Begin::Reply(self.end(exchange, response));
            }
        }
        Begin::Proceed(exchange)
    }

    fn admit_storage(
        &self,
        now: Duration,
        head: &Parts,
        endpoint: Endpoint,
        size: Result<u64, StorageProblem>,
    ) -> Result<Admitted, StorageProblem> {
        if endpoint == Endpoint::StorageGet {
            let key = storage::verify(&self.signer, now, head)?;
            return Ok(Admitted::Get(Wanted::new(key, &head.headers)));
        }
        size?;
        let key = storage::verify(&self.signer, now, head)?;
        Ok(Admitted::Put(storage::grant_put(key, head)?))
    }

    /// Checks everything about a request to the API that its head can tell. Gives the response to
    /// replay when there is one.
    fn admit(
        &mut self,
        now: Duration,
        head: &Parts,
        operation: OperationId,
        exchange: &mut Exchange,
    ) -> Result<Option<Response<Payload>>, Problem> {
        exchange.api_key = self.keys.admit(now, &head.headers)?;
        let entry = table::operation(operation);
        self.keys
            .get(exchange.api_key)
            .check_scope(entry.oauth_scope)?;
        if let Some(limit) = self.settings.rate_limit {
            self.gate.admit(now, limit).map_err(|seconds| {
                Problem::rate_limited(seconds, "too many requests in too short a time")
            })?;
        }
        let is_speech = matches!(
            operation,
            OperationId::CreateModelSpeech | OperationId::StreamModelSpeech
        );
        if let Some(limit) = self.settings.speech_rate_limit.filter(|_| is_speech) {
            self.speech_gate.admit(now, limit).map_err(|seconds| {
                Problem::rate_limited(seconds, "too many requests for speech in too short a time")
            })?;
        }
        let scope = idempotency_key(entry, head)?;
        self.check_body_head(entry, &head.headers)?;
        exchange.plan = self.plan(entry);
        let Some(scope) = scope else {
            return Ok(None);
        };
        match self
            .replays
            .claim(now, self.settings.replay_lifetime, scope.clone())
        {
            Claim::New => {
                exchange.key = Some(scope);
                Ok(None)
            }
            Claim::InProgress => Err(Problem::conflict(
                "request_in_progress",
                "a request with this idempotency key is still being handled",
            )),
            Claim::Replay(body) => {
                let mut response = Response::new(Payload::Bytes(body));
                response.headers_mut().insert(header::CONTENT_TYPE, JSON);
                Ok(Some(response))
            }
        }
    }

    fn check_body_head(
        &self,
        operation: &OperationEntry,
        headers: &HeaderMap,
    ) -> Result<(), Problem> {
        let content_type = content_type(headers).to_ascii_lowercase();
        if operation.encoding == BodyEncoding::Multipart {
            if !content_type.starts_with("multipart/form-data") {
                return Err(Problem::parameter(
                    "file",
                    "the body is not multipart/form-data with a part named file",
                ));
            }
            let max = self.settings.single_request_max_bytes + MAX_FORM_OVERHEAD_BYTES;
            if content_length(headers).is_some_and(|length| length > max) {
                return Err(crate::api::too_large(&self.settings));
            }
        }
        if operation.encoding == BodyEncoding::Json {
            if !content_type.is_empty() && !content_type.starts_with("application/json") {
                return Err(Problem::request(format!(
                    "the body is {content_type:?}, this operation takes application/json"
                )));
            }
            let max = self.settings.json_max_bytes;
            if content_length(headers).is_some_and(|length| length > max) {
                return Err(json_too_large(max));
            }
        }
        Ok(())
    }

    fn plan(&self, operation: &OperationEntry) -> BodyPlan {
        match operation.encoding {
            BodyEncoding::Multipart => BodyPlan::Form {
                max_file_bytes: self.settings.single_request_max_bytes,
            },
            BodyEncoding::Json => BodyPlan::Json {
                max_bytes: self.settings.json_max_bytes,
            },
            _ => BodyPlan::None,
        }
    }

    fn exchange(&mut self, id: RequestId, endpoint: Endpoint, head: &Parts) -> Exchange {
        Exchange {
            id,
            endpoint,
            parameters: Vec::new(),
            wanted: None,
            query: head.uri.query().unwrap_or_default().to_owned(),
            content_type: content_type(&head.headers).to_owned(),
            key: None,
            api_key: 0,
            fault: self.faults.take(endpoint, head).map(Box::new),
            grant: None,
            plan: BodyPlan::None,
        }
    }
}

/// A request to storage whose head was accepted.
enum Admitted {
    Get(Wanted),
    Put(PutGrant),
}

/// Refuses a JSON body that is too large.
pub(super) fn json_too_large(max: u64) -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "payload_too_large",
        format!("the body has more than {max} bytes"),
    )
}

/// Takes the key of a request; where the operation declares none, the header is ignored.
fn idempotency_key(operation: &OperationEntry, head: &Parts) -> Result<Option<Scope>, Problem> {
    let mut values = head.headers.get_all("idempotency-key").iter();
    let Some(value) = values.next().filter(|_| operation.idempotency_key) else {
        return Ok(None);
    };
    let refuse =
        |problem: &str| Problem::parameter("Idempotency-Key", format!("Idempotency-Key {problem}"));
    if values.next().is_some() {
        return Err(refuse("is given twice"));
    }
    let text = value.to_str().map_err(|_| refuse("is not ASCII text"))?;
    let key: IdempotencyKey = text
        .parse()
        .map_err(|error: heygen_types::Invalid| refuse(error.problem()))?;
    Ok(Some((head.uri.path().to_owned(), key)))
}

fn content_type(headers: &HeaderMap) -> &str {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// Decodes a path parameter. One that is not UTF-8 cannot be an id, and will not be found.
pub(crate) fn percent_decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

/// What the boundaries and part headers of a multipart body may take beside the file.
const MAX_FORM_OVERHEAD_BYTES: u64 = 64 * 1024;
