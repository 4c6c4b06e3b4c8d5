//! A server that takes deliveries, with the sockets of std and nothing else: what is checked in
//! which order, and what is answered.
//!
//! In front of the internet stands a real server, which also brings HTTPS; [`Receiver::receive`] is
//! what belongs into its handler.
//!
//! ```console
//! $ HEYGEN_WEBHOOK_SECRET=whsec_0123 cargo run -p heygen-webhooks --example receiver -- 127.0.0.1:8099 &
//! listening on 127.0.0.1:8099
//! $ body='{"event_type":"video_agent.success","event_data":{}}'
//! $ curl http://127.0.0.1:8099/ --data-binary "$body" -H "Heygen-Timestamp: $(date +%s)" \
//!     -H "Heygen-Event-Id: evt_1" \
//!     -H "Heygen-Signature: $(printf %s "$body" | openssl dgst -sha256 -hmac whsec_0123 -r | cut -d' ' -f1)"
//! ```
#![expect(clippy::print_stdout, reason = "a program tells its result")]

use std::{
    env,
    error::Error,
    io::{self, BufRead, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use heygen_types::webhooks::{EventPayload, WebhookEvent};
use heygen_webhooks::{SeenIds, Verifier, headers};

fn main() -> Result<(), Box<dyn Error>> {
    let address = env::args().nth(1).ok_or("usage: receiver ADDRESS")?;
    let secret = env::var("HEYGEN_WEBHOOK_SECRET")?.parse()?;
    let mut verifier = Verifier::new(secret);
    // While a secret is changed, deliveries under the old one are accepted, too.
    if let Ok(previous) = env::var("HEYGEN_WEBHOOK_SECRET_PREVIOUS") {
        verifier = verifier.with_previous(previous.parse()?);
    }
    let listener = TcpListener::bind(address)?;
    println!("listening on {}", listener.local_addr()?);
    let mut receiver = Receiver::new(verifier);
    for stream in listener.incoming() {
        // A sender that goes away in the middle is its own problem.
        let now = since_epoch()?;
        match stream.and_then(|stream| receiver.serve(now, &stream)) {
            Ok(said) => println!("{said}"),
            Err(error) => println!("a connection failed: {error}"),
        }
    }
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a program reads the clock, and the crate is told the time"
)]
fn since_epoch() -> Result<Duration, Box<dyn Error>> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?)
}

pub(crate) struct Receiver {
    verifier: Verifier,
    seen: SeenIds,
}

/// What is answered, and what is written into the log.
pub(crate) struct Reply {
    status: u16,
    said: String,
}

impl Receiver {
    pub(crate) fn new(verifier: Verifier) -> Self {
        Self {
            verifier,
            seen: SeenIds::new(10_000),
        }
    }

    /// Takes one delivery: check, recognise, parse, and only then act.
    pub(crate) fn receive(
        &mut self,
        now: Duration,
        received: &[(String, String)],
        body: &[u8],
    ) -> Reply {
        let delivery = match self.verifier.verify(now, headers(received), body) {
            Ok(delivery) => delivery,
            // The reason is for the log; the sender may be anybody.
            Err(error) => return Reply::new(401, format!("refused: {error}")),
        };
        if !self.seen.insert(now, &delivery) {
            // It was handled, and the answer to that got lost: say again that it arrived.
            return Reply::new(200, "again, and ignored");
        }
        match serde_json::from_slice(delivery.body()) {
            Ok(event) => Reply::new(200, handle(&event)),
            Err(error) => {
                // What could not be handled may come again, perhaps to a newer version of this.
                self.seen.forget(&delivery);
                Reply::new(500, format!("signed, but not understood: {error}"))
            }
        }
    }

    /// Reads one request and answers it.
    pub(crate) fn serve(&mut self, now: Duration, mut stream: &TcpStream) -> io::Result<String> {
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut reader = BufReader::new(stream.take(MAX_REQUEST_BYTES));
        let (received, len_bytes) = read_head(&mut reader)?;
        let mut body = Vec::new();
        reader.take(len_bytes).read_to_end(&mut body)?;
        let Reply { status, said } = self.receive(now, &received, &body);
        write!(
            stream,
            "HTTP/1.1 {status} -\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )?;
        Ok(said)
    }
}

/// Acts on an event. A real program writes it down and answers: HeyGen waits meanwhile.
fn handle(event: &WebhookEvent) -> String {
    match event.payload() {
        EventPayload::AvatarVideoSuccess(video) => format!("video {} is done", video.video_id),
        EventPayload::AvatarVideoFail(fail) => {
            let reason = fail.reason().unwrap_or("no reason given");
            format!("video {}: {reason}", fail.video_id)
        }
        EventPayload::Malformed { problem, .. } => format!("{}: {problem}", event.event_type),
        // The other events say that something happened: read the resource again.
        _ => event.event_type.to_string(),
    }
}

impl Reply {
    fn new(status: u16, said: impl Into<String>) -> Self {
        Self {
            status,
            said: said.into(),
        }
    }
}

/// Reads the headers, and how many bytes follow.
fn read_head(reader: &mut impl BufRead) -> io::Result<(Vec<(String, String)>, u64)> {
    let mut received = Vec::new();
    // The request line says nothing that matters here.
    for line in reader.lines().skip(1) {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        received.push((name.to_owned(), value.trim().to_owned()));
    }
    let len_bytes = headers(&received)("Content-Length").and_then(|text| text.parse().ok());
    let problem = "a request without a usable length";
    let len_bytes = len_bytes.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, problem))?;
    Ok((received, len_bytes))
}

/// Far more than an event has.
const MAX_REQUEST_BYTES: u64 = 1024 * 1024;
