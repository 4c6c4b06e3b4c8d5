use bytes::Bytes;
use heygen_client::{Destination, Transport};
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
