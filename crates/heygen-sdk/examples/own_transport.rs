//! The whole client over an HTTP stack of one's own: sockets and threads of the standard library.
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
    io::{self, BufRead, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use heygen_sdk::{
    Asset, Body, Client, ClientBuilder, Runtime, Sleep, Transport, TransportError,
    TransportErrorKind, TransportFuture, types::Origin,
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
    Client::builder(Sockets, Threads::new())
}

pub(crate) fn upload(builder: ClientBuilder, file: &Path) -> Result<Asset, Box<dyn Error>> {
    let client = builder.build()?;
    Ok(block_on(client.assets().upload(file).into_future())?)
}

/// The HTTP stack: HTTP/1.1 as far as a client of this API needs it, over the sockets of the standard
/// library, with one connection for each request.
///
/// It shows what a transport has to do, and leaves out what a finished one should have: TLS, proxies,
/// `Expect: 100-continue`, chunked answers, and an end to the exchange when its future is dropped.
#[derive(Debug)]
struct Sockets;

impl Transport for Sockets {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let answer = on_thread(move || exchange(request)).await;
            answer.unwrap_or_else(|| Err(TransportError::new(TransportErrorKind::Interrupted)))
        })
    }
}

fn exchange(request: http::Request<Body>) -> Result<http::Response<Body>, TransportError> {
    let (head, mut body) = request.into_parts();
    let uri = &head.uri;
    let (Some("http"), Some(host), Some(len_bytes)) =
        (uri.scheme_str(), uri.authority(), body.len_bytes())
    else {
        return Err(TransportError::new(TransportErrorKind::Request));
    };
    // It reads the port strictly: one that is none must not become 80.
    let server = Origin::from_parts("http", host.as_str())
        .map_err(|invalid| TransportError::with_source(TransportErrorKind::Request, invalid))?;
    let socket = TcpStream::connect(server.authority())
        .and_then(limited)
        .map_err(|error| TransportError::with_source(TransportErrorKind::Connect, error))?;
    // The target goes out byte for byte: a presigned URL is signed as it is written.
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let mut bytes = format!("{} {target} HTTP/1.1\r\nhost: {host}\r\n", head.method).into_bytes();
    let own = [
        ("connection", "close"),
        ("content-length", &len_bytes.to_string()),
    ];
    let given = head
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_bytes()));
    let own = own.iter().map(|(name, value)| (*name, value.as_bytes()));
    for (name, value) in given
        .filter(|(name, _)| *name != "content-length")
        .chain(own)
    {
        bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    bytes.extend(b"\r\n");
    let sent = (&socket).write_all(&bytes).and_then(|()| {
        while let Some(frame) = block_on(poll_fn(|cx| Pin::new(&mut body).poll_frame(cx))) {
            let block = frame
                .map_err(io::Error::other)?
                .into_data()
                .unwrap_or_default();
            (&socket).write_all(&block)?;
        }
        Ok(())
    });
    // A server that refuses a request in its middle has answered before it hung up, so the answer is
    // looked for even if not everything could be sent.
    match answer(&mut BufReader::new(&socket), &head.method) {
        Ok(answer) => Ok(answer),
        Err(error) => Err(interrupted(sent.err().unwrap_or(error))),
    }
}

/// Sets how long the socket may stand still, in either direction. There is no limit for a transfer
/// as a whole: a slow link is no error.
fn limited(socket: TcpStream) -> io::Result<TcpStream> {
    socket.set_write_timeout(Some(Duration::from_secs(30)))?;
    socket.set_read_timeout(Some(Duration::from_secs(120)))?;
    Ok(socket)
}

fn interrupted(error: io::Error) -> TransportError {
    let kind = match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => TransportErrorKind::Stall,
        _ => TransportErrorKind::Interrupted,
    };
    TransportError::with_source(kind, error)
}

/// Reads a response. A status is no error: what to do about it is decided above.
fn answer(reader: &mut impl BufRead, method: &http::Method) -> io::Result<http::Response<Body>> {
    let nonsense = |what: &'static str| io::Error::new(io::ErrorKind::InvalidData, what);
    let status = line(reader)?;
    let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status: u16 = status.ok_or_else(|| nonsense("the answer has no status"))?;
    let mut response = http::Response::builder().status(status);
    let mut len_bytes = None;
    loop {
        let header = line(reader)?;
        let Some((name, value)) = header.split_once(':') else {
            break;
        };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => len_bytes = value.parse::<u64>().ok(),
            "transfer-encoding" => return Err(nonsense("the answer comes in chunks")),
            _ => {}
        }
        response = response.header(name, value);
    }
    if (100..200).contains(&status) {
        return answer(reader, method);
    }
    let mut body = Vec::new();
    if method != http::Method::HEAD && !matches!(status, 204 | 304) {
        reader
            .take(len_bytes.unwrap_or(u64::MAX))
            .read_to_end(&mut body)?;
        if len_bytes.is_some_and(|len_bytes| len_bytes != body.len() as u64) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    response.body(body.into()).map_err(io::Error::other)
}

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    // A head that has no end is no reason to fill the memory.
    reader.take(64 * 1024).read_line(&mut line)?;
    match line.strip_suffix('\n') {
        Some(whole) => Ok(whole.trim_end_matches('\r').to_owned()),
        None => Err(io::ErrorKind::UnexpectedEof.into()),
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
