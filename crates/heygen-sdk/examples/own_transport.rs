//! The whole client over an HTTP stack of one's own: ureq, threads, and neither tokio nor hyper.
//!
//! Two traits are the seam: [`Transport`] sends one request, [`Runtime`] has the clock and the
//! threads. Everything above them, from the choice of the route to retries, stays as it is.
//!
//! ```console
//! $ heygen-rs emulator --listen 8080 &
//! {"url":"http://127.0.0.1:8080","api_key":"…"}
//! $ export HEYGEN_API_BASE=http://127.0.0.1:8080 HEYGEN_API_KEY=…
//! $ cargo run -p heygen-sdk --example own_transport -- tests/media/clip.mp4
//! ```
#![expect(clippy::print_stdout, reason = "a program tells its result")]

use std::{
    error::Error,
    future::poll_fn,
    io::{self, Read},
    path::Path,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use heygen_sdk::{
    Asset, Body, Client, ClientBuilder, Runtime, Sleep, Transport, TransportError,
    TransportErrorKind, TransportFuture,
};
use http_body::Body as _;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os()
        .nth(1)
        .ok_or("usage: own_transport FILE")?;
    let asset = upload(builder().environment()?, file.as_ref())?;
    println!(
        "{} is {} of {}",
        asset.asset_id, asset.size, asset.media_type
    );
    Ok(())
}

pub(crate) fn builder() -> ClientBuilder {
    Client::builder(Ureq::new(), Threads::new())
}

pub(crate) fn upload(builder: ClientBuilder, file: &Path) -> Result<Asset, Box<dyn Error>> {
    let client = builder.build()?;
    Ok(block_on(client.assets().upload(file).into_future())?)
}

/// The HTTP stack. It does what a transport has to, with three exceptions that a finished one
/// should not have: a connection whose future is dropped lives until its next time limit, an answer
/// that comes early waits for the body of the request, and answers are read whole.
#[derive(Debug)]
struct Ureq(ureq::Agent);

impl Ureq {
    fn new() -> Self {
        let config = ureq::Agent::config_builder()
            // A status is a response, and what to do about it is decided above.
            .http_status_as_error(false)
            .max_redirects(0)
            // There is no limit for a transfer as a whole: a slow link is no error.
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_recv_response(Some(Duration::from_secs(120)))
            .build();
        Self(config.new_agent())
    }
}

impl Transport for Ureq {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let agent = self.0.clone();
        Box::pin(async move {
            let answer = on_thread(move || exchange(&agent, request)).await;
            answer.unwrap_or_else(|| Err(TransportError::new(TransportErrorKind::Interrupted)))
        })
    }
}

fn exchange(
    agent: &ureq::Agent,
    request: http::Request<Body>,
) -> Result<http::Response<Body>, TransportError> {
    let (mut head, body) = request.into_parts();
    let len_bytes = body.len_bytes().unwrap_or_default();
    if len_bytes > 0 {
        // Without a length ureq would send chunks, which storage refuses.
        head.headers
            .insert(http::header::CONTENT_LENGTH, len_bytes.into());
    }
    let mut reader = BodyReader {
        body,
        block: Bytes::new(),
    };
    let sent = if len_bytes > 0 {
        agent.run(http::Request::from_parts(
            head,
            ureq::SendBody::from_reader(&mut reader),
        ))
    } else {
        agent.run(http::Request::from_parts(head, ()))
    };
    let (head, mut body) = sent.map_err(transport_error)?.into_parts();
    let body = body.read_to_vec().map_err(transport_error)?;
    Ok(http::Response::from_parts(head, body.into()))
}

fn transport_error(error: ureq::Error) -> TransportError {
    // The kind says whether the request is sent again. Of the error itself only the words are
    // kept: that of a URL could show its query.
    let kind = match &error {
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => TransportErrorKind::Connect,
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
            TransportErrorKind::Connect
        }
        ureq::Error::Timeout(_) => TransportErrorKind::AnswerTimeout,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => TransportErrorKind::Untrusted,
        ureq::Error::BadUri(_) => return TransportError::new(TransportErrorKind::Request),
        _ => TransportErrorKind::Interrupted,
    };
    TransportError::with_source(kind, error)
}

/// A body as a blocking stack wants to read it. The client reads and hashes the file on a thread of
/// its own; here its blocks are waited for.
struct BodyReader {
    body: Body,
    block: Bytes,
}

impl Read for BodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.block.is_empty() {
            let frame = block_on(poll_fn(|cx| Pin::new(&mut self.body).poll_frame(cx)));
            match frame {
                None => return Ok(0),
                Some(Ok(frame)) => self.block = frame.into_data().unwrap_or_default(),
                Some(Err(error)) => return Err(io::Error::other(error)),
            }
        }
        let len_bytes = buffer.len().min(self.block.len());
        buffer[..len_bytes].copy_from_slice(&self.block.split_to(len_bytes));
        Ok(len_bytes)
    }
}

/// The clock and the threads.
#[derive(Debug)]
struct Threads {
    start: Instant,
}

impl Threads {
    fn new() -> Self {
        Self {
            start: Instant::now(),
        }
    }
}

impl Runtime for Threads {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn wall_clock(&self) -> Duration {
        // A clock before 1970 is as good as none.
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(async move {
            on_thread(move || thread::sleep(duration)).await;
        })
    }
}

/// Runs work on a thread of its own. `None` means that it panicked.
async fn on_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = async_channel::bounded(1);
    thread::spawn(move || {
        // Nobody listens any more when the future was dropped.
        let _ = sender.try_send(work());
    });
    receiver.recv().await.ok()
}

/// Waits for a future on this thread.
fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}
