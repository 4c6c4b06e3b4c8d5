use bytes::Bytes;
use heygen_client::{Destination, Transport, TransportErrorKind};
use heygen_hyper::HyperTransport;
use heygen_testing::server::Server;
use http::HeaderValue;

use crate::backend::{request, text};

/// A server that refuses the question gets the request again without it, the body untouched.
#[tokio::test]
async fn refused_question_is_dropped() {
    let server = Server::start(|connection| {
        let head = connection.read_head()?;
        if head.expects_continue() {
            return connection.respond(417, b"what?");
        }
        let body = connection.read_body(head.content_length())?;
        connection.respond(200, body.len().to_string().as_bytes())
    });
    let transport = HyperTransport::builder().no_proxy().build().unwrap();
    let put = request(
        Destination::Storage,
        &server.url("/"),
        Bytes::from(vec![1; 2_000_000]),
    );
    let response = transport.send(put).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(text(response).await, "2000000");
    let asked: Vec<bool> = server
        .heads()
        .iter()
        .map(|head| head.expects_continue())
        .collect();
    assert_eq!(asked, [true, false]);
}

/// A 417 to a request that asked nothing is a response like any other.
#[tokio::test]
async fn unasked_417_is_a_response() {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.respond(417, b"")
    });
    let transport = HyperTransport::builder().no_proxy().build().unwrap();
    let put = request(
        Destination::Storage,
        &server.url("/"),
        Bytes::from_static(b"x"),
    );
    assert_eq!(transport.send(put).await.unwrap().status(), 417);
    assert_eq!(server.heads().len(), 1);
}

#[tokio::test]
async fn threshold_counts_the_byte() {
    let server = Server::start(|connection| {
        loop {
            connection.read_request()?;
            connection.respond(200, b"")?;
        }
    });
    let transport = HyperTransport::builder()
        .no_proxy()
        .expect_continue_above(1_000)
        .build()
        .unwrap();
    for len in [0, 999, 1_000, 1_001] {
        let put = request(
            Destination::Storage,
            &server.url("/"),
            Bytes::from(vec![1; len]),
        );
        transport.send(put).await.unwrap();
    }
    // A caller that asks for itself gets its answer as well.
    let mut put = request(
        Destination::Storage,
        &server.url("/"),
        Bytes::from_static(b"x"),
    );
    put.headers_mut()
        .insert("expect", HeaderValue::from_static("100-Continue"));
    transport.send(put).await.unwrap();
    let asked: Vec<bool> = server
        .heads()
        .iter()
        .map(|head| head.expects_continue())
        .collect();
    assert_eq!(asked, [false, false, true, true, true]);
}

/// A server that closes an idle connection may do so while a request is on its way. As long as the
/// body is held back nothing can have come of it, so it goes to a fresh connection.
#[tokio::test]
async fn held_body_survives_a_connection_that_closes() {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.respond(200, b"")?;
        connection.read_head().map(drop)
    });
    let transport = HyperTransport::builder().no_proxy().build().unwrap();
    for _ in 0..3 {
        let body = Bytes::from(vec![1; 2_000_000]);
        let put = request(Destination::Storage, &server.url("/"), body);
        assert_eq!(transport.send(put).await.unwrap().status(), 200);
    }
    assert_eq!(server.connections(), 3);
    assert_eq!(server.heads().len(), 5);
}

/// Without that, nobody knows what became of it.
#[tokio::test]
async fn sent_body_is_not_repeated() {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.respond(200, b"")?;
        connection.read_request().map(drop)
    });
    let transport = HyperTransport::builder().no_proxy().build().unwrap();
    for body in [Bytes::from_static(b"x"), Bytes::new()] {
        let put = |body| request(Destination::Storage, &server.url("/"), body);
        assert_eq!(
            transport.send(put(body.clone())).await.unwrap().status(),
            200
        );
        let error = transport.send(put(body)).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Interrupted);
    }
    assert_eq!(server.heads().len(), 4);
}

/// A server that refuses and closes resets the connection under a body that is still being sent.
/// The refusal was received before that, so it is not lost with the write.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn refusal_outlives_the_reset() {
    let server = Server::start(|connection| {
        connection.read_head()?;
        connection.respond(403, b"expired")
    });
    let transport = HyperTransport::builder()
        .no_proxy()
        .expect_continue_above(u64::MAX)
        .build()
        .unwrap();
    for round in 1..=40 {
        let body = Bytes::from(vec![1; 8_000_000]);
        let put = request(Destination::Storage, &server.url("/"), body);
        let response = transport.send(put).await.unwrap();
        assert_eq!(response.status(), 403, "round {round}");
        assert_eq!(text(response).await, "expired", "round {round}");
    }
}
