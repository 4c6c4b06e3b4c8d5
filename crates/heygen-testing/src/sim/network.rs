//! The transport of one process, and the network behind it.

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
use http::{HeaderValue, header, request::Parts};
use http_body::Body as _;

use super::{
    audit::{API, STORAGE},
    clock::Event,
    exchange::{Answer, Conn, Fate, Mishap},
    world::{State, World},
};

/// How long the transport waits for a connection, for an answer, and for progress.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
pub(super) const ANSWER_LIMIT: Duration = Duration::from_secs(60);
pub(super) const STALL_LIMIT: Duration = Duration::from_secs(30);
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
            is_lie: false,
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
    pub(super) fn lose(&mut self, conn: usize, after: Duration, kind: TransportErrorKind) {
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
