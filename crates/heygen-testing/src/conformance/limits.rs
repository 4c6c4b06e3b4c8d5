use std::{
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
    thread,
    time::Duration,
};

use bytes::Bytes;
use heygen_client::{Body, BodyError, Destination, TransportErrorKind};
use http::{HeaderValue, Method, header};
use http_body::{Body as HttpBody, Frame, SizeHint};

use super::{
    Limits, Subject,
    heads::accept,
    support::{cause, fail, fetch, pattern, read, request, run},
};
use crate::server::Server;

/// The server takes the request and says nothing.
pub fn missing_answer_ends_in_time(subject: &dyn Subject) {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.read_to_close();
        Ok(())
    });
    let transport = subject.transport(Limits::generous().with_answer(SHORT));
    for body in [Body::empty(), pattern(100_000).to_vec().into()] {
        let put = request(Method::PUT, &server.url("/"), body);
        run(
            subject,
            fail(&transport, put, TransportErrorKind::AnswerTimeout),
        );
    }
}

/// The server stops taking the body.
pub fn stalled_reader_ends_in_time(subject: &dyn Subject) {
    let server = Server::start(|connection| {
        if connection.read_head()?.expects_continue() {
            connection.consent()?;
        }
        thread::sleep(Duration::from_secs(10));
        Ok(())
    });
    let transport = subject.transport(Limits::generous().with_stall(SHORT));
    let put = request(Method::PUT, &server.url("/"), pattern(64 << 20).to_vec());
    run(subject, fail(&transport, put, TransportErrorKind::Stall));
}

/// The server stops in the middle of its own body.
pub fn stalled_answer_ends_in_time(subject: &dyn Subject) {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.send(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345")?;
        connection.read_to_close();
        Ok(())
    });
    let transport = subject.transport(Limits::generous().with_stall(SHORT));
    run(subject, async {
        let get = request(Method::GET, &server.url("/"), Body::empty());
        let response = transport.send(get).await.expect("the head is whole");
        let error = read(response.into_body()).await.expect_err("half a body");
        let error = cause(error);
        assert_eq!(error.kind(), TransportErrorKind::Stall);
        let address = server.address().to_string();
        assert!(error.to_string().contains(&address), "{error}");
    });
}

/// A server that sends its answer byte by byte never stalls, and would hold a request for ever. A
/// file may take as long as it likes, and so may a stream of events.
pub fn slow_answer_ends_in_time_and_a_slow_file_does_not(subject: &dyn Subject) {
    let server = Server::start(|connection| {
        connection.read_request()?;
        let length = 3 * SHORT.as_millis() / BYTE_EVERY.as_millis();
        connection.send(
            format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n")
                .as_bytes(),
        )?;
        for _ in 0..length {
            connection.send(b"x")?;
            thread::sleep(BYTE_EVERY);
        }
        Ok(())
    });
    let transport = subject.transport(Limits::generous().with_answer(SHORT));
    let (json, events) = ("application/json", "text/event-stream");
    for (method, destination, accept, may_take_long) in [
        (Method::GET, Destination::Api, json, false),
        (Method::POST, Destination::Api, events, true),
        (Method::PUT, Destination::Storage, json, false),
        (Method::PUT, Destination::Storage, events, false),
        (Method::GET, Destination::Storage, json, true),
    ] {
        run(subject, async {
            let mut any = request(method, &server.url("/"), Body::empty());
            any.extensions_mut().insert(destination);
            let accept = HeaderValue::from_static(accept);
            any.headers_mut().insert(header::ACCEPT, accept);
            let response = transport.send(any).await.expect("the head is whole");
            match read(response.into_body()).await {
                Ok(body) => assert!(may_take_long && body.iter().all(|byte| *byte == b'x')),
                Err(error) => {
                    let error = cause(error);
                    assert_eq!(error.kind(), TransportErrorKind::AnswerTimeout);
                    assert!(!may_take_long);
                }
            }
        });
    }
}

/// A transfer may take many times the limit as long as it moves.
pub fn slow_reader_is_no_stall(subject: &dyn Subject) {
    let server = Server::start(|connection| {
        let head = connection.read_head()?;
        if head.expects_continue() {
            connection.consent()?;
        }
        let mut left = head.content_length();
        while left > 0 {
            thread::sleep(Duration::from_millis(40));
            let block = left.min(1 << 20);
            connection.read_body(block)?;
            left -= block;
        }
        connection.respond(200, b"slowly")
    });
    let transport = subject.transport(Limits::generous().with_stall(Duration::from_secs(1)));
    let put = request(Method::PUT, &server.url("/"), pattern(64 << 20).to_vec());
    assert_eq!(run(subject, fetch(&transport, put)).body(), "slowly");
}

/// A body that takes its time is no fault of the connection.
pub fn slow_body_is_no_stall(subject: &dyn Subject) {
    let server = Server::start(accept);
    let limits = Limits::generous().with_stall(SHORT).with_answer(SHORT);
    let transport = subject.transport(limits);
    let put = request(Method::PUT, &server.url("/"), Body::stream(Slow::new(4)));
    assert_eq!(run(subject, fetch(&transport, put)).status(), 200);
}

/// A body whose every block takes longer than the limits.
struct Slow {
    left: u64,
    state: Arc<Mutex<Turn>>,
}

#[derive(Default)]
enum Turn {
    #[default]
    Nobody,
    Waits(Waker),
    Due,
}

impl Slow {
    fn new(blocks: u64) -> Self {
        Self {
            left: blocks,
            state: Arc::default(),
        }
    }
}

impl HttpBody for Slow {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let state = Arc::clone(&self.state);
        let mut turn = state.lock().expect("nothing panics under this lock");
        let waits = Turn::Waits(cx.waker().clone());
        match std::mem::replace(&mut *turn, waits) {
            Turn::Due => {
                *turn = Turn::Nobody;
                self.left -= 1;
                Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"x")))))
            }
            Turn::Waits(_) => Poll::Pending,
            Turn::Nobody => {
                let state = Arc::clone(&state);
                thread::spawn(move || {
                    thread::sleep(SHORT + Duration::from_millis(200));
                    let mut turn = state.lock().expect("nothing panics under this lock");
                    if let Turn::Waits(waker) = std::mem::replace(&mut *turn, Turn::Due) {
                        waker.wake();
                    }
                });
                Poll::Pending
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

const SHORT: Duration = Duration::from_millis(400);
const BYTE_EVERY: Duration = Duration::from_millis(20);
