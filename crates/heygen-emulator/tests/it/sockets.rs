use heygen_emulator::Emulator;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

async fn send(emulator: &Emulator, request: &[u8]) -> String {
    let mut socket = TcpStream::connect(emulator.address()).await.unwrap();
    socket.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn post(emulator: &Emulator, path: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nhost: {}\r\nx-api-key: {}\r\nconnection: close\r\n\
         content-type: {content_type}\r\ncontent-length: {}\r\n\r\n",
        emulator.address(),
        emulator.api_key(),
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(body);
    request
}

fn json(answer: &str) -> serde_json::Value {
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap_or_else(|_| panic!("{answer}"))
}

#[tokio::test]
async fn direct_upload_over_sockets() {
    let emulator = Emulator::start().await.unwrap();
    let mut content = b"\x89PNG\r\n\x1a\n".to_vec();
    content.resize(3 << 20, 7);
    let create = format!(
        r#"{{"filename":"a.png","content_type":"image/png","size_bytes":{}}}"#,
        content.len()
    );
    let request = post(
        &emulator,
        "/v3/assets/direct-uploads",
        "application/json",
        create.as_bytes(),
    );
    let slot = json(&send(&emulator, &request).await);
    let slot = &slot["data"];
    let id = slot["asset_id"].as_str().unwrap();
    let url = slot["upload_url"].as_str().unwrap();
    let path = url.strip_prefix(emulator.url()).unwrap();

    let complete = format!("/v3/assets/{id}/complete");
    let request = post(&emulator, &complete, "application/json", b"{}");
    assert!(send(&emulator, &request).await.starts_with("HTTP/1.1 409"));

    let mut put = format!(
        "PUT {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: image/png\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        emulator.address(),
        content.len()
    )
    .into_bytes();
    put.extend_from_slice(&content);
    let answer = send(&emulator, &put).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");

    let request = post(&emulator, &complete, "application/json", b"{}");
    let done = json(&send(&emulator, &request).await);
    assert_eq!(done["data"]["status"], "processing");
    assert_eq!(done["data"]["size_bytes"], content.len());
    let assets = emulator.assets();
    assert!(assets[0].is_finalised);
    assert_eq!(assets[0].content.as_ref().unwrap().read().unwrap(), content);
    assert!(emulator.leaks().is_empty());
    emulator.shutdown().await;
}

#[tokio::test]
async fn single_request_over_sockets() {
    let emulator = Emulator::start().await.unwrap();
    let mut body =
        b"--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"x.png\"\r\n\r\n"
            .to_vec();
    body.extend_from_slice(b"\x89PNG\r\n\x1a\n rest\r\n--b--\r\n");
    let request = post(
        &emulator,
        "/v3/assets",
        "multipart/form-data; boundary=b",
        &body,
    );
    let answer = json(&send(&emulator, &request).await);
    assert_eq!(answer["data"]["mime_type"], "image/png");
    assert_eq!(answer["data"]["size_bytes"], 13);
}
