use std::{sync::mpsc, time::Duration};

use heygen_client::{Body, TransportErrorKind};
use http::Method;

use super::{
    Limits, Subject,
    support::{cause, fail, pattern, read, request, run},
};
use crate::server::Server;

/// Nothing was sent, and the error says so.
pub fn nobody_listening_is_a_failure_to_connect(subject: &dyn Subject) {
    let transport = subject.transport(Limits::generous());
    let url = format!("http://{}/?SECRET", Server::nobody());
    let put = request(Method::PUT, &url, pattern(10).to_vec());
    run(subject, fail(&transport, put, TransportErrorKind::Connect));
}

/// The server takes the request and hangs up.
pub fn close_without_an_answer_is_an_interruption(subject: &dyn Subject) {
    let server = Server::start(|connection| connection.read_request().map(drop));
    let transport = subject.transport(Limits::generous());
    for body in [Body::empty(), pattern(10).to_vec().into()] {
        let put = request(Method::PUT, &server.url("/"), body);
        run(
            subject,
            fail(&transport, put, TransportErrorKind::Interrupted),
        );
    }
    assert_eq!(server.heads().len(), 2, "a request was repeated");
}

/// The server hangs up in the middle of the body, which resets the connection.
pub fn lost_connection_in_the_body_is_an_interruption(subject: &dyn Subject) {
    let server = Server::start(|connection| {
        if connection.read_head()?.expects_continue() {
            connection.consent()?;
        }
        connection.read_body(100_000).map(drop)
    });
    let transport = subject.transport(Limits::generous());
    let put = request(Method::PUT, &server.url("/"), pattern(30 << 20).to_vec());
    run(
        subject,
        fail(&transport, put, TransportErrorKind::Interrupted),
    );
}

/// What is not HTTP must not hang or pass for an answer, nor for a connection that was lost: to ask
/// again and again would not help. A server that speaks TLS where it is asked in plain text shows it.
/// Others, such as those of SSH and mail, speak before they are asked, and the greeting may be there
/// before the request has left: that is a race, so it is run several times.
pub fn garbage_is_an_error(subject: &dyn Subject) {
    for (garbage, kind) in [
        (
            b"SSH-2.0-OpenSSH_9.9\r\n\r\n".as_slice(),
            TransportErrorKind::Unreadable,
        ),
        (
            b"HTTP/1.1 two hundred\r\n\r\n",
            TransportErrorKind::Unreadable,
        ),
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
            TransportErrorKind::Unreadable,
        ),
        (
            b"\x15\x03\x01\x00\x02\x02\x16",
            TransportErrorKind::Incompatible,
        ),
        (
            b"\x16\x03\x03\x00\x31 and so on\r\n\r\n",
            TransportErrorKind::Incompatible,
        ),
    ] {
        let is_http = garbage.starts_with(b"HTTP/");
        let server = Server::start(move |connection| {
            if is_http || connection.number() == 0 {
                connection.read_request()?;
            }
            connection.send(garbage)?;
            connection.read_to_close();
            Ok(())
        });
        let transport = subject.transport(Limits::generous());
        for _ in 0..=if is_http { 0 } else { GREETINGS } {
            let get = request(Method::GET, &server.url("/"), Body::empty());
            run(subject, fail(&transport, get, kind));
        }
    }
}

/// A key or a file must not go to port 80 because the port that was meant cannot be read, nor to
/// anywhere when the host is none.
pub fn server_that_is_none_is_refused(subject: &dyn Subject) {
    let transport = subject.transport(Limits::generous());
    for server in [
        "127.0.0.1:99999",
        "127.0.0.1:8x",
        "127.0.0.1:-1",
        "127.0.0.1:0",
        "127.0.0.1:",
        "127..0.1",
        "user@127.0.0.1",
    ] {
        for scheme in ["http", "https"] {
            let url = format!("{scheme}://{server}/?SECRET");
            let put = request(Method::PUT, &url, pattern(10).to_vec());
            run(subject, fail(&transport, put, TransportErrorKind::Request));
        }
    }
}

/// The head of a response is held in memory, so it has to have an end.
pub fn endless_head_is_an_error(subject: &dyn Subject) {
    let transport = subject.transport(Limits::generous());
    let endless = Endless::start(b"HTTP/1.1 200 OK\r\n", long_line());
    let get = request(Method::GET, &endless.server.url("/"), Body::empty());
    run(
        subject,
        fail(&transport, get, TransportErrorKind::Unreadable),
    );
    endless.was_cut();
}

/// Informational answers come before every answer, but not for ever: somebody waits, and none of
/// them is late.
pub fn endless_informational_answers_are_an_error(subject: &dyn Subject) {
    let transport = subject.transport(Limits::generous());
    let many = |head: &str| head.repeat(1 + BLOCK_BYTES / head.len()).into_bytes();
    for block in [
        many("HTTP/1.1 102 Processing\r\n\r\n"),
        many("HTTP/1.1 100 Continue\r\n\r\n"),
        many(&format!(
            "HTTP/1.1 103 Early Hints\r\nlink: <{}>\r\n\r\n",
            "x".repeat(1_000)
        )),
    ] {
        let endless = Endless::start(b"", block);
        // Large enough to be held back until one of the answers lets it go.
        for len_bytes in [0, 3 << 20] {
            let body = pattern(len_bytes).to_vec();
            let put = request(Method::PUT, &endless.server.url("/"), body);
            run(
                subject,
                fail(&transport, put, TransportErrorKind::Unreadable),
            );
            endless.was_cut();
        }
    }
}

/// What follows the last chunk has to have an end, too.
pub fn endless_trailers_are_an_error(subject: &dyn Subject) {
    let transport = subject.transport(Limits::generous());
    let begin = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n";
    let short_lines = "a: b\r\n".repeat(BLOCK_BYTES / 6).into_bytes();
    for block in [long_line(), short_lines] {
        let endless = Endless::start(begin, block);
        run(subject, async {
            let get = request(Method::GET, &endless.server.url("/"), Body::empty());
            let response = transport.send(get).await.expect("the head is whole");
            let error = read(response.into_body()).await.expect_err("no end");
            assert_eq!(cause(error).kind(), TransportErrorKind::Unreadable);
        });
        endless.was_cut();
    }
}

/// A server that begins an answer and then repeats itself until the connection is closed.
struct Endless {
    server: Server,
    /// How many blocks it could send on a connection.
    sent: mpsc::Receiver<usize>,
}

impl Endless {
    fn start(begin: &'static [u8], block: Vec<u8>) -> Self {
        let (sender, sent) = mpsc::channel();
        let server = Server::start(move |connection| {
            connection.read_head()?;
            connection.send(begin)?;
            let blocks = (0..MAX_BLOCKS).take_while(|_| connection.send(&block).is_ok());
            let _ = sender.send(blocks.count());
            Ok(())
        });
        Self { server, sent }
    }

    /// Waits until the connection is closed, which has to be before the server is done.
    fn was_cut(&self) {
        let blocks = self
            .sent
            .recv_timeout(Duration::from_secs(10))
            .expect("the connection is closed");
        assert!(blocks < MAX_BLOCKS / 2, "{blocks} blocks were taken");
    }
}

fn long_line() -> Vec<u8> {
    format!("x-more: {}\r\n", "x".repeat(BLOCK_BYTES)).into_bytes()
}

const BLOCK_BYTES: usize = 4_000;
/// Several times what the buffers between server and client hold, and what a transport reads in one
/// go.
const MAX_BLOCKS: usize = 30_000;

/// Half of a body must not pass for the whole, however its end is marked.
pub fn half_an_answer_is_an_error(subject: &dyn Subject) {
    for half in [
        b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345".as_slice(),
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n12345\r\n",
    ] {
        let server = Server::start(move |connection| {
            connection.read_request()?;
            connection.send(half)
        });
        let transport = subject.transport(Limits::generous());
        run(subject, async {
            let get = request(Method::GET, &server.url("/"), Body::empty());
            let response = transport.send(get).await.expect("the head is whole");
            let error = read(response.into_body()).await.expect_err("half a body");
            assert_eq!(cause(error).kind(), TransportErrorKind::Interrupted);
        });
    }
}

/// How often a server greets before it is asked.
const GREETINGS: usize = 16;
