//! The server at the other end of every connection.

use std::time::Duration;

use bytes::Bytes;
use heygen_client::TransportErrorKind;
use heygen_emulator::{Action, Begin, Blob, Body, BodyPlan, Cut, Form, Reply};
use http::{HeaderValue, Response, header};

use super::{
    clock::Event,
    exchange::{Conn, Fate, Mishap},
    network::{ANSWER_LIMIT, STALL_LIMIT},
    world::State,
};

impl State {
    pub(super) fn head_arrives(&mut self, conn: usize) {
        self.perhaps_hide(conn);
        let now = self.server_time();
        let it = &mut self.conns[conn];
        match self.core.begin(now, &it.head) {
            Begin::Proceed(exchange) => {
                it.exchange = Some(exchange);
                it.may_send = true;
                it.wake();
            }
            Begin::Reply(reply) if reply.drains_body => {
                it.decided = Some(reply);
                it.may_send = true;
                it.wake();
            }
            Begin::Reply(reply) => self.answer(conn, reply),
        }
    }

    pub(super) fn body_arrives(&mut self, conn: usize) {
        let now = self.server_time();
        let it = &mut self.conns[conn];
        if let Some(reply) = it.decided.take() {
            return self.answer(conn, reply);
        }
        // An answer that did not wait for the body is under way already.
        let Some(exchange) = it.exchange.take() else {
            return;
        };
        let size = it.body.len() as u64;
        self.core.note_body(exchange.id(), size);
        if let Some(cut) = exchange.cut().filter(|cut| cut.after_bytes() <= size) {
            self.core.abandon(exchange);
            let (after, kind) = match cut {
                Cut::Stall { .. } => (STALL_LIMIT, TransportErrorKind::Stall),
                _ => (Duration::ZERO, TransportErrorKind::Interrupted),
            };
            return self.lose(conn, after, kind);
        }
        let bytes = Bytes::copy_from_slice(&it.body);
        let body = match *exchange.plan() {
            BodyPlan::None => Body::None,
            BodyPlan::Json { .. } => Body::Json(bytes),
            BodyPlan::Form { max_file_bytes } => {
                let form = Form::parse(exchange.content_type(), bytes, max_file_bytes);
                Body::Form(form)
            }
            BodyPlan::Object { .. } => Body::Object(Blob::from_bytes(bytes)),
            _ => unreachable!("the emulator awaits a body of another kind"),
        };
        self.core.take_changed();
        let reply = self.core.finish(now, exchange, body);
        if self.core.take_changed() {
            self.took_effect(conn);
        }
        if let Some(Mishap::Doubled(after)) = self.conns[conn].fate.mishap {
            self.double(conn, after);
        }
        self.answer(conn, reply);
    }

    pub(super) fn client_goes(&mut self, conn: usize) {
        if let Some(exchange) = self.conns[conn].exchange.take() {
            self.core.abandon(exchange);
        }
    }

    /// Has the same request arrive once more. Nobody waits for its answer.
    fn double(&mut self, conn: usize, after: Duration) {
        let it = &self.conns[conn];
        let ghost = Conn {
            process: it.process,
            head: it.head.clone(),
            subject: it.subject.clone(),
            may_be_second: true,
            blindness: it.blindness,
            body: it.body.clone(),
            size: it.size,
            is_whole: true,
            fate: Fate {
                mishap: None,
                ..it.fate
            },
            exchange: None,
            decided: None,
            coming: None,
            cut_at: None,
            is_lie: false,
            answer: None,
            may_send: true,
            waker: None,
            is_over: true,
        };
        let index = self.conns.len();
        self.conns.push(ghost);
        self.agenda.add(after, Event::Head(index));
        self.agenda.add(after, Event::Body(index));
    }

    fn answer(&mut self, conn: usize, reply: Reply) {
        let it = &self.conns[conn];
        let Fate { down, mishap, .. } = it.fate;
        if matches!(it.coming, Some(Err(_))) || it.is_over {
            return;
        }
        if let Some(Mishap::AnswerLost(kind)) = mishap {
            return self.lose(conn, ANSWER_LIMIT, kind);
        }
        if reply.delay > ANSWER_LIMIT {
            return self.lose(conn, ANSWER_LIMIT, TransportErrorKind::AnswerTimeout);
        }
        match reply.action {
            Action::Answer(response) => {
                let (mut parts, payload) = response.into_parts();
                let body = payload.read().expect("the simulation keeps all in memory");
                self.tell(|| format!("  the server answers request {conn}: {}", parts.status));
                self.point_elsewhere(conn, &mut parts);
                let body = self.perhaps_lie(conn, &mut parts, body);
                let it = &mut self.conns[conn];
                it.cut_at = match (mishap, reply.cut) {
                    (Some(Mishap::Cut), _) => Some(body.len() / 2),
                    (_, Some(cut)) => usize::try_from(cut.after_bytes()).ok(),
                    _ => None,
                };
                it.coming = Some(Ok(Response::from_parts(parts, body)));
                self.agenda.add(reply.delay + down, Event::Answer(conn));
            }
            Action::Stall => self.lose(conn, ANSWER_LIMIT, TransportErrorKind::AnswerTimeout),
            _ => self.lose(conn, reply.delay + down, TransportErrorKind::Interrupted),
        }
    }

    /// Completes a redirect: the other door has the same URLs behind its own name.
    fn point_elsewhere(&self, conn: usize, parts: &mut http::response::Parts) {
        let Some(place) = parts.headers.get_mut(header::LOCATION) else {
            return;
        };
        let uri = &self.conns[conn].head.uri;
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let place_as_text = place.to_str().unwrap_or_default();
        if let Ok(whole) = HeaderValue::from_str(&format!("{place_as_text}{path}")) {
            *place = whole;
        }
    }
}
