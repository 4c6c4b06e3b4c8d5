//! How a request ends: with its answer, or with what a fault makes of it.

use http::{HeaderName, HeaderValue, Response, StatusCode, header::RETRY_AFTER};

use super::Core;
use crate::{
    Action, Begin, Endpoint, Exchange, Reply, RequestId,
    exchange::Payload,
    fault::{Fault, FaultKind},
    problem::Problem,
    storage::{self, StorageProblem},
};

impl Core {
    /// Ends a request that was carried out.
    pub(super) fn end(&mut self, exchange: Exchange, response: Response<Payload>) -> Reply {
        match exchange.fault {
            Some(fault) => self.conclude(exchange.id, exchange.endpoint, *fault, Some(response)),
            None => self.reply(exchange.id, response),
        }
    }

    /// Ends a request that a fault keeps from being carried out.
    pub(super) fn fail(&mut self, id: RequestId, endpoint: Endpoint, fault: Fault) -> Reply {
        let is_early = fault.is_early;
        let mut reply = self.conclude(id, endpoint, fault, None);
        reply.drains_body = !is_early;
        reply
    }

    /// Answers with what was kept under an idempotency key.
    pub(super) fn replay(&mut self, exchange: Exchange, kept: Response<Payload>) -> Begin {
        if let Some(record) = self.log.record(exchange.id) {
            record.is_replay = true;
        }
        let mut reply = self.end(exchange, kept);
        reply.drains_body = true;
        Begin::Reply(reply)
    }

    /// Meets a fault before the body, or lets the body come first.
    pub(super) fn begin_faulty(&mut self, mut exchange: Exchange) -> Begin {
        match exchange.fault.take_if(|fault| fault.is_early) {
            Some(fault) => Begin::Reply(self.fail(exchange.id, exchange.endpoint, *fault)),
            None => Begin::Proceed(exchange),
        }
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

    /// Answers as a fault says; `real` is the answer that the request had without it.
    fn conclude(
        &mut self,
        id: RequestId,
        endpoint: Endpoint,
        fault: Fault,
        real: Option<Response<Payload>>,
    ) -> Reply {
        let cut = fault.answer_cut();
        // A body that is shorter than where it was to be cut off has come whole by now.
        let without_answer = match fault.cut() {
            Some(cut) => cut.into(),
            None => Action::Close,
        };
        let response = match fault.kind {
            FaultKind::Status {
                status,
                code,
                message,
            } => {
                let code = code.as_deref();
                Some(refusal(id, endpoint, status, code, &message))
            }
            FaultKind::Raw {
                status,
                headers,
                body,
            } => Some(raw(status, headers, body)),
            FaultKind::Storage(code) => {
                Some(StorageProblem::new(code).into_response(&request_id(id)))
            }
            FaultKind::Close | FaultKind::Cut(_) => None,
            FaultKind::Truncated(bytes) => real.map(|real| real.map(|body| truncated(body, bytes))),
            FaultKind::Duplicated => real.map(|real| real.map(duplicated)),
            FaultKind::Plain
            | FaultKind::CutAnswer(_)
            | FaultKind::JobFails(_)
            | FaultKind::NotVisible
            | FaultKind::Slot(_)
            | FaultKind::Webhook(_) => real,
        };
        let mut reply = match response {
            Some(mut response) => {
                if let Some(seconds) = fault.retry_after_seconds {
                    response.headers_mut().insert(RETRY_AFTER, seconds.into());
                }
                self.reply(id, response)
            }
            None => Reply::new(id, without_answer),
        };
        reply.delay = fault.delay;
        reply.slow_writing = fault.slow_writing;
        reply.cut = cut;
        reply.ends_with_reset = fault.ends_with_reset;
        reply
    }

    pub(super) fn reply(&mut self, id: RequestId, mut response: Response<Payload>) -> Reply {
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
        Reply::new(id, Action::Answer(response))
    }
}

fn insert(response: &mut Response<Payload>, name: &'static str, value: &str) {
    let value = HeaderValue::from_str(value).expect("the ids of requests are ASCII text");
    response
        .headers_mut()
        .insert(HeaderName::from_static(name), value);
}

/// Makes an error with a status, in the form of the place where it is met.
fn refusal(
    id: RequestId,
    endpoint: Endpoint,
    status: u16,
    code: Option<&str>,
    message: &str,
) -> Response<Payload> {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    if endpoint.is_storage() {
        let code = code.unwrap_or_else(|| storage::usual_code(status));
        return storage::error(status, code, message, &[], &request_id(id));
    }
    let code = code.unwrap_or_else(|| Problem::usual_code(status));
    Problem::new(status, code, message).into_response()
}

fn raw(status: u16, headers: Vec<(String, String)>, body: Vec<u8>) -> Response<Payload> {
    let mut response = Response::new(Payload::Bytes(body.into()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    for (name, value) in headers {
        // A header that HTTP cannot carry is left out: the core may be driven without a socket.
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// Cuts JSON or a stream short. What storage holds is left as it is.
fn truncated(body: Payload, bytes: Option<u64>) -> Payload {
    let (whole, is_stream) = match body {
        Payload::Bytes(whole) => (whole, false),
        Payload::Stream(pieces) => (pieces.concat().into(), true),
        stored => return stored,
    };
    let half = whole.len() / 2;
    let kept = bytes.map_or(half, |bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
    let kept = whole.slice(..kept.min(whole.len()));
    match is_stream {
        true => Payload::Stream(vec![kept]),
        false => Payload::Bytes(kept),
    }
}

fn duplicated(body: Payload) -> Payload {
    match body {
        Payload::Bytes(whole) => Payload::Bytes([&whole[..], &whole[..]].concat().into()),
        Payload::Stream(pieces) => Payload::Stream([&pieces[..], &pieces[..]].concat()),
        stored => stored,
    }
}

/// Makes the id that an answer carries. It tells nothing but the order.
pub(super) fn request_id(id: RequestId) -> String {
    format!("{:016X}", id.number)
}
