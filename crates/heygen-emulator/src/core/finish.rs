use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode};

use super::{Core, begin::json_too_large};
use crate::{
    Action, Begin, Body, Endpoint, Exchange, Reply, RequestId,
    api::{self, Call},
    exchange::Payload,
    fault::{Fault, FaultKind},
    problem::Problem,
    storage::{self, StorageCode, StorageProblem},
};

impl Core {
    /// Carries out a request whose body has come, and says how to answer it.
    pub fn finish(&mut self, now: Duration, mut exchange: Exchange, body: Body) -> Reply {
        self.tell_ends(now);
        if let Some(fault) = exchange.fault.take_if(|fault| !fault.is_carried_out()) {
            return self.faulty(exchange.id, fault);
        }
        let response = match (exchange.endpoint, body) {
            (Endpoint::StoragePut, body) => self.finish_put(&mut exchange, body),
            (Endpoint::StorageGet, _) => self.finish_get(&exchange),
            (_, Body::TooLarge) => json_too_large(self.settings.json_max_bytes).into_response(),
            (_, body) => self.finish_api(now, &exchange, body),
        };
        self.settle(now, &exchange, &response);
        match exchange.fault.take() {
            Some(fault) => self.finish_faulty(exchange.id, fault, response),
            None => self.reply(exchange.id, response),
        }
    }

    /// Ends a request whose body never came whole, because the connection did not last.
    pub fn abandon(&mut self, exchange: Exchange) {
        let _ = self.give_up(exchange, Action::Close);
    }

    pub(super) fn give_up(&mut self, exchange: Exchange, action: Action) -> Reply {
        if let Some(scope) = &exchange.key {
            self.replays.release(scope);
        }
        Reply {
            id: exchange.id,
            delay: exchange.fault.map_or(Duration::ZERO, |fault| fault.delay),
            drains_body: false,
            action,
        }
    }

    fn finish_api(&mut self, now: Duration, exchange: &Exchange, body: Body) -> Response<Payload> {
        let (json, form) = match body {
            Body::Json(bytes) => (bytes, None),
            Body::Form(form) => (Bytes::new(), Some(form)),
            Body::None | Body::TooLarge | Body::Object(_) => (Bytes::new(), None),
        };
        let call = Call {
            now,
            settings: &self.settings,
            signer: &self.signer,
            state: &mut self.state,
            endpoint: exchange.endpoint,
            parameters: &exchange.parameters,
            query: &exchange.query,
            fault: exchange.fault.as_ref().map(|fault| &fault.kind),
        };
        api::answer(call, &json, form).unwrap_or_else(Problem::into_response)
    }

    fn finish_put(&mut self, exchange: &mut Exchange, body: Body) -> Response<Payload> {
        let stored = match (exchange.grant.take(), body) {
            (Some(grant), Body::Object(content)) => storage::store(&mut self.state, grant, content),
            _ => Err(StorageProblem::new(StorageCode::IncompleteBody)),
        };
        let request_id = request_id(exchange.id);
        stored.unwrap_or_else(|problem| problem.into_response(&request_id))
    }

    fn finish_get(&self, exchange: &Exchange) -> Response<Payload> {
        let wanted = exchange
            .wanted
            .as_ref()
            .expect("a GET that was admitted wants something");
        let served = storage::serve(&self.state, wanted);
        served.unwrap_or_else(|problem| problem.into_response(&request_id(exchange.id)))
    }

    /// Keeps a success under its idempotency key and frees the key of a failure.
    fn settle(&mut self, now: Duration, exchange: &Exchange, response: &Response<Payload>) {
        let Some(scope) = &exchange.key else {
            return;
        };
        match response.body() {
            Payload::Bytes(body) if response.status().is_success() => {
                let lifetime = self.settings.replay_lifetime;
                self.replays
                    .keep(now, lifetime, scope.clone(), body.clone());
            }
            _ => self.replays.release(scope),
        }
    }

    pub(super) fn replayed(&mut self, mut exchange: Exchange, body: Response<Payload>) -> Begin {
        if let Some(record) = self.log.record(exchange.id) {
            record.is_replay = true;
        }
        let mut reply = match exchange.fault.take() {
            Some(fault) => self.finish_faulty(exchange.id, fault, body),
            None => self.reply(exchange.id, body),
        };
        reply.drains_body = true;
        Begin::Reply(reply)
    }

    /// Meets a fault before the body, or lets the body come first.
    pub(super) fn begin_faulty(&mut self, mut exchange: Exchange) -> Begin {
        match exchange.fault.take_if(|fault| fault.is_early) {
            Some(fault) => Begin::Reply(self.faulty(exchange.id, fault)),
            None => Begin::Proceed(exchange),
        }
    }

    /// Ends a request that was carried out although a fault was waiting for it.
    fn finish_faulty(&mut self, id: RequestId, fault: Fault, response: Response<Payload>) -> Reply {
        let delay = fault.delay;
        match fault.kind {
            FaultKind::Delay
            | FaultKind::JobFails(_)
            | FaultKind::NotVisible
            | FaultKind::Slot(_) => {
                let mut reply = self.reply(id, response);
                reply.delay = delay;
                reply
            }
            _ => self.faulty(id, fault),
        }
    }

    fn faulty(&mut self, id: RequestId, fault: Fault) -> Reply {
        let retry_after = fault.retry_after_seconds;
        let response = match fault.kind {
            FaultKind::Status {
                status,
                code,
                message,
            } => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
                Some(
                    Problem::new(status, &code, message)
                        .with_retry_after(retry_after)
                        .into_response(),
                )
            }
            FaultKind::Raw {
                status,
                headers,
                body,
            } => Some(raw(status, headers, body, retry_after)),
            FaultKind::Storage(code) => {
                let mut response = StorageProblem::new(code).into_response(&request_id(id));
                if let Some(seconds) = retry_after {
                    let headers = response.headers_mut();
                    headers.insert(http::header::RETRY_AFTER, seconds.into());
                }
                Some(response)
            }
            FaultKind::Delay
            | FaultKind::JobFails(_)
            | FaultKind::Close
            | FaultKind::Cut(_)
            | FaultKind::NotVisible
            | FaultKind::Slot(_) => None,
        };
        let mut reply = match response {
            Some(response) => self.reply(id, response),
            None => Reply {
                id,
                delay: Duration::ZERO,
                drains_body: false,
                action: Action::Close,
            },
        };
        reply.delay = fault.delay;
        reply.drains_body = !fault.is_early;
        reply
    }

    pub(super) fn refuse(&mut self, id: RequestId, problem: Problem) -> Begin {
        let mut reply = self.reply(id, problem.into_response());
        reply.drains_body = true;
        Begin::Reply(reply)
    }

    pub(super) fn refuse_storage(&mut self, id: RequestId, problem: StorageProblem) -> Begin {
        let response = problem.into_response(&request_id(id));
        Begin::Reply(self.reply(id, response))
    }

    fn reply(&mut self, id: RequestId, mut response: Response<Payload>) -> Reply {
        let is_storage = match self.log.record(id) {
            Some(record) => {
                record.status = Some(response.status().as_u16());
                record.path.starts_with(storage::PREFIX)
            }
            None => false,
        };
        let request_id = request_id(id);
        if is_storage {
            insert(&mut response, "x-amz-id-2", &storage::host_id(&request_id));
            insert(&mut response, "x-amz-request-id", &request_id);
        } else {
            insert(&mut response, "x-request-id", &request_id);
        }
        Reply {
            id,
            delay: Duration::ZERO,
            drains_body: false,
            action: Action::Answer(response),
        }
    }
}

fn insert(response: &mut Response<Payload>, name: &'static str, value: &str) {
    let value = HeaderValue::from_str(value).expect("the ids of requests are ASCII text");
    response
        .headers_mut()
        .insert(HeaderName::from_static(name), value);
}

fn raw(
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    retry_after: Option<u64>,
) -> Response<Payload> {
    let mut response = Response::new(Payload::Bytes(body.into()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    for (name, value) in headers {
        // A header that HTTP cannot carry is left out: the core may be driven without a socket.
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
            response.headers_mut().append(name, value);
        }
    }
    if let Some(seconds) = retry_after {
        response
            .headers_mut()
            .insert(http::header::RETRY_AFTER, seconds.into());
    }
    response
}

/// Makes the id that an answer carries. It tells nothing but the order.
fn request_id(id: RequestId) -> String {
    format!("{:016X}", id.0)
}
