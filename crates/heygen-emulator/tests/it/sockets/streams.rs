//! Streams as a client meets them on its socket.

use std::time::Duration;

use heygen_emulator::Emulator;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use super::{api, assert_status, connect, post};

const PATH: &str = "/v3/models/audio/tts/stream";

/// Returns a request for speech of so many parts.
fn speech(emulator: &Emulator, parts: usize) -> Vec<u8> {
    let text = vec!["word"; parts * 8].join(" ");
    let body = json!({ "text": text, "voice_id": "voice_instant_anna" }).to_string();
    let headers = "content-type: application/json\r\n";
    let mut request = api(emulator, "POST", PATH, headers, body.len());
    request.extend_from_slice(body.as_bytes());
    request
}

#[tokio::test]
async fn a_stream_is_sent_in_chunks_without_a_length() {
    let emulator = Emulator::start().await.unwrap();
    let body = json!({ "text": "Hello there", "voice_id": "voice_instant_anna" });
    let answer = post(&emulator, PATH, &body).await;
    assert_status(&answer, 200);
    assert!(
        answer.contains("content-type: text/event-stream\r\n"),
        "{answer}"
    );
    assert!(
        answer.contains("transfer-encoding: chunked\r\n"),
        "{answer}"
    );
    assert!(!answer.contains("content-length"), "{answer}");
    assert!(
        answer.ends_with("E\r\ndata: [DONE]\n\n\r\n0\r\n\r\n"),
        "{answer}"
    );
}

#[tokio::test]
async fn the_first_part_comes_although_the_rest_does_not() {
    let emulator = Emulator::start().await.unwrap();
    let stall = "stream_model_speech:answer-stall-after=50000";
    emulator.fault(stall.parse().unwrap());
    let mut socket: TcpStream = connect(&emulator).await;
    socket.write_all(&speech(&emulator, 3)).await.unwrap();
    let mut received = Vec::new();
    while !contains(&received, b"\"part_index\":0,") {
        let mut piece = [0; 4096];
        let read = socket.read(&mut piece).await.unwrap();
        assert!(read > 0, "the stream is still open");
        received.extend_from_slice(&piece[..read]);
    }
    // It does not hold up the end of the emulator.
    timeout(Duration::from_secs(4), emulator.shutdown())
        .await
        .unwrap();
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
