//! A client over a transport that answers at once, for targets that need a whole client.

use std::{
    fmt,
    future::{Future, poll_fn},
    pin::{Pin, pin},
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
    time::Duration,
};

use heygen_client::{
    ApiKey, Body, Client, RetryPolicy, Runtime, Sleep, Transport, TransportFuture,
};
use http::{HeaderName, HeaderValue, Response, request::Parts};
use http_body::Body as _;

/// The credential, so that a target can look for it where it must not be.
pub(super) const KEY: &str = "canary-key";

/// What the clock on the wall says: the first moment of 2026.
pub(super) const NOW: Duration = Duration::from_secs(1_767_225_600);

/// What answers requests.
type Server = Box<dyn FnMut(&Parts, &[u8]) -> Response<Body> + Send>;

/// The transport and the runtime of the client. Nothing in it waits.
#[derive(Clone)]
pub(super) struct Canned {
    server: Arc<Mutex<Server>>,
    slept: Arc<Mutex<Vec<Duration>>>,
}

impl Canned {
    pub(super) fn new(
        server: impl FnMut(&Parts, &[u8]) -> Response<Body> + Send + 'static,
    ) -> Self {
        Self {
            server: Arc::new(Mutex::new(Box::new(server))),
            slept: Arc::default(),
        }
    }

    /// Makes a client that sends each request at most so often, and waits only where it is asked
    /// to.
    pub(super) fn client(&self, max_attempts: u32) -> Client {
        let mut retry = RetryPolicy::default();
        retry.max_attempts = max_attempts;
        retry.base = Duration::ZERO;
        retry.retry_after_limit = Duration::MAX;
        retry.wait_budget = Duration::MAX;
        let key: ApiKey = KEY.parse().expect("it is a key");
        let client = Client::builder(self.clone(), self.clone())
            .credential(key)
            .retry(retry);
        client.build().expect("the default base URL is https")
    }

    /// Returns how long the client wanted to wait, each time.
    pub(super) fn slept(&self) -> Vec<Duration> {
        self.slept
            .lock()
            .expect("no target goes on after a panic")
            .clone()
    }
}

impl fmt::Debug for Canned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Canned")
    }
}

impl Transport for Canned {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (head, mut body) = request.into_parts();
            let length = body.len_bytes();
            let mut bytes = Vec::new();
            while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
                let frame = frame.expect("sources in memory can be read");
                bytes.extend_from_slice(&frame.into_data().expect("bodies have no trailers"));
            }
            assert_eq!(length, Some(bytes.len() as u64), "the length is exact");
            let mut server = self.server.lock().expect("no target goes on after a panic");
            Ok(server(&head, &bytes))
        })
    }
}

impl Runtime for Canned {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn wall_clock(&self) -> Duration {
        NOW
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let mut slept = self.slept.lock().expect("no target goes on after a panic");
        slept.push(duration);
        Box::pin(std::future::ready(()))
    }

    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) {
        work();
    }
}

/// Makes an answer with those headers that an answer can have.
pub(super) fn answer(status: u16, headers: &[(&[u8], &[u8])], body: &[u8]) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_vec()));
    if let Ok(status) = http::StatusCode::from_u16(status) {
        *response.status_mut() = status;
    }
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name), HeaderValue::from_bytes(value))
        {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// Runs a future in which nothing waits for anything outside of it.
pub(super) fn finish<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..1_000 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
    panic!("the client waits for something that will not happen");
}
