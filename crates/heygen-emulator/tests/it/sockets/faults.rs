//! Faults as a client meets them on its socket. How long things take is never measured, only what
//! comes and in which order.

use std::{io::ErrorKind, time::Duration};

use heygen_emulator::Emulator;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use super::{api, complete, connect, create, data, put, put_all, rest, send};
use crate::bench::png;

const ME: &str = "/v3/users/me";

async fn emulator(faults: &[&str]) -> Emulator {
    let emulator = Emulator::start().await.unwrap();
    for fault in faults {
        emulator.fault(fault.parse().unwrap());
    }
    emulator
}

fn me(emulator: &Emulator) -> Vec<u8> {
    api(emulator, "GET", ME, "", 0)
}

/// Reads until the connection ends, and tells whether that was a reset.
async fn until_end(socket: &mut TcpStream) -> (Vec<u8>, bool) {
    let mut received = Vec::new();
    match socket.read_to_end(&mut received).await {
        Ok(_) => (received, false),
        Err(error) if error.kind() == ErrorKind::ConnectionReset => (received, true),
        Err(error) => panic!("{error}"),
    }
}

/// Sends a request on a connection of its own.
async fn ask(emulator: &Emulator, request: &[u8]) -> (Vec<u8>, bool) {
    let mut socket = connect(emulator).await;
    socket.write_all(request).await.unwrap();
    until_end(&mut socket).await
}

/// Splits an answer into its head and its body.
fn split(answer: &[u8]) -> (String, &[u8]) {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = answer.split_at(end.expect("a whole head") + 4);
    (String::from_utf8(head.to_vec()).unwrap(), body)
}

/// Stores an object, and returns the head of the GET of it.
async fn stored(emulator: &Emulator, content: &[u8]) -> Vec<u8> {
    let slot = create(emulator, content).await;
    put_all(emulator, &slot, content).await;
    let done = data(&complete(emulator, &slot).await);
    let url = done["url"].as_str().unwrap();
    let path = url.strip_prefix(emulator.url()).unwrap();
    let address = emulator.address();
    format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").into_bytes()
}

#[tokio::test]
async fn a_slowly_read_body_arrives_whole() {
    let emulator = emulator(&["storage_put:slow-reading=40000/1ms"]).await;
    let content = png(1 << 20);
    let slot = create(&emulator, &content).await;
    assert!(
        put_all(&emulator, &slot, &content)
            .await
            .starts_with("HTTP/1.1 200 ")
    );
    let stored = emulator.assets()[0].content.clone().unwrap();
    assert_eq!(stored.read().unwrap(), content);
    assert!(emulator.unused_faults().is_empty());
}

#[tokio::test]
async fn a_body_that_is_hardly_read_is_held_up() {
    // One byte and then an hour: more than the buffers between take cannot be sent.
    let emulator = emulator(&["storage_put:slow-reading=1/1h"]).await;
    let content = png(64 << 20);
    let slot = create(&emulator, &content).await;
    let mut socket = connect(&emulator).await;
    socket
        .write_all(&put(&emulator, &slot, content.len(), ""))
        .await
        .unwrap();
    let sending = timeout(Duration::from_millis(300), socket.write_all(&content));
    assert!(sending.await.is_err(), "nobody takes so much");
    let requests = emulator.requests();
    assert_eq!(requests.last().unwrap().status, None);
    drop(socket);
    // It does not hold up the end of the emulator either.
    timeout(Duration::from_secs(4), emulator.shutdown())
        .await
        .unwrap();
}

#[tokio::test]
async fn the_next_request_of_a_slow_connection_is_read_at_once() {
    let emulator = emulator(&[
        "create_direct_upload:slow-reading=10/1ms",
        "get_user:slow-writing=10/1ms",
    ])
    .await;
    let mut socket = connect(&emulator).await;
    let body = r#"{"filename": "a.png", "content_type": "image/png", "size_bytes": 1}"#;
    let headers = "content-type: application/json\r\n";
    let head = api(
        &emulator,
        "POST",
        "/v3/assets/direct-uploads",
        headers,
        body.len(),
    );
    let head = String::from_utf8(head)
        .unwrap()
        .replace("connection: close\r\n", "");
    socket.write_all(head.as_bytes()).await.unwrap();
    socket.write_all(body.as_bytes()).await.unwrap();
    let mut first = [0; 12];
    socket.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    socket.write_all(&me(&emulator)).await.unwrap();
    let both = rest(&mut socket).await;
    assert_eq!(both.matches("HTTP/1.1 200 OK").count(), 1, "{both}");
    assert!(both.contains("emulated"), "{both}");
}

#[tokio::test]
async fn a_slowly_written_answer_arrives_whole() {
    let emulator = emulator(&[]).await;
    for content in [png(100_000), png(3 << 20)] {
        let get = stored(&emulator, &content).await;
        emulator.fault("storage_get:slow-writing=70000/1ms".parse().unwrap());
        let (answer, is_reset) = ask(&emulator, &get).await;
        assert!(!is_reset && split(&answer).1 == content);
    }
}

#[tokio::test]
async fn a_hardly_written_answer_is_held_up() {
    let emulator = emulator(&["get_user:slow-writing=5/1h"]).await;
    let mut socket = connect(&emulator).await;
    socket.write_all(&me(&emulator)).await.unwrap();
    let mut first = [0; 5];
    socket.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/");
    let more = timeout(Duration::from_millis(100), socket.read_u8());
    assert!(more.await.is_err());
}

#[tokio::test]
async fn an_answer_is_reset_where_the_fault_says() {
    let emulator = emulator(&[]).await;
    for content in [png(100_000), png(3 << 20)] {
        let get = stored(&emulator, &content).await;
        for bytes in [0, 1000, 100_000] {
            let fault = format!("storage_get:answer-reset-after={bytes}");
            emulator.fault(fault.parse().unwrap());
            let (answer, is_reset) = ask(&emulator, &get).await;
            let (head, body) = split(&answer);
            assert!(
                head.contains(&format!("content-length: {}\r\n", content.len())),
                "{head}"
            );
            assert!(
                is_reset && body == &content[..bytes],
                "{} of {bytes}",
                body.len()
            );
        }
    }
}

#[tokio::test]
async fn an_answer_stalls_where_the_fault_says() {
    let emulator = emulator(&[]).await;
    let content = png(100_000);
    let get = stored(&emulator, &content).await;
    emulator.fault("storage_get:answer-stall-after=1000".parse().unwrap());
    let mut socket = connect(&emulator).await;
    socket.write_all(&get).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(&content[..1000]) {
        assert!(socket.read_buf(&mut answer).await.unwrap() > 0);
    }
    let more = timeout(Duration::from_millis(100), socket.read_u8());
    assert!(more.await.is_err(), "neither more nor an end");
    // It does not hold up the end of the emulator.
    timeout(Duration::from_secs(4), emulator.shutdown())
        .await
        .unwrap();
}

#[tokio::test]
async fn an_answer_can_come_early_and_the_reset_after_it() {
    let emulator = emulator(&["storage_put:storage=SlowDown,early,then-reset"]).await;
    let content = png(8 << 20);
    let slot = create(&emulator, &content).await;
    let mut socket = connect(&emulator).await;
    socket
        .write_all(&put(&emulator, &slot, content.len(), ""))
        .await
        .unwrap();
    socket.write_all(&content[..1000]).await.unwrap();
    let (answer, is_reset) = until_end(&mut socket).await;
    let (head, body) = split(&answer);
    assert!(head.starts_with("HTTP/1.1 503 ") && is_reset, "{head}");
    assert!(String::from_utf8_lossy(body).contains("<Code>SlowDown</Code>"));
    assert!(socket.write_all(&content).await.is_err(), "nobody listens");
}

#[tokio::test]
async fn a_whole_answer_can_end_with_a_reset() {
    let emulator = emulator(&["get_user:then-reset", "get_user:answer-reset-after=1000000"]).await;
    for _ in 0..2 {
        let mut socket = connect(&emulator).await;
        let keeps = String::from_utf8(me(&emulator))
            .unwrap()
            .replace("connection: close\r\n", "");
        socket.write_all(keeps.as_bytes()).await.unwrap();
        let (answer, is_reset) = until_end(&mut socket).await;
        assert!(is_reset);
        serde_json::from_slice::<Value>(split(&answer).1).unwrap();
    }
}

#[tokio::test]
async fn a_request_without_a_body_is_reset_all_the_same() {
    let emulator = emulator(&["get_user:reset-after=0,delay=1ms", "get_user:reset-after=9"]).await;
    for _ in 0..2 {
        let (answer, is_reset) = ask(&emulator, &me(&emulator)).await;
        assert!(is_reset && answer.is_empty());
    }
    assert!(emulator.unused_faults().is_empty());
}

#[tokio::test]
async fn half_a_json_comes_with_its_own_length() {
    let emulator = emulator(&[]).await;
    let whole = send(&emulator, &me(&emulator)).await;
    let (_, whole) = whole.split_once("\r\n\r\n").unwrap();
    for (fault, expected) in [
        ("get_user:truncated", whole[..whole.len() / 2].to_owned()),
        ("get_user:duplicated", whole.repeat(2)),
    ] {
        emulator.fault(fault.parse().unwrap());
        let answer = send(&emulator, &me(&emulator)).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let length = format!("content-length: {}\r\n", expected.len());
        assert!(head.contains(&length), "{head}");
        assert_eq!(body, expected);
    }
}
