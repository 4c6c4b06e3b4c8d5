use std::time::Duration;

use bytes::Bytes;
use heygen_types::OperationId;
use http::Response;

use super::{Core, begin::json_too_large, end::request_id};
use crate::{
    Action, Body, Endpoint, Exchange, Reply, Unkept,
    api::{self, Call},
    exchange::Payload,
    problem::Problem,
    storage::{self, StorageCode, StorageProblem},
};

impl Core {
    /// Carries out a request whose body has come, and says how to answer it.
    pub fn finish(&mut self, now: Duration, mut exchange: Exchange, body: Body) -> Reply {
        self.tell_ends(now);
        if exchange.id.epoch != self.log.epoch {
            discard(body);
            return self.give_up(exchange, Action::Close);
        }
        if let Some(fault) = exchange.fault.take_if(|fault| !fault.is_carried_out()) {
            return self.fail(exchange.id, exchange.endpoint, *fault);
        }
        let response = match (exchange.endpoint, body) {
            (Endpoint::StoragePut, body) => self.finish_put(&mut exchange, body),
            (Endpoint::StorageGet, _) => self.finish_get(&exchange),
            (Endpoint::Api(_), Body::TooLarge) => {
                json_too_large(self.settings.json_max_bytes).into_response()
            }
            (Endpoint::Api(operation), body) => self.finish_api(now, operation, &exchange, body),
        };
        self.settle(now, &exchange, &response);
        self.end(exchange, response)
    }

    /// Ends a request whose effect could not be kept: nothing of it is acknowledged.
    pub fn unkept(&mut self, reply: Reply, unkept: Unkept) -> Reply {
        let Action::Answer(_) = reply.action else {
            return reply;
        };
        let record = self.log.record(reply.id);
        let is_storage = record.is_some_and(|record| record.path.starts_with(storage::PREFIX));
        let response = match is_storage {
            true => StorageProblem::unkept(unkept).into_response(&request_id(reply.id)),
            false => Problem::unkept(unkept).into_response(),
        };
        self.reply(reply.id, response)
    }

    /// Ends a request whose body never came whole, because the connection did not last.
    pub fn abandon(&mut self, exchange: Exchange) {
        let _ = self.give_up(exchange, Action::Close);
    }

    pub(super) fn give_up(&mut self, exchange: Exchange, action: Action) -> Reply {
        // A key of an earlier epoch may be another request's by now.
        if let Some(scope) = &exchange.key
            && exchange.id.epoch == self.log.epoch
        {
            self.replays.release(scope);
        }
        let mut reply = Reply::new(exchange.id, action);
        reply.delay = exchange.delay();
        reply
    }

    fn finish_api(
        &mut self,
        now: Duration,
        operation: OperationId,
        exchange: &Exchange,
        body: Body,
    ) -> Response<Payload> {
        let (json, form) = match body {
            Body::Json(bytes) => (bytes, None),
            Body::Form(form) => (Bytes::new(), Some(form)),
            Body::None | Body::TooLarge | Body::Object(_) | Body::Unkept(_) => (Bytes::new(), None),
        };
        let call = Call {
            now,
            settings: &self.settings,
            signer: &self.signer,
            state: &mut self.state,
            key: self.keys.get(exchange.api_key),
            operation,
            parameters: &exchange.parameters,
            query: &exchange.query,
            fault: exchange.fault.as_ref().map(|fault| &fault.kind),
        };
        api::answer(call, &json, form).unwrap_or_else(Problem::into_response)
    }

    fn finish_put(&mut self, exchange: &mut Exchange, body: Body) -> Response<Payload> {
        let stored = match (exchange.grant.take(), body) {
            (Some(grant), Body::Object(content)) => storage::store(&mut self.state, grant, content),
            (_, Body::Unkept(unkept)) => Err(StorageProblem::unkept(unkept)),
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
}

/// Lets go of content that came for a state that is no more.
fn discard(body: Body) {
    let content = match body {
        Body::Object(content) => Some(content),
        Body::Form(Ok(form)) => form.file.map(|file| file.content),
        Body::None | Body::Json(_) | Body::TooLarge | Body::Form(Err(_)) | Body::Unkept(_) => None,
    };
    if let Some(content) = content {
        content.discard();
    }
}
