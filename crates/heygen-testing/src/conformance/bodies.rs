use std::{
    io,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use heygen_client::{Body, TransportErrorKind};
use http::Method;

use super::{
    Limits, Subject,
    heads::accept,
    support::{Blocks, End, fail, fetch, is_caused_by, pattern, request, run},
};
use crate::server::Server;

/// Storage refuses chunked bodies, and the length is part of the signature.
pub fn length_is_exact_and_never_chunked(subject: &dyn Subject) {
    let server = Server::start(accept);
    let transport = subject.transport(Limits::generous());
    let sizes = [1, 2, 8_191, 65_536, 1_048_577];
    for size in sizes {
        let whole = request(Method::PUT, &server.url("/"), pattern(size).to_vec());
        run(subject, fetch(&transport, whole));
        let streamed = Blocks::new([pattern(size)]);
        run(
            subject,
            fetch(
                &transport,
                request(Method::POST, &server.url("/"), streamed),
            ),
        );
    }
    let heads = server.heads();
    for (head, size) in heads.iter().zip(sizes.iter().flat_map(|size| [size, size])) {
        let size = size.to_string();
        assert_eq!(head.header("content-length"), [size.as_bytes()]);
        assert!(head.header("transfer-encoding").is_empty());
    }
    assert_eq!(heads.len(), sizes.len() * 2);
}

/// A server may wait for the body of a `PUT` or a `POST` that announces none.
pub fn empty_bodies_announce_themselves_where_they_must(subject: &dyn Subject) {
    let server = Server::start(accept);
    let transport = subject.transport(Limits::generous());
    for method in [Method::PUT, Method::POST, Method::GET, Method::DELETE] {
        run(
            subject,
            fetch(&transport, request(method, &server.url("/"), Body::empty())),
        );
    }
    let nothing = Blocks::new([]);
    run(
        subject,
        fetch(&transport, request(Method::PUT, &server.url("/"), nothing)),
    );
    let announced: Vec<bool> = server
        .heads()
        .iter()
        .map(|head| head.header("content-length") == [b"0"])
        .collect();
    assert_eq!(announced, [true, true, false, false, true]);
}

/// Ten megabytes in one block.
pub fn large_body_arrives_whole(subject: &dyn Subject) {
    let body = pattern(10_000_000);
    assert!(
        arrived(subject, body.to_vec().into()) == body,
        "the body was changed"
    );
}

/// Blocks of every size, empty ones among them.
pub fn streamed_body_arrives_whole(subject: &dyn Subject) {
    let body = pattern(5_000_011);
    let mut blocks = Vec::new();
    let mut rest = body.clone();
    for size in [1, 0, 7, 4_096, 65_537, 300_001, 0, 2, 262_144]
        .iter()
        .cycle()
    {
        if rest.is_empty() {
            break;
        }
        blocks.push(rest.split_to(*size.min(&rest.len())));
    }
    blocks.push(Bytes::new());
    let arrived = arrived(subject, Blocks::new(blocks).into());
    assert!(arrived == body, "the body was changed");
}

/// Without an exact size there is no length to announce.
pub fn unknown_length_is_refused(subject: &dyn Subject) {
    let server = Server::start(accept);
    let transport = subject.transport(Limits::generous());
    let mut body = Blocks::new([pattern(10)]);
    body.announced = None;
    let put = request(Method::PUT, &server.url("/"), body);
    run(subject, fail(&transport, put, TransportErrorKind::Request));
    assert!(server.heads().is_empty());
}

/// A body that turns out shorter or longer must not pass for the announced one.
pub fn misjudged_length_is_no_success(subject: &dyn Subject) {
    for (actual, announced) in [(100_000, 100_001), (100_001, 100_000)] {
        let server = Server::start(accept);
        let transport = subject.transport(Limits::generous());
        let mut body = Blocks::new([pattern(actual)]);
        body.announced = Some(announced);
        let put = request(Method::PUT, &server.url("/"), body);
        let answer = run(subject, transport.send(put));
        assert!(answer.is_err(), "{actual} bytes passed for {announced}");
    }
}

/// The client has to tell a file that could not be read from a connection that was lost.
pub fn error_of_the_body_is_the_cause(subject: &dyn Subject) {
    #[derive(Debug)]
    struct Unreadable;
    impl std::fmt::Display for Unreadable {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("unreadable")
        }
    }
    impl std::error::Error for Unreadable {}

    let server = Server::start(accept);
    let transport = subject.transport(Limits::generous());
    let mut body = Blocks::new([pattern(50_000)]);
    body.announced = Some(100_000);
    body.end = End::Error(Box::new(Unreadable));
    let put = request(Method::PUT, &server.url("/"), body);
    let error = run(subject, transport.send(put)).expect_err("the body is not whole");
    assert!(is_caused_by::<Unreadable>(&error), "{error:?}");
    // The server is not to blame, so there is nothing to say of it.
    assert_eq!(error.hint(), None, "{error:?}");
}

/// Sends a body and returns what the server got.
fn arrived(subject: &dyn Subject, body: Body) -> Bytes {
    let got = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&got);
    let server = Server::start(move |connection| {
        let (_, body) = connection.read_request()?;
        *seen.lock().map_err(|_| io::Error::other("poisoned"))? = body;
        connection.respond(200, b"")
    });
    let transport = subject.transport(Limits::generous());
    run(
        subject,
        fetch(&transport, request(Method::PUT, &server.url("/"), body)),
    );
    let got = std::mem::take(&mut *got.lock().expect("the script does not panic"));
    got.into()
}
