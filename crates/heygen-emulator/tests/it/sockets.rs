mod deliveries;
mod faults;
mod hosts;
mod pieces;
mod remote;
mod streams;

use std::time::Duration;

use heygen_emulator::{Emulator, Endpoint, Fault, StartError, StartErrorKind, StorageCode};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::bench::{form, hex, png};

/// Sends raw bytes on a connection of their own and reads until it ends.
async fn send(emulator: &Emulator, request: &[u8]) -> String {
    let mut socket = connect(emulator).await;
    socket.write_all(request).await.unwrap();
    rest(&mut socket).await
}

async fn connect(emulator: &Emulator) -> TcpStream {
    TcpStream::connect(emulator.address()).await.unwrap()
}

async fn rest(socket: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn api(emulator: &Emulator, method: &str, path: &str, headers: &str, size: usize) -> Vec<u8> {
    format!(
        "{method} {path} HTTP/1.1\r\nhost: {}\r\nx-api-key: {}\r\nconnection: close\r\n\
         {headers}content-length: {size}\r\n\r\n",
        emulator.address(),
        emulator.api_key(),
    )
    .into_bytes()
}

async fn post(emulator: &Emulator, path: &str, body: &Value) -> String {
    let body = body.to_string();
    let headers = "content-type: application/json\r\n";
    let mut request = api(emulator, "POST", path, headers, body.len());
    request.extend_from_slice(body.as_bytes());
    send(emulator, &request).await
}

async fn create(emulator: &Emulator, content: &[u8]) -> Value {
    let body = json!({
        "filename": "a.png",
        "content_type": "image/png",
        "size_bytes": content.len(),
        "checksum_sha256": hex(content),
    });
    data(&post(emulator, "/v3/assets/direct-uploads", &body).await)
}

async fn complete(emulator: &Emulator, slot: &Value) -> String {
    let path = format!("/v3/assets/{}/complete", slot["asset_id"].as_str().unwrap());
    post(emulator, &path, &json!({})).await
}

/// The head of the PUT that a slot asks for.
fn put(emulator: &Emulator, slot: &Value, size: usize, headers: &str) -> Vec<u8> {
    let url = slot["upload_url"].as_str().unwrap();
    let path = url.strip_prefix(emulator.url()).unwrap();
    let mut head = format!(
        "PUT {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {size}\r\n{headers}",
        emulator.address()
    );
    for (name, value) in slot["upload_headers"].as_object().unwrap() {
        head.push_str(&format!("{name}: {}\r\n", value.as_str().unwrap()));
    }
    head.push_str("\r\n");
    head.into_bytes()
}

async fn put_all(emulator: &Emulator, slot: &Value, content: &[u8]) -> String {
    let mut request = put(emulator, slot, content.len(), "");
    request.extend_from_slice(content);
    send(emulator, &request).await
}

fn data(answer: &str) -> Value {
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let mut body: Value = serde_json::from_str(body).unwrap_or_else(|_| panic!("{answer}"));
    body["data"].take()
}

#[track_caller]
fn assert_status(answer: &str, status: u16) {
    assert!(
        answer.starts_with(&format!("HTTP/1.1 {status} ")),
        "{answer}"
    );
}

#[tokio::test]
async fn a_large_direct_upload_goes_through_a_file() {
    let emulator = Emulator::start().await.unwrap();
    let content = png(5 << 20);
    let slot = create(&emulator, &content).await;
    assert_status(&complete(&emulator, &slot).await, 409);
    assert_status(&put_all(&emulator, &slot, &content).await, 200);
    let done = data(&complete(&emulator, &slot).await);
    assert_eq!(
        (&done["status"], &done["size_bytes"]),
        (&json!("processing"), &json!(5 << 20))
    );

    let assets = emulator.assets();
    assert!(assets[0].is_finalised);
    let stored = assets[0].content.as_ref().unwrap();
    assert!(stored.path().is_some());
    assert_eq!(stored.read().unwrap(), content);
    assert!(emulator.leaks().is_empty());

    let path = done["url"]
        .as_str()
        .unwrap()
        .strip_prefix(emulator.url())
        .unwrap();
    let mut socket = connect(&emulator).await;
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
        emulator.address()
    );
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).await.unwrap();
    assert!(answer.ends_with(&content), "the file comes back whole");
}

#[tokio::test]
async fn a_large_multipart_body_is_streamed() {
    let emulator = Emulator::start().await.unwrap();
    let content = png(20 << 20);
    let body = form("file", Some("a.png"), &content);
    let headers = "content-type: multipart/form-data; boundary=XX\r\n";
    let mut request = api(&emulator, "POST", "/v3/assets", headers, body.len());
    request.extend_from_slice(&body);
    let answer = data(&send(&emulator, &request).await);
    assert_eq!(answer["size_bytes"], content.len());
    assert_eq!(
        emulator.assets()[0].sha256.unwrap().to_string(),
        hex(&content)
    );
    assert_eq!(emulator.requests()[0].body_bytes, body.len() as u64);
}

#[tokio::test]
async fn too_much_is_refused_after_it_was_heard_out() {
    let emulator = Emulator::builder()
        .configure(|settings| settings.single_request_max_bytes = 1 << 20)
        .start()
        .await
        .unwrap();
    for size in [(1 << 20) + 1, 8 << 20] {
        let body = form("file", Some("a.png"), &png(size));
        let headers = "content-type: multipart/form-data; boundary=XX\r\n";
        let mut request = api(&emulator, "POST", "/v3/assets", headers, body.len());
        request.extend_from_slice(&body);
        let answer = send(&emulator, &request).await;
        assert_status(&answer, 400);
        assert!(answer.contains("too large"), "{answer}");
    }
    assert!(emulator.assets().is_empty());
}

#[tokio::test]
async fn an_expired_url_is_refused_before_the_body() {
    let emulator = Emulator::start().await.unwrap();
    let content = png(1 << 20);
    let slot = create(&emulator, &content).await;
    emulator.advance(Duration::from_secs(3600));
    let mut socket = connect(&emulator).await;
    let head = put(&emulator, &slot, content.len(), "expect: 100-continue\r\n");
    socket.write_all(&head).await.unwrap();
    let answer = rest(&mut socket).await;
    assert_status(&answer, 403);
    assert!(answer.contains("Request has expired"), "{answer}");
    let requests = emulator.requests();
    assert_eq!(requests.last().unwrap().body_bytes, 0);
}

#[tokio::test]
async fn a_good_url_is_told_to_continue() {
    let emulator = Emulator::start().await.unwrap();
    let content = png(1 << 20);
    let slot = create(&emulator, &content).await;
    let mut socket = connect(&emulator).await;
    let head = put(&emulator, &slot, content.len(), "expect: 100-continue\r\n");
    socket.write_all(&head).await.unwrap();
    let mut told = [0; 25];
    socket.read_exact(&mut told).await.unwrap();
    assert_eq!(&told, b"HTTP/1.1 100 Continue\r\n\r\n");
    socket.write_all(&content).await.unwrap();
    assert_status(&rest(&mut socket).await, 200);
}

#[tokio::test]
async fn a_wrong_key_is_answered_although_the_body_comes() {
    let emulator = Emulator::builder().api_key("right").start().await.unwrap();
    let body = form("file", Some("a.png"), &png(4 << 20));
    let mut request = format!(
        "POST /v3/assets HTTP/1.1\r\nhost: localhost\r\nx-api-key: wrong\r\nconnection: close\r\n\
         content-type: multipart/form-data; boundary=XX\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(&body);
    assert_status(&send(&emulator, &request).await, 401);
}

#[tokio::test]
async fn a_key_is_in_progress_while_its_body_comes() {
    let emulator = Emulator::start().await.unwrap();
    let body = form("file", Some("a.png"), &png(1 << 20));
    let headers = "content-type: multipart/form-data; boundary=XX\r\nidempotency-key: k\r\n";
    let head = api(&emulator, "POST", "/v3/assets", headers, body.len());
    let whole = [&head[..], &body[..]].concat();
    let (first_half, second_half) = body.split_at(body.len() / 2);

    let mut first = connect(&emulator).await;
    first.write_all(&head).await.unwrap();
    first.write_all(first_half).await.unwrap();
    while emulator.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    let answer = send(&emulator, &whole).await;
    assert_status(&answer, 409);
    assert!(answer.contains("request_in_progress"), "{answer}");

    first.write_all(second_half).await.unwrap();
    let made = data(&rest(&mut first).await);
    assert_eq!(data(&send(&emulator, &whole).await), made, "replayed");
    assert_eq!(emulator.assets().len(), 1);
}

#[tokio::test]
async fn a_client_that_goes_away_frees_its_key() {
    let emulator = Emulator::start().await.unwrap();
    let body = form("file", Some("a.png"), &png(1 << 20));
    let headers = "content-type: multipart/form-data; boundary=XX\r\nidempotency-key: k\r\n";
    let head = api(&emulator, "POST", "/v3/assets", headers, body.len());
    let mut first = connect(&emulator).await;
    first.write_all(&head).await.unwrap();
    first.write_all(&body[..1000]).await.unwrap();
    while emulator.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    drop(first);
    let whole = [&head[..], &body[..]].concat();
    loop {
        let answer = send(&emulator, &whole).await;
        if !answer.starts_with("HTTP/1.1 409") {
            assert_status(&answer, 200);
            break;
        }
    }
}

#[tokio::test]
async fn a_reset_is_a_reset() {
    let emulator = Emulator::start().await.unwrap();
    let content = png(4 << 20);
    let slot = create(&emulator, &content).await;
    emulator.fault(Fault::reset(Endpoint::StoragePut, 1 << 20));
    let mut socket = connect(&emulator).await;
    socket
        .write_all(&put(&emulator, &slot, content.len(), ""))
        .await
        .unwrap();
    // Depending on what is under way, the write fails or the read does.
    let failure = match socket.write_all(&content).await {
        Err(error) => error,
        Ok(()) => socket.read_to_end(&mut Vec::new()).await.unwrap_err(),
    };
    let kind = failure.kind();
    assert!(
        matches!(
            kind,
            std::io::ErrorKind::ConnectionReset | std::io::ErrorKind::BrokenPipe
        ),
        "{failure:?}"
    );
    let record = emulator.requests().pop().unwrap();
    assert!(
        record.body_bytes >= 1 << 20 && record.body_bytes < 4 << 20,
        "{record:?}"
    );
    assert_eq!(record.status, None);
    assert!(emulator.unused_faults().is_empty());
    assert_status(&put_all(&emulator, &slot, &content).await, 200);
}

#[tokio::test]
async fn a_stall_lasts_until_the_emulator_stops() {
    let emulator = Emulator::start().await.unwrap();
    let content = png(1000);
    let slot = create(&emulator, &content).await;
    emulator.fault(Fault::stall(Endpoint::StoragePut, 500));
    let mut socket = connect(&emulator).await;
    socket
        .write_all(&put(&emulator, &slot, content.len(), ""))
        .await
        .unwrap();
    socket.write_all(&content).await.unwrap();
    while emulator.requests().last().unwrap().body_bytes < 500 {
        tokio::task::yield_now().await;
    }
    emulator.shutdown().await;
    let mut answer = Vec::new();
    // Whether bytes were left unread decides between an end and a reset.
    let _ = socket.read_to_end(&mut answer).await;
    assert!(answer.is_empty());
}

#[tokio::test]
async fn a_connection_can_close_before_and_after_the_effect() {
    let emulator = Emulator::start().await.unwrap();
    let content = png(1000);
    let slot = create(&emulator, &content).await;
    emulator.fault(Fault::close(Endpoint::StoragePut));
    emulator.fault(Fault::close(Endpoint::StoragePut).after_effect());
    assert_eq!(put_all(&emulator, &slot, &content).await, "");
    assert_status(&complete(&emulator, &slot).await, 409);
    assert_eq!(put_all(&emulator, &slot, &content).await, "");
    assert_status(&complete(&emulator, &slot).await, 200);
}

#[tokio::test]
async fn an_early_answer_leaves_the_body_unread() {
    let emulator = Emulator::start().await.unwrap();
    let slot = create(&emulator, &png(1000)).await;
    emulator.fault(Fault::storage(StorageCode::SlowDown).early());
    let mut socket = connect(&emulator).await;
    socket
        .write_all(&put(&emulator, &slot, 1000, ""))
        .await
        .unwrap();
    let answer = rest(&mut socket).await;
    assert_status(&answer, 503);
    assert!(answer.contains("<Code>SlowDown</Code>"), "{answer}");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_incomplete() {
    let emulator = Emulator::start().await.unwrap();
    let slot = create(&emulator, &png(1000)).await;
    let mut socket = connect(&emulator).await;
    socket
        .write_all(&put(&emulator, &slot, 1000, ""))
        .await
        .unwrap();
    socket.write_all(&png(1000)[..500]).await.unwrap();
    socket.shutdown().await.unwrap();
    let answer = rest(&mut socket).await;
    assert_status(&answer, 400);
    assert!(answer.contains("<Code>IncompleteBody</Code>"), "{answer}");
}

#[tokio::test]
async fn a_data_folder_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let content = png(2 << 20);
    let emulator = Emulator::builder()
        .data_dir(folder.path())
        .start()
        .await
        .unwrap();
    let address = emulator.address();
    let done = create(&emulator, &content).await;
    put_all(&emulator, &done, &content).await;
    assert_status(&complete(&emulator, &done).await, 200);
    let stored = create(&emulator, &png(10)).await;
    put_all(&emulator, &stored, &png(10)).await;
    emulator.shutdown().await;
    std::fs::write(folder.path().join("objects/.incoming-aB3dE9"), "half").unwrap();

    let emulator = Emulator::builder()
        .data_dir(folder.path())
        .listen(address)
        .start()
        .await
        .unwrap();
    let assets = emulator.assets();
    assert_eq!(assets.len(), 2);
    assert_eq!(assets[0].content.as_ref().unwrap().read().unwrap(), content);
    assert_eq!(assets[0].media_type, Some(heygen_types::MediaType::Png));
    assert_status(&complete(&emulator, &stored).await, 200);
    let files = std::fs::read_dir(folder.path().join("objects"))
        .unwrap()
        .count();
    assert_eq!(files, 2, "what was still coming in is gone");
}

#[tokio::test]
async fn a_data_folder_that_was_tampered_with_is_refused() {
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let victim = outside.path().join(".incoming-victim");
    std::fs::write(&victim, "x").unwrap();
    let start = || Emulator::builder().data_dir(folder.path()).start();
    let emulator = start().await.unwrap();
    let slot = create(&emulator, &png(10)).await;
    put_all(&emulator, &slot, &png(10)).await;
    emulator.shutdown().await;
    let state = folder.path().join("state.json");
    let whole = std::fs::read_to_string(&state).unwrap();
    let name = whole.split("\"path\":\"").nth(1).unwrap();
    let name = name.split('"').next().unwrap();
    assert!(name.starts_with("object-"), "{name}");

    std::fs::write(&state, whole.replace(name, victim.to_str().unwrap())).unwrap();
    let error = refused_folder(start().await);
    assert!(error.contains("the state names the object"), "{error}");
    std::fs::write(&state, &whole).unwrap();
    drop(start().await.unwrap());

    #[cfg(unix)]
    for (link, target) in [
        ("state.json", &state),
        ("objects", &folder.path().join("objects")),
    ] {
        let kept = outside.path().join(link);
        std::fs::rename(target, &kept).unwrap();
        std::os::unix::fs::symlink(&kept, target).unwrap();
        let error = refused_folder(start().await);
        assert!(error.contains("is a link"), "{error}");
        std::fs::remove_file(target).unwrap();
        std::os::unix::fs::symlink(outside.path(), target).unwrap();
        start().await.unwrap_err();
        std::fs::remove_file(target).unwrap();
        std::fs::rename(&kept, target).unwrap();
    }
    assert!(victim.exists());
}

/// Returns what is wrong with a data folder.
#[track_caller]
fn refused_folder(started: Result<Emulator, StartError>) -> String {
    let error = started.unwrap_err();
    assert_eq!(error.kind(), StartErrorKind::Folder, "{error:?}");
    error.io_error().to_string()
}

/// Two would remove each other's files and write over each other's state.
#[tokio::test]
async fn one_emulator_at_a_time_uses_a_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    let start = || Emulator::builder().data_dir(folder.path()).start();
    let emulator = start().await.unwrap();
    let objects = folder.path().join("objects");
    // One that comes in now, as far as another emulator can see.
    let unfinished = objects.join(".incoming-aB3dE9");
    std::fs::write(&unfinished, "half").unwrap();
    // These are somebody else's.
    let files = [".incoming-notes", ".incoming-my-notes", ".incoming-aB3-E9"];
    for name in files {
        std::fs::write(objects.join(name), "x").unwrap();
    }
    let subfolder = objects.join(".incoming-folder");
    std::fs::create_dir(&subfolder).unwrap();

    let error = refused_folder(start().await);
    assert!(error.contains("another emulator"), "{error}");
    assert!(unfinished.exists());

    emulator.shutdown().await;
    let emulator = start().await.unwrap();
    assert!(!unfinished.exists());
    assert!(files.iter().all(|name| objects.join(name).exists()));
    assert!(subfolder.exists());
    drop(emulator);
    start().await.unwrap();
}

#[tokio::test]
async fn what_an_emulator_cannot_start_for_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let first = Emulator::start().await.unwrap();
    let builder = || Emulator::builder().data_dir(folder.path());
    for (builder, kind) in [
        (builder().listen(first.address()), StartErrorKind::Address),
        (
            builder().listen(([192, 0, 2, 1], 0).into()),
            StartErrorKind::Address,
        ),
        (Emulator::builder().data_dir(&file), StartErrorKind::Folder),
        (builder().public_url("nonsense"), StartErrorKind::Settings),
    ] {
        let error = builder.start().await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error:?}");
        let io = std::io::Error::from(error);
        assert_ne!(io.kind(), std::io::ErrorKind::Other, "{io:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_written_is_not_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let start = || Emulator::builder().data_dir(folder.path()).start();
    let emulator = start().await.unwrap();
    let content = png(600_000);
    let slot = create(&emulator, &content).await;
    let upload = || async {
        let headers = "idempotency-key: k\r\ncontent-type: multipart/form-data; boundary=XX\r\n";
        let body = form("file", Some("a.png"), &content);
        let mut request = api(&emulator, "POST", "/v3/assets", headers, body.len());
        request.extend_from_slice(&body);
        send(&emulator, &request).await
    };

    // No place for the objects.
    let (objects, aside) = (folder.path().join("objects"), folder.path().join("aside"));
    std::fs::rename(&objects, &aside).unwrap();
    let answer = upload().await;
    assert_status(&answer, 500);
    assert!(answer.contains("could not be written"), "{answer}");
    let answer = put_all(&emulator, &slot, &content).await;
    assert_status(&answer, 500);
    assert!(answer.contains("<Code>InternalError</Code>"), "{answer}");
    assert!(answer.contains("could not be written"), "{answer}");
    std::fs::rename(&aside, &objects).unwrap();
    assert_status(&complete(&emulator, &slot).await, 409);

    // No place for the state: nothing is said to be done before it is written.
    let state = folder.path().join("state.json");
    let _ = std::fs::remove_file(&state);
    std::fs::create_dir(&state).unwrap();
    for _ in 0..2 {
        assert_status(&upload().await, 500);
        assert_status(&put_all(&emulator, &slot, &content).await, 500);
    }
    std::fs::remove_dir(&state).unwrap();
    let id = data(&upload().await)["asset_id"].clone();
    assert_status(&put_all(&emulator, &slot, &content).await, 200);
    emulator.shutdown().await;
    let assets = start().await.unwrap().assets();
    let finished: Vec<_> = assets.iter().filter(|it| it.is_finalised).collect();
    assert_eq!(finished.len(), 1, "{finished:#?}");
    assert_eq!(finished[0].id.as_str(), id);
}

#[tokio::test]
async fn nothing_is_left_without_a_data_folder() {
    let emulator = Emulator::builder()
        .memory_max_bytes(0)
        .start()
        .await
        .unwrap();
    let content = png(1000);
    let slot = create(&emulator, &content).await;
    put_all(&emulator, &slot, &content).await;
    complete(&emulator, &slot).await;
    let path = emulator.assets()[0]
        .content
        .as_ref()
        .unwrap()
        .path()
        .unwrap()
        .to_owned();
    assert!(path.exists());
    emulator.shutdown().await;
    assert!(!path.exists() && !path.parent().unwrap().exists());
}

#[tokio::test]
async fn large_content_can_be_thrown_away() {
    let emulator = Emulator::builder()
        .discards_large_content()
        .start()
        .await
        .unwrap();
    let content = png(2 << 20);
    let slot = create(&emulator, &content).await;
    assert_status(&put_all(&emulator, &slot, &content).await, 200);
    let done = data(&complete(&emulator, &slot).await);
    let asset = emulator.assets().remove(0);
    assert_eq!(asset.sha256.unwrap().to_string(), hex(&content));
    assert_eq!(asset.size_bytes, Some(2 << 20));
    let kept = asset.content.unwrap().read();
    assert_eq!(kept.unwrap_err().kind(), std::io::ErrorKind::Unsupported);
    let path = done["url"].as_str().unwrap();
    let path = path.strip_prefix(emulator.url()).unwrap();
    let request = api(&emulator, "GET", path, "", 0);
    assert_status(&send(&emulator, &request).await, 404);
}

#[tokio::test]
async fn a_stopped_emulator_takes_no_connections() {
    let emulator = Emulator::start().await.unwrap();
    let address = emulator.address();
    emulator.shutdown().await;
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn settings_that_make_no_sense_are_refused() {
    let builder = Emulator::builder().public_url("nonsense");
    let error = builder.start().await.unwrap_err();
    assert_eq!(error.kind(), StartErrorKind::Settings);
}
