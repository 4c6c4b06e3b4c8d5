use std::{
    sync::{Arc, Weak, mpsc},
    time::Duration,
};

use http::Method;

use super::{
    Limits, Subject,
    heads::accept,
    support::{Blocks, End, fetch, pattern, read, request, run},
};
use crate::server::Server;

/// An expired URL is refused as soon as the head is there. Whoever sends the body regardless
/// loses the answer in the reset more often than not.
pub fn early_refusal_is_seen_every_time(subject: &dyn Subject) {
    let body = pattern(8 << 20);
    for round in 1..=40 {
        let server = Server::start(|connection| {
            connection.read_head()?;
            connection.send(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 7\r\n")?;
            connection.send(b"connection: close\r\n\r\nexpired")
        });
        let transport = subject.transport(Limits::generous());
        let put = request(Method::PUT, &server.url("/"), body.to_vec());
        let response = run(subject, fetch(&transport, put));
        assert_eq!(response.status(), 403, "round {round} of 40");
        assert_eq!(response.body(), "expired", "round {round} of 40");
    }
}

/// A response that comes in the middle of the body is returned then, the body is let go, and the
/// connection is not used again.
pub fn early_answer_ends_the_sending(subject: &dyn Subject) {
    let (closed, is_closed) = mpsc::channel();
    let server = Server::start(move |connection| {
        let head = connection.read_head()?;
        if connection.number() > 0 {
            connection.read_body(head.content_length())?;
            return connection.respond(200, b"");
        }
        if head.expects_continue() {
            connection.consent()?;
        }
        connection.read_body(64 << 10)?;
        connection.respond(403, b"enough")?;
        let _ = closed.send(connection.read_to_close());
        Ok(())
    });
    let transport = subject.transport(Limits::generous());
    let token = Arc::new(());
    let mut body = Blocks::new([pattern(128 << 10)]);
    body.announced = Some(1 << 30);
    body.end = End::Never;
    body.token = Some(Arc::clone(&token));
    let alive: Weak<()> = Arc::downgrade(&token);
    drop(token);
    run(subject, async {
        let put = request(Method::PUT, &server.url("/"), body);
        let response = transport.send(put).await.expect("the early answer");
        assert_eq!(response.status(), 403);
        assert!(alive.upgrade().is_none(), "the body is still held");
        let answer = read(response.into_body()).await;
        assert_eq!(answer.expect("the body is whole"), "enough");
        let put = request(Method::PUT, &server.url("/"), pattern(10).to_vec());
        assert_eq!(fetch(&transport, put).await.status(), 200);
    });
    assert_eq!(server.connections(), 2);
    is_closed
        .recv_timeout(Duration::from_secs(10))
        .expect("the first connection is closed");
}

/// Not every server knows `Expect`; after a while the body goes out anyway.
pub fn silent_server_gets_the_body_in_the_end(subject: &dyn Subject) {
    let server = Server::start(|connection| {
        let head = connection.read_head()?;
        connection.read_body(head.content_length())?;
        connection.respond(200, b"got it")
    });
    let transport =
        subject.transport(Limits::generous().with_expect_wait(Duration::from_millis(200)));
    let put = request(Method::PUT, &server.url("/"), pattern(3 << 20).to_vec());
    assert_eq!(run(subject, fetch(&transport, put)).body(), "got it");
}

/// A small body costs less than the question whether it is wanted.
pub fn small_body_does_not_wait(subject: &dyn Subject) {
    let server = Server::start(accept);
    let transport = subject.transport(Limits::generous());
    let put = request(Method::PUT, &server.url("/"), pattern(10_000).to_vec());
    run(subject, fetch(&transport, put));
    assert!(server.heads()[0].header("expect").is_empty());
}
