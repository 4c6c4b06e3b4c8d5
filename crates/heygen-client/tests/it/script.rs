//! A transport that answers from a script, and a client over it in virtual time.

use std::{
    collections::VecDeque,
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use heygen_client::{
    ApiKey, Body, BodyError, Client, ClientBuilder, Runtime, Sleep, Transport, TransportError,
    TransportErrorKind, TransportFuture,
};
use http_body::{Body as _, Frame};

use crate::clock;
pub(crate) use crate::clock::block_on;

/// What the transport does with one request.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    Response(u16, Vec<(&'static str, String)>, String),
    /// The same with a body that is no text.
    Bytes(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// A stream of events, with what happens while it comes.
    Stream(Vec<Step>),
    Error(TransportErrorKind),
    /// Nothing comes back, ever.
    Silence,
    /// It takes its time.
    After(Duration, Box<Self>),
}

/// What happens while a stream comes.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Bytes(Vec<u8>),
    /// Nothing comes for a while.
    Pause(Duration),
    Error(TransportErrorKind),
    /// Nothing comes any more, ever.
    Silence,
}

impl Answer {
    pub(crate) fn json(status: u16, body: impl Into<String>) -> Self {
        Self::Response(status, Vec::new(), body.into())
    }

    /// What the API says when it refuses.
    pub(crate) fn refusal(status: u16, code: &str) -> Self {
        let body = format!(r#"{{"error":{{"code":"{code}","message":"m"}}}}"#);
        Self::json(status, body)
    }

    /// What a gateway, proxy or firewall says when it refuses.
    pub(crate) fn page(status: u16) -> Self {
        let page = "<!DOCTYPE html><title>no</title>";
        Self::json(status, page).with("content-type", "text/html")
    }

    pub(crate) fn after(self, duration: Duration) -> Self {
        Self::After(duration, Box::new(self))
    }

    pub(crate) fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        match self {
            Self::Response(status, mut headers, body) => {
                headers.push((name, value.into()));
                Self::Response(status, headers, body)
            }
            other => other,
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

#[derive(Default)]
struct State {
    answers: VecDeque<Answer>,
    server: Option<Server>,
    sent: Vec<Sent>,
    origin: Duration,
}

/// What answers by what is asked, where the order is not known.
type Server = Box<dyn FnMut(&Sent) -> Answer + Send>;

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("sent", &self.sent)
            .finish_non_exhaustive()
    }
}

impl World {
    pub(crate) fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self(Arc::new(Mutex::new(State {
            answers: answers.into_iter().collect(),
            origin: clock::now(),
            ..State::default()
        })))
    }

    pub(crate) fn serving(server: impl FnMut(&Sent) -> Answer + Send + 'static) -> Self {
        let world = Self::new([]);
        world.0.lock().unwrap().server = Some(Box::new(server));
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
            let sent = Sent {
                method: parts.method.to_string(),
                uri: parts.uri.to_string(),
                headers: parts.headers,
                body: bytes,
                at: self.now(),
            };
            let answer = {
                let mut state = self.0.lock().unwrap();
                state.sent.push(sent.clone());
                match &mut state.server {
                    Some(server) => server(&sent),
                    None => state.answers.pop_front().expect("the script has an answer"),
                }
            };
            let answer = match answer {
                Answer::After(duration, answer) => {
                    clock::sleep(duration).await;
                    *answer
                }
                answer => answer,
            };
            match answer {
                Answer::After(..) => unreachable!("an answer is late once"),
                Answer::Silence => std::future::pending().await,
                Answer::Stream(steps) => {
                    let response = http::Response::builder();
                    let response = response.header("content-type", "text/event-stream");
                    let body = Body::stream(Steps(steps.into(), None));
                    Ok(response.body(body).unwrap())
                }
                Answer::Error(kind) => Err(TransportError::new(kind)),
                Answer::Response(..) | Answer::Bytes(..) => {
                    let (status, headers, body) = match answer {
                        Answer::Response(status, headers, body) => {
                            (status, headers, body.into_bytes())
                        }
                        Answer::Bytes(status, headers, body) => (status, headers, body),
                        _ => unreachable!("it has a body"),
                    };
                    let mut response = http::Response::builder().status(status);
                    for (name, value) in headers {
                        response = response.header(name, value);
                    }
                    Ok(response.body(Body::from(body)).unwrap())
                }
            }
        })
    }
}

/// A body that comes step by step.
struct Steps(VecDeque<Step>, Option<Sleep>);

impl http_body::Body for Steps {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        loop {
            if let Some(pause) = &mut self.1 {
                ready!(pause.as_mut().poll(cx));
                self.1 = None;
            }
            return match self.0.pop_front() {
                None => Poll::Ready(None),
                Some(Step::Bytes(bytes)) => Poll::Ready(Some(Ok(Frame::data(bytes.into())))),
                Some(Step::Error(kind)) => {
                    let error = BodyError::new(TransportError::new(kind));
                    Poll::Ready(Some(Err(error)))
                }
                Some(Step::Silence) => {
                    self.0.push_front(Step::Silence);
                    Poll::Pending
                }
                Some(Step::Pause(duration)) => {
                    self.1 = Some(clock::sleep(duration));
                    continue;
                }
            };
        }
    }
}

impl Runtime for World {
    fn now(&self) -> Duration {
        clock::now() - self.0.lock().unwrap().origin
    }

    fn wall_clock(&self) -> Duration {
        Duration::from_secs(1_767_225_600) + self.now()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        clock::sleep(duration)
    }

    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) {
        // Sources of these tests have one block, so nobody waits for anybody.
        work();
    }
}
