//! The transport of one process, and the server at its other end.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use heygen_client::{
    Body, Destination, Transport, TransportError, TransportErrorKind, TransportFuture,
};
use heygen_emulator::{Action, Begin, Blob, Body as ServerBody, BodyPlan, Cut, Form, Reply};
use http::{HeaderValue, Response, header, request::Parts};
use http_body::Body as _;

use super::{
    audit::{API, STORAGE},
    clock::Event,
    exchange::{Answer, Conn, Fate, Mishap},
    world::{State, World},
};

/// How long the transport waits for a connection, for an answer, and for progress.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
const ANSWER_LIMIT: Duration = Duration::from_secs(60);
const STALL_LIMIT: Duration = Duration::from_secs(30);
/// How long it waits for a sign of the server before it sends a body all the same.
const EXPECT_LIMIT: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
pub(super) struct SimTransport {
    pub(super) world: World,
    pub(super) process: usize,
}

impl Transport for SimTransport {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            if !self.sends(&parts) {
                return std::future::pending().await;
            }
            let conn = self.open(parts, body.len_bytes());
            let guard = Guard {
                transport: self,
                conn,
            };
            let mut body = pin!(body);
            let answer = poll_fn(|cx| self.poll(conn, body.as_mut(), cx)).await;
            drop(guard);
            if !self.hears(conn) {
                return std::future::pending().await;
            }
            let cut_at = {
                let mut state = self.world.state();
                state.heard(conn, &answer);
                state.conns[conn].cut_at
            };
            let response = answer.map_err(TransportError::new)?;
            Ok(response.map(|bytes| match cut_at {
                Some(at) => cut(&bytes, at),
                None => bytes.into(),
            }))
        })
    }
}

/// Makes a body that ends too early.
fn cut(bytes: &Bytes, at: usize) -> Body {
    let half = bytes.slice(..at.min(bytes.len()));
    let end = heygen_client::BodyError::new("the connection was lost");
    let frames = [Ok(http_body::Frame::data(half)), Err(end)];
    Body::stream(http_body_util::StreamBody::new(futures_util::stream::iter(
        frames,
    )))
}

impl SimTransport {
    fn sends(&self, head: &Parts) -> bool {
        let what = format_args!("sends {} {}", head.method, head.uri.path());
        self.world.point(self.process, what)
    }

    fn hears(&self, conn: usize) -> bool {
        let what = format_args!("hears of request {conn}");
        self.world.point(self.process, what)
    }

    fn open(&self, mut head: Parts, size: Option<u64>) -> usize {
        let mut state = self.world.state();
        let size = size.unwrap_or_default();
        let destination = head.extensions.get::<Destination>().copied();
        let (subject, may_be_second) = state.audit(self.process, &head, destination);
        // Both doors lead to the same storage, which has one name.
        let host = match destination {
            Some(Destination::Storage) => STORAGE,
            _ => API,
        };
        let host = HeaderValue::from_static(host);
        head.headers.insert(header::HOST, host);
        head.headers.insert(header::CONTENT_LENGTH, size.into());
        let per_mille = state.network_per_mille();
        let fate = Fate::draw(&mut state.schedule.random, per_mille, size);
        let blindness = state.processes[self.process].run.blindness;
        let conn = state.conns.len();
        state.conns.push(Conn {
            process: self.process,
            head,
            subject,
            may_be_second,
            blindness,
            body: Vec::new(),
            size,
            is_whole: false,
            fate,
            exchange: None,
            decided: None,
            coming: None,
            cut_at: None,
            answer: None,
            may_send: !fate.expects,
            waker: None,
            is_over: false,
        });
        state.report.requests += 1;
        state.tell(|| match fate.mishap {
            Some(mishap) => format!("  as request {conn}, which will meet {mishap:?}"),
            None => format!("  as request {conn}"),
        });
        match fate.mishap {
            Some(Mishap::NoConnection) => {
                state.lose(conn, CONNECT_LIMIT, TransportErrorKind::Connect);
            }
            _ => {
                state.agenda.add(fate.up, Event::Head(conn));
                state.agenda.add(EXPECT_LIMIT, Event::Send(conn));
            }
        }
        conn
    }

    fn poll(&self, conn: usize, mut body: Pin<&mut Body>, cx: &mut Context<'_>) -> Poll<Answer> {
        loop {
            {
                let mut state = self.world.state();
                if !state.processes[self.process].is_alive {
                    return Poll::Pending;
                }
                let it = &mut state.conns[conn];
                it.waker = Some(cx.waker().clone());
                if let Some(answer) = it.answer.take() {
                    it.is_over = true;
                    return Poll::Ready(answer);
                }
                let is_doomed = matches!(it.fate.mishap, Some(Mishap::NoConnection));
                if it.is_whole || !it.may_send || is_doomed {
                    return Poll::Pending;
                }
            }
            // Reading the source asks the runtime, so the world may not be locked here.
            let frame = match body.as_mut().poll_frame(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Err(_))) => {
                    return Poll::Ready(Err(TransportErrorKind::Interrupted));
                }
                Poll::Ready(Some(Ok(frame))) => frame.into_data().ok(),
                Poll::Ready(None) => None,
            };
            self.world.state().sent(conn, frame.as_ref());
        }
    }
}

/// Tells the server when a client goes before its body is sent.
struct Guard<'a> {
    transport: &'a SimTransport,
    conn: usize,
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        let mut state = self.transport.world.state();
        let it = &mut state.conns[self.conn];
        it.is_over = true;
        if !it.is_whole {
            it.is_whole = true;
            let up = it.fate.up;
            state.agenda.add(up, Event::Gone(self.conn));
        }
    }
}

/// The network between them.
impl State {
    /// Takes the next part of a body, `None` after the last one.
    fn sent(&mut self, conn: usize, part: Option<&Bytes>) {
        let it = &mut self.conns[conn];
        let Fate {
            up, pause, mishap, ..
        } = it.fate;
        if let Some(part) = part {
            it.body.extend_from_slice(part);
            if !pause.is_zero() {
                it.may_send = false;
                self.agenda.add(pause, Event::Send(conn));
            }
            self.handed_over(conn);
        }
        let it = &mut self.conns[conn];
        match mishap {
            Some(Mishap::Reset(at)) if it.body.len() >= at => {
                self.cut_off(conn, Duration::ZERO, TransportErrorKind::Interrupted);
            }
            Some(Mishap::Stall(at)) if it.body.len() >= at => {
                self.cut_off(conn, STALL_LIMIT, TransportErrorKind::Stall);
            }
            _ if part.is_some() => {}
            Some(Mishap::Late(late)) => {
                it.is_whole = true;
                self.lose(conn, ANSWER_LIMIT, TransportErrorKind::AnswerTimeout);
                self.agenda.add(ANSWER_LIMIT + late, Event::Body(conn));
            }
            Some(Mishap::Lost) => {
                it.is_whole = true;
                self.lose(conn, ANSWER_LIMIT, TransportErrorKind::AnswerTimeout);
                self.agenda.add(ANSWER_LIMIT, Event::Gone(conn));
            }
            _ => {
                it.is_whole = true;
                self.agenda.add(up, Event::Body(conn));
            }
        }
    }

    /// The body gets no further.
    fn cut_off(&mut self, conn: usize, after: Duration, kind: TransportErrorKind) {
        let it = &mut self.conns[conn];
        it.is_whole = true;
        let up = it.fate.up;
        self.lose(conn, after, kind);
        self.agenda.add(after + up, Event::Gone(conn));
    }

    /// The client hears nothing, and notices so much later.
    fn lose(&mut self, conn: usize, after: Duration, kind: TransportErrorKind) {
        self.conns[conn].coming = Some(Err(kind));
        self.agenda.add(after, Event::Answer(conn));
    }

    /// The next part of a body may go.
    pub(super) fn go_on_sending(&mut self, conn: usize) {
        let it = &mut self.conns[conn];
        it.may_send = true;
        it.wake();
    }

    /// Something arrives at the client.
    pub(super) fn arrive(&mut self, conn: usize) {
        let it = &mut self.conns[conn];
        if !it.is_over && it.answer.is_none() {
            it.answer = it.coming.take();
            it.wake();
        }
    }
}

/// The server.
impl State {
    pub(super) fn head_arrives(&mut self, conn: usize) {
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
            BodyPlan::None => ServerBody::None,
            BodyPlan::Json { .. } => ServerBody::Json(bytes),
            BodyPlan::Form { max_file_bytes } => {
                let form = Form::parse(exchange.content_type(), bytes, max_file_bytes);
                ServerBody::Form(form)
            }
            BodyPlan::Object { .. } => ServerBody::Object(Blob::from_bytes(bytes)),
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
