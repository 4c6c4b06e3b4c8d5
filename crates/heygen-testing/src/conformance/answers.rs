use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use heygen_client::Body;
use http::Method;
use http_body::Body as _;
use http_body_util::BodyExt as _;

use super::{
    Limits, Subject,
    support::{fetch, pattern, request, run},
};
use crate::server::Server;

/// What a status means is decided above the transport.
pub fn refusal_is_a_response(subject: &dyn Subject) {
    let statuses = [201, 204, 400, 401, 403, 404, 409, 413, 429, 500, 503];
    for status in statuses {
        let server = Server::start(move |connection| {
            connection.read_request()?;
            match status {
                204 => connection.send(b"HTTP/1.1 204 No\r\n\r\n"),
                _ => connection.respond(status, b"why"),
            }
        });
        let transport = subject.transport(Limits::generous());
        let put = request(Method::PUT, &server.url("/"), pattern(10).to_vec());
        let response = run(subject, fetch(&transport, put));
        assert_eq!(response.status().as_u16(), status);
        let expected: &[u8] = if status == 204 { b"" } else { b"why" };
        assert_eq!(response.body(), expected);
    }
}

/// A redirect could lead a credential anywhere.
pub fn redirect_is_not_followed(subject: &dyn Subject) {
    for status in [301, 302, 303, 307, 308] {
        let server = Server::start(move |connection| {
            loop {
                connection.read_request()?;
                let head = format!("HTTP/1.1 {status} Go\r\nlocation: /there\r\n");
                connection.send(format!("{head}content-length: 0\r\n\r\n").as_bytes())?;
            }
        });
        let transport = subject.transport(Limits::generous());
        let put = request(Method::PUT, &server.url("/here"), pattern(10).to_vec());
        let response = run(subject, fetch(&transport, put));
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.headers()["location"], "/there");
        assert_eq!(server.heads().len(), 1);
    }
}

/// `103 Early Hints`, and a `100 Continue` that nobody asked for.
pub fn informational_answers_are_skipped(subject: &dyn Subject) {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.send(b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n")?;
        connection.consent()?;
        connection.respond(200, b"final")
    });
    let transport = subject.transport(Limits::generous());
    let get = request(Method::GET, &server.url("/"), Body::empty());
    let response = run(subject, fetch(&transport, get));
    assert_eq!(response.status(), 200);
    assert_eq!(response.body(), "final");
}

/// The answer to `HEAD` announces a body that does not come; 204 and 304 have none.
pub fn answers_without_a_body_are_empty(subject: &dyn Subject) {
    let server = Server::start(|connection| {
        loop {
            let (head, _) = connection.read_request()?;
            connection.send(match head.target() {
                b"/204" => b"HTTP/1.1 204 Nothing\r\n\r\n".as_slice(),
                b"/304" => b"HTTP/1.1 304 Same\r\ncontent-length: 9\r\n\r\n",
                _ => b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n",
            })?;
        }
    });
    let transport = subject.transport(Limits::generous());
    for (method, target) in [
        (Method::HEAD, "/"),
        (Method::GET, "/204"),
        (Method::GET, "/304"),
        (Method::HEAD, "/"),
    ] {
        let any = request(method, &server.url(target), Body::empty());
        assert!(run(subject, fetch(&transport, any)).body().is_empty());
    }
}

/// Lines as old gateways write them, and more of them than anybody needs: browsers and curl take both.
pub fn unusual_headers_are_read(subject: &dyn Subject) {
    let many = (0..800).map(|number| format!("x-{number}: hit\r\n"));
    let many: String = many.collect();
    let server = Server::start(move |connection| {
        connection.read_request()?;
        connection.send(b"HTTP/1.1 200 OK\r\nx-folded: a\r\n  b\r\nx-odd : 1\r\n")?;
        connection.send(many.as_bytes())?;
        connection.send(b"content-length: 4\r\n\r\nread")
    });
    let transport = subject.transport(Limits::generous());
    let get = request(Method::GET, &server.url("/"), Body::empty());
    let response = run(subject, fetch(&transport, get));
    let folded = response.headers()["x-folded"].to_str().expect("it is text");
    let words: Vec<_> = folded.split_whitespace().collect();
    assert_eq!(words, ["a", "b"]);
    assert_eq!(response.headers()["x-odd"], "1");
    assert_eq!(response.headers()["x-799"], "hit");
    assert_eq!(response.body(), "read");
}

/// A chunked response loses its framing and nothing else.
pub fn chunked_answer_is_put_together(subject: &dyn Subject) {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.send(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")?;
        connection.send(b"5\r\nhello\r\n7;ext=1\r\n, there\r\n0\r\n\r\n")
    });
    let transport = subject.transport(Limits::generous());
    let get = request(Method::GET, &server.url("/"), Body::empty());
    assert_eq!(run(subject, fetch(&transport, get)).body(), "hello, there");
}

/// HTTP/1.0 and some gateways end a body by closing the connection.
pub fn answer_without_a_length_ends_with_the_connection(subject: &dyn Subject) {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.send(b"HTTP/1.0 502 Bad Gateway\r\n\r\n<html>no</html>")
    });
    let transport = subject.transport(Limits::generous());
    let get = request(Method::GET, &server.url("/"), Body::empty());
    let response = run(subject, fetch(&transport, get));
    assert_eq!(response.status(), 502);
    assert_eq!(response.body(), "<html>no</html>");
}

/// A response of any size needs little memory: it comes in pieces, and no faster than it is read.
pub fn large_answer_comes_in_pieces(subject: &dyn Subject) {
    let written = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&written);
    let server = Server::start(move |connection| {
        connection.read_request()?;
        connection
            .send(format!("HTTP/1.1 200 OK\r\ncontent-length: {LARGE_BYTES}\r\n\r\n").as_bytes())?;
        let block = vec![7; 1 << 20];
        for _ in 0..LARGE_BYTES / block.len() {
            connection.send(&block)?;
            count.fetch_add(block.len(), Ordering::SeqCst);
        }
        Ok(())
    });
    let transport = subject.transport(Limits::generous());
    let get = request(Method::GET, &server.url("/"), Body::empty());
    run(subject, async {
        let mut body = transport
            .send(get)
            .await
            .expect("the server answers")
            .into_body();
        assert_eq!(body.size_hint().exact(), Some(LARGE_BYTES as u64));
        let mut total = 0;
        while let Some(frame) = body.frame().await {
            let data = frame
                .expect("the body is whole")
                .into_data()
                .expect("no trailers");
            assert!(data.len() <= 4 << 20, "a piece of {} bytes", data.len());
            assert!(data.iter().all(|byte| *byte == 7));
            if total == 0 {
                // Whoever buffers without being read would have all of it by then.
                std::thread::sleep(std::time::Duration::from_millis(300));
                assert!(written.load(Ordering::SeqCst) < LARGE_BYTES);
            }
            total += data.len();
        }
        assert_eq!(total, LARGE_BYTES);
    });
}

const LARGE_BYTES: usize = 64 << 20;
