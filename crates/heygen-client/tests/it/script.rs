//! A transport that answers from a script and a clock that moves when somebody sleeps.

use std::{
    collections::VecDeque,
    future::{Future, poll_fn},
    pin::{Pin, pin},
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
    time::Duration,
};

use heygen_client::{
    ApiKey, Body, Client, ClientBuilder, Runtime, Sleep, Transport, TransportError,
    TransportErrorKind, TransportFuture,
};
use http_body::Body as _;

/// What the transport does with one request.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    Response(u16, Vec<(&'static str, String)>, String),
    Error(TransportErrorKind),
}

impl Answer {
    pub(crate) fn json(status: u16, body: impl Into<String>) -> Self {
        Self::Response(status, Vec::new(), body.into())
    }

    pub(crate) fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        match self {
            Self::Response(status, mut headers, body) => {
                headers.push((name, value.into()));
                Self::Response(status, headers, body)
            }
            error => error,
        }
    }
}

/// A request as the transport got it.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) uri: String,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) at: Duration,
}

impl Sent {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct World(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    answers: VecDeque<Answer>,
    sent: Vec<Sent>,
    now: Duration,
}

impl World {
    pub(crate) fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let world = Self::default();
        world.0.lock().unwrap().answers = answers.into_iter().collect();
        world
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder(self.clone(), self.clone())
    }

    pub(crate) fn client(&self) -> Client {
        let key: ApiKey = "canary-key".parse().unwrap();
        self.builder().credential(key).build().unwrap()
    }

    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.0.lock().unwrap().sent.clone()
    }
}

impl Transport for World {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (parts, mut body) = request.into_parts();
            let mut bytes = Vec::new();
            while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
                let frame = frame.map_err(|error| {
                    TransportError::with_source(TransportErrorKind::Interrupted, error)
                })?;
                bytes.extend_from_slice(&frame.into_data().unwrap());
            }
            let mut state = self.0.lock().unwrap();
            let at = state.now;
            state.sent.push(Sent {
                method: parts.method.to_string(),
                uri: parts.uri.to_string(),
                headers: parts.headers,
                body: bytes,
                at,
            });
            match state.answers.pop_front().expect("the script has an answer") {
                Answer::Error(kind) => Err(TransportError::new(kind)),
                Answer::Response(status, headers, body) => {
                    let mut response = http::Response::builder().status(status);
                    for (name, value) in headers {
                        response = response.header(name, value);
                    }
                    Ok(response.body(Body::from(body.into_bytes())).unwrap())
                }
            }
        })
    }
}

impl Runtime for World {
    fn now(&self) -> Duration {
        self.0.lock().unwrap().now
    }

    fn wall_clock(&self) -> Duration {
        Duration::from_secs(1_767_225_600) + self.now()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let world = self.clone();
        let mut slept = false;
        // Time passes when somebody has waited for it, not when the timer is made.
        Box::pin(poll_fn(move |cx| {
            if slept {
                return Poll::Ready(());
            }
            slept = true;
            world.0.lock().unwrap().now += duration;
            cx.waker().wake_by_ref();
            Poll::Pending
        }))
    }

    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) {
        // Sources of these tests have one block, so nobody waits for anybody.
        work();
    }
}

/// Runs a future to its end. Everything in these tests is ready, or woken by its own poll.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}
