//! Servers that answer nonsense: each gets one clear error that names the step and the remedy.

use std::{sync::mpsc, time::Duration};

use heygen_e2e::{Bench, client, mp4_of, png_of};
use heygen_emulator::{Endpoint, Fault, SlotOverride};
use heygen_sdk::{
    Error, ErrorKind, Route, Source,
    types::{PresignedUrl, UploadHeaders},
    upload_core::StepKind,
};
use heygen_testing::server::{Connection, Server};

/// Uploads a small image to a server that answers every request with these bytes.
async fn answered_with(answer: impl Fn() -> Vec<u8> + Send + Sync + 'static) -> Error {
    let server = Server::start(move |connection| {
        loop {
            connection.read_request()?;
            connection.send(&answer())?;
        }
    });
    client(&server.url(""), "key")
        .assets()
        .upload(Source::bytes("image.png", png_of(20_000)))
        .await
        .expect_err("nonsense is no success")
}

fn http(status: &str, content_type: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

#[tokio::test]
async fn success_that_cannot_be_read_is_a_protocol_error() {
    for body in [
        "<html>hello</html>",
        "",
        "{\"data\":{\"asset_id\":",
        "{\"data\":null}",
        "[]",
    ] {
        let error = answered_with(move || http("200 OK", "text/html", body)).await;
        assert_eq!(error.kind(), ErrorKind::Protocol, "{body:?}: {error:?}");
        assert_eq!(error.step(), Some(StepKind::Single));
        assert!(error.hint().contains("base URL"));
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[tokio::test]
async fn refusals_without_an_envelope_are_those_of_an_intermediary() {
    for (status, kind) in [
        ("401 Unauthorized", ErrorKind::Network),
        ("403 Forbidden", ErrorKind::Network),
        ("404 Not Found", ErrorKind::Network),
        ("502 Bad Gateway", ErrorKind::Network),
        ("302 Found", ErrorKind::Protocol),
    ] {
        let error = answered_with(move || http(status, "text/html", "<html>no</html>")).await;
        assert_eq!(error.kind(), kind, "{status}: {error:?}");
        let is_named = error.to_string().contains("gateway, proxy or firewall");
        assert_eq!(is_named, kind == ErrorKind::Network, "{status}: {error}");
    }
}

#[tokio::test]
async fn what_is_not_http_ends_in_an_error() {
    let error = answered_with(|| b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec()).await;
    assert_eq!(error.kind(), ErrorKind::Protocol, "{error:?}");
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn an_endless_body_is_not_read_to_its_end() {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.send(b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n")?;
        let block = vec![b' '; 1 << 20];
        // The client goes away long before the end, which ends the script with an error.
        (0..10_000).try_for_each(|_| connection.send(&block))
    });
    let error = client(&server.url(""), "key")
        .assets()
        .upload(Source::bytes("image.png", png_of(20_000)))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Protocol);
    let cause = std::error::Error::source(&error).expect("the cause is told");
    assert!(cause.to_string().contains("longer than"), "{cause}");
}

/// Sends a head that announces far more than anybody reads, and the body until the client has
/// enough of it. Returns how much that was.
fn endless(connection: &mut Connection, status: &str) -> usize {
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: 10000000000\r\n\r\n");
    let block = vec![b'<'; 1 << 20];
    let mut sent = 0;
    if connection.send(head.as_bytes()).is_ok() {
        while sent < 1_000 && connection.send(&block).is_ok() {
            sent += 1;
        }
    }
    sent
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_refusal_is_not_read_to_its_end() {
    let (sent, was_sent) = mpsc::channel();
    let server = Server::start(move |connection| {
        connection.read_request()?;
        let _ = sent.send(endless(connection, "422 No"));
        Ok(())
    });
    let error = client(&server.url(""), "key")
        .assets()
        .upload(Source::bytes("image.png", png_of(20_000)))
        .await
        .unwrap_err();
    // A body that never ends says nothing.
    assert_eq!(error.status(), Some(422));
    let megabytes = was_sent.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!(megabytes < 100, "{megabytes} MiB were read");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_refusal_of_storage_is_not_read_to_its_end() {
    let (sent, was_sent) = mpsc::channel();
    let storage = Server::start(move |connection| {
        let (head, _) = connection.read_request()?;
        assert_eq!(head.method(), b"PUT");
        let _ = sent.send(endless(connection, "404 No"));
        Ok(())
    });
    let bench = Bench::start().await;
    let mut slot = SlotOverride::default();
    slot.upload_url = Some(PresignedUrl::new(storage.url("/k")));
    bench.emulator.fault(Fault::slot(slot));
    let upload = bench
        .client
        .assets()
        .upload(Source::bytes("clip.mp4", mp4_of(100_000)));
    let error = upload.route(Route::Direct).await.unwrap_err();
    assert_eq!(error.status(), Some(404));
    let megabytes = was_sent.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!(megabytes < 100, "{megabytes} MiB were read");
}

/// Wherever it leads, nobody goes there with the credential.
#[tokio::test]
async fn redirects_of_the_api_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Server::start(|connection| {
            connection.read_request()?;
            connection.respond(200, b"{}")
        });
        let target = elsewhere.url("/v3/assets");
        let error = answered_with(move || {
            let head = format!("HTTP/1.1 {status} Go\r\nlocation: {target}\r\n");
            format!("{head}content-length: 0\r\n\r\n").into_bytes()
        })
        .await;
        assert_eq!(error.kind(), ErrorKind::Protocol, "{status}: {error:?}");
        assert_eq!(elsewhere.connections(), 0, "{status} was followed");
    }
}

/// Uploads directly to a slot that a hostile server made up, and that this step refuses.
async fn slot(refused_by: StepKind, change: impl FnOnce(&mut SlotOverride)) -> Error {
    let bench = Bench::start().await;
    let mut slot = SlotOverride::default();
    change(&mut slot);
    bench.emulator.fault(Fault::slot(slot));
    let upload = bench
        .client
        .assets()
        .upload(Source::bytes("clip.mp4", mp4_of(100_000)))
        .route(Route::Direct);
    let error = upload.await.expect_err("the slot cannot be used");
    assert_eq!(error.step(), Some(refused_by));
    assert_eq!(error.kind(), ErrorKind::Protocol, "{error:?}");
    assert!(bench.requests_to(Endpoint::StoragePut).is_empty());
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("canary"), "a secret is shown: {shown}");
    error
}

#[tokio::test]
async fn an_upload_url_that_is_no_place_for_a_put_is_refused() {
    for url in [
        "ftp://127.0.0.1/canary?X-Amz-Signature=canary",
        "file:///etc/canary",
        "javascript:canary",
        "/canary",
        "http://user:canary@127.0.0.1/x",
        "http://127.0.0.1/x?X-Amz-Signature=canary#fragment",
        "http://127.0.0.1/a\r\nx-canary: 1",
        "http://127.0.0.1/a b?canary",
        "http://127.0.0.1:99999/canary",
        "http://127.0.0.1:8x/canary",
        "http://127.0.0.1:-1/canary",
        "http://127.0.0.1:/canary",
        "http://127..0.1/canary",
        "http://[::1/canary",
    ] {
        let url = PresignedUrl::new(url);
        let error = slot(StepKind::Put, |slot| slot.upload_url = Some(url.clone())).await;
        let cause = std::error::Error::source(&error).expect("the cause is told");
        assert!(cause.to_string().contains("upload_url"), "{url:?}: {cause}");
    }
    // What is empty is none: it is the slot that cannot be read.
    let none = PresignedUrl::new("");
    let error = slot(StepKind::Create, |slot| slot.upload_url = Some(none)).await;
    let cause = std::error::Error::source(&error).expect("the cause is told");
    assert!(cause.to_string().contains("upload_url"), "{cause}");
}

#[tokio::test]
async fn headers_that_would_break_the_request_are_refused() {
    for (name, value) in [
        ("x-note", "canary\r\nevil: 1"),
        ("x-note", "canary\0"),
        ("bad name", "canary"),
        ("", "canary"),
        ("Transfer-Encoding", "chunked"),
        ("connection", "close"),
        ("TE", "trailers"),
        ("Upgrade", "h2c"),
        ("Proxy-Authorization", "canary"),
        ("Authorization", "Bearer canary"),
        ("X-Api-Key", "canary"),
        ("Cookie", "canary=1"),
        ("Content-Length", "1"),
        ("Host", "elsewhere.example"),
    ] {
        let headers = UploadHeaders::new().with(name, value);
        let error = slot(StepKind::Put, |slot| slot.upload_headers = Some(headers)).await;
        let cause = std::error::Error::source(&error).expect("the cause is told");
        assert!(
            cause.to_string().contains("upload_headers"),
            "{name:?}: {cause}"
        );
    }
    let twice = UploadHeaders::new().with("x-note", "a").with("X-Note", "b");
    slot(StepKind::Put, |slot| slot.upload_headers = Some(twice)).await;
}

#[tokio::test]
async fn half_an_answer_is_a_lost_connection() {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.send(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"data\":")
    });
    let error = client(&server.url(""), "key")
        .assets()
        .upload(Source::bytes("image.png", png_of(20_000)))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network, "{error:?}");
    assert!(error.is_retryable());
    // A file that is sent but never acknowledged may be stored.
    assert_eq!(error.stored(), Some(&heygen_sdk::Stored::Unknown));
}
