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
use heygen_emulator::{
    Action, Begin, Blob, Body as ServerBody, BodyPlan, Cut, Endpoint, Form, Reply,
};
use http::{HeaderValue, Response, header, request::Parts};
use http_body::Body as _;

use super::{
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
            let what = format!("sends {} {}", parts.method, parts.uri.path());
            if !self.world.point(self.process, &what) {
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
            let what = format!("hears of {}", self.world.state().conns[conn].shown());
            if !self.world.point(self.process, &what) {
                return std::future::pending().await;
            }
            let response = answer.map_err(TransportError::new)?;
            self.world.heard(conn, response.status());
            let is_cut = matches!(
                self.world.state().conns[conn].fate.mishap,
                Some(Mishap::Cut)
            );
            Ok(response.map(|bytes| if is_cut { cut(&bytes) } else { bytes.into() }))
        })
    }
}

/// Makes a body that ends too early.
fn cut(bytes: &Bytes) -> Body {
    let half = bytes.slice(..bytes.len() / 2);
    let end = heygen_client::BodyError::new("the connection was lost");
    let frames = [Ok(http_body::Frame::data(half)), Err(end)];
    Body::stream(http_body_util::StreamBody::new(futures_util::stream::iter(
        frames,
    )))
}

impl SimTransport {
    fn open(&self, mut head: Parts, size: Option<u64>) -> usize {
        let mut state = self.world.state();
        let size = size.unwrap_or_default();
        let destination = head.extensions.get::<Destination>().copied();
        let host = head.uri.host().unwrap_or_default().to_owned();
        state.audit(self.process, &head, destination);
        if let Ok(host) = HeaderValue::from_str(&host) {
            head.headers.insert(header::HOST, host);
        }
        head.headers.insert(header::CONTENT_LENGTH, size.into());
        let per_mille = state.network_per_mille();
        let mut fate = Fate::draw(&mut state.schedule.random, per_mille, size);
        if !["api.heygen.com", "storage.sim"].contains(&host.as_str()) {
            fate.mishap = Some(Mishap::NoConnection);
        }
        let conn = state.conns.len();
        state.conns.push(Conn {
            process: self.process,
            head,
            body: Vec::new(),
            is_whole: false,
            fate,
            exchange: None,
            decided: None,
            coming: None,
            answer: None,
            may_send: !fate.expects,
            waker: None,
            is_over: false,
        });
        state.report.requests += 1;
        if let Some(mishap) = fate.mishap {
            state.tell(|| format!("  request {conn} will meet {mishap:?}"));
        }
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
        let endpoint = exchange.endpoint();
        let reply = self.core.finish(now, exchange, body);
        self.served(conn, endpoint, &reply);
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
            body: it.body.clone(),
            is_whole: true,
            fate: Fate {
                mishap: None,
                ..it.fate
            },
            exchange: None,
            decided: None,
            coming: None,
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
                let (parts, payload) = response.into_parts();
                let body = payload.read().expect("the simulation keeps all in memory");
                self.tell(|| format!("  the server answers request {conn}: {}", parts.status));
                self.conns[conn].coming = Some(Ok(Response::from_parts(parts, body)));
                self.agenda.add(reply.delay + down, Event::Answer(conn));
            }
            Action::Stall => self.lose(conn, ANSWER_LIMIT, TransportErrorKind::AnswerTimeout),
            _ => self.lose(conn, reply.delay + down, TransportErrorKind::Interrupted),
        }
    }

    /// Takes note of what the server did.
    fn served(&mut self, conn: usize, endpoint: Endpoint, reply: &Reply) {
        let Action::Answer(response) = &reply.action else {
            return;
        };
        if !response.status().is_success() {
            return;
        }
        let head = &self.conns[conn].head;
        match endpoint {
            Endpoint::StoragePut => {
                let path = head.uri.path().to_owned();
                *self.facts.stored.entry(path).or_default() += 1;
            }
            Endpoint::CreateDirectUpload => {
                let key = head.headers.get("idempotency-key");
                let key = key.and_then(|key| key.to_str().ok()).map(str::to_owned);
                let body = match response.body() {
                    heygen_emulator::Payload::Bytes(bytes) => bytes.clone(),
                    _ => Bytes::new(),
                };
                let body: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
                let url = body["data"]["upload_url"].as_str().unwrap_or_default();
                let path = url.parse::<http::Uri>().map(|url| url.path().to_owned());
                if let (Some(key), Ok(path)) = (key, path) {
                    self.facts.key_of_url.insert(path, key);
                }
            }
            _ => {}
        }
    }
}
