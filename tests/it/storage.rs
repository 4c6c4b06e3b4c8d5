//! What goes over the wire to storage, byte for byte: a server that records every request as it
//! came, and plays the API and the storage.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use heygen_e2e::{client, mp4_of};
use heygen_sdk::{Asset, Error, Route, Source};
use heygen_testing::server::{Connection, Head, Server};

const SIZE: usize = 2_500_000;
const KEY: &str = "canary-key-0123456789";

/// The presigned part of a URL with everything that a normalising client would change.
const ODD: &str = "/bucket//a%2Fb/%7Ekey+1;v=2?X-Amz-Signature=%2b%2B~canary&X-Amz-Date=20260101T000000Z&empty=&X-Amz-SignedHeaders=content-type%3Bhost";

/// Plays the API and the storage; `put` answers each PUT, given how many there were before it.
fn serve(
    put: impl Fn(&mut Connection, &Head, usize) -> std::io::Result<()> + Send + Sync + 'static,
) -> Server {
    let address = Arc::new(std::sync::OnceLock::<String>::new());
    let url = Arc::clone(&address);
    let puts = AtomicUsize::new(0);
    let creates = AtomicUsize::new(0);
    let server = Server::start(move |connection| {
        loop {
            let head = connection.read_head()?;
            let target = String::from_utf8_lossy(head.target()).into_owned();
            if head.method() == b"PUT" {
                put(connection, &head, puts.fetch_add(1, Ordering::SeqCst))?;
                continue;
            }
            connection.read_body(head.content_length())?;
            let answer = if target == "/v3/assets/direct-uploads" {
                let generation = creates.fetch_add(1, Ordering::SeqCst) + 1;
                format!(
                    r#"{{"data":{{"asset_id":"asset_{generation}","upload_url":"{}{ODD}&g={generation}","upload_headers":{{"Content-Type":"video/mp4","x-amz-server-side-encryption":"AES256","X-Amz-Meta-Note":"a, b;  c"}},"expires_in_seconds":3600,"max_bytes":10000000,"status":"pending_upload"}}}}"#,
                    url.get()
                        .expect("the address is set before the first request"),
                )
            } else {
                let id = target.split('/').nth(3).unwrap_or_default().to_owned();
                format!(
                    r#"{{"data":{{"asset_id":"{id}","mime_type":"video/mp4","size_bytes":{SIZE},"status":"processing","url":"https://files.example/{id}"}}}}"#
                )
            };
            connection.respond(200, answer.as_bytes())?;
        }
    });
    address
        .set(server.url(""))
        .expect("the address is set once");
    server
}

async fn upload(server: &Server) -> Result<Asset, Error> {
    client(&server.url(""), KEY)
        .assets()
        .upload(Source::bytes("clip.mp4", mp4_of(SIZE)))
        .route(Route::Direct)
        .await
}

fn accept(connection: &mut Connection, head: &Head) -> std::io::Result<()> {
    if head.expects_continue() {
        connection.consent()?;
    }
    connection.read_body(head.content_length())?;
    connection.respond(200, b"")
}

fn of<'a>(heads: &'a [Head], method: &[u8]) -> Vec<&'a Head> {
    heads
        .iter()
        .filter(|head| head.method() == method)
        .collect()
}

#[tokio::test]
async fn the_put_is_what_was_signed_and_nothing_else() {
    let server = serve(|connection, head, _| accept(connection, head));
    let asset = upload(&server).await.unwrap();
    assert_eq!(asset.asset_id.as_str(), "asset_1");

    let heads = server.heads();
    let puts = of(&heads, b"PUT");
    assert_eq!(puts.len(), 1);
    let put = puts[0];
    assert_eq!(
        String::from_utf8_lossy(put.target()),
        format!("{ODD}&g=1"),
        "the URL, byte for byte"
    );
    assert_eq!(put.header("content-type"), [b"video/mp4"]);
    assert_eq!(put.header("x-amz-server-side-encryption"), [b"AES256"]);
    assert_eq!(put.header("x-amz-meta-note"), [b"a, b;  c"]);
    assert_eq!(put.header("content-length"), [SIZE.to_string().as_bytes()]);
    for absent in [
        "x-api-key",
        "authorization",
        "cookie",
        "transfer-encoding",
        "idempotency-key",
    ] {
        assert!(put.header(absent).is_empty(), "{absent}");
    }
    let known = [
        "content-type",
        "x-amz-server-side-encryption",
        "x-amz-meta-note",
        "content-length",
        "host",
        "expect",
        "user-agent",
    ];
    for (name, value) in put.headers() {
        assert!(known.contains(&name.as_str()), "{name} is not the server's");
        assert!(!String::from_utf8_lossy(value).contains(KEY), "{name}");
    }
    for post in of(&heads, b"POST") {
        assert_eq!(post.header("x-api-key"), [KEY.as_bytes()]);
        assert!(post.header("authorization").is_empty());
    }
}

#[tokio::test]
async fn the_early_refusal_of_an_expired_url_is_seen_every_time() {
    for _ in 0..40 {
        let server = serve(|connection, head, before| {
            if before > 0 {
                return accept(connection, head);
            }
            // The body is never read, and the connection closed: as storage does it.
            connection.respond(
                403,
                b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message>\
                  <Expires>2026-01-01T00:00:00Z</Expires></Error>",
            )?;
            Err(std::io::ErrorKind::ConnectionAborted.into())
        });
        let asset = upload(&server).await.unwrap();
        assert_eq!(asset.asset_id.as_str(), "asset_2");

        let heads = server.heads();
        let creates: Vec<_> = of(&heads, b"POST")
            .into_iter()
            .filter(|head| head.target().ends_with(b"direct-uploads"))
            .map(|head| head.header("idempotency-key").concat())
            .collect();
        assert_eq!(creates.len(), 2);
        assert_ne!(creates[0], creates[1], "a new URL has a new key");
        let puts = of(&heads, b"PUT");
        assert_eq!(puts.len(), 2);
        assert!(puts[1].target().ends_with(b"g=2"));
    }
}

#[tokio::test]
async fn a_retry_repeats_the_request_it_repeats() {
    let server = serve(|connection, head, before| {
        if before > 0 {
            return accept(connection, head);
        }
        if head.expects_continue() {
            connection.consent()?;
        }
        connection.read_body(100_000)?;
        Err(std::io::ErrorKind::ConnectionReset.into())
    });
    let asset = upload(&server).await.unwrap();
    assert_eq!(asset.attempts, 2);
    let heads = server.heads();
    let puts = of(&heads, b"PUT");
    assert_eq!(puts.len(), 2);
    assert_eq!(puts[0].target(), puts[1].target());
    for name in ["content-type", "x-amz-meta-note", "content-length"] {
        assert_eq!(puts[0].header(name), puts[1].header(name));
    }
}
