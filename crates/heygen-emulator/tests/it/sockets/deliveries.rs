use std::time::Duration;

use heygen_emulator::{Delivery, Emulator};
use heygen_webhooks::{Secret, Verifier};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use super::{data, post};

/// A receiver that answers each call with the next of these statuses.
struct Receiver {
    listener: TcpListener,
    url: String,
}

/// A call as it came in.
struct Call {
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Receiver {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook?x=1", listener.local_addr().unwrap());
        Self { listener, url }
    }

    /// Takes the next call and answers it.
    async fn take(&self, status: u16) -> Call {
        let (mut socket, _) = self.listener.accept().await.unwrap();
        let call = read(&mut socket).await;
        let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n");
        socket.write_all(answer.as_bytes()).await.unwrap();
        call
    }
}

async fn read(socket: &mut TcpStream) -> Call {
    let mut received = Vec::new();
    let end = loop {
        if let Some(at) = received.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        assert!(socket.read_buf(&mut received).await.unwrap() > 0);
    };
    let head = String::from_utf8(received[..end].to_vec()).unwrap();
    assert!(head.starts_with("POST /hook?x=1 HTTP/1.1\r\n"), "{head}");
    let headers: Vec<_> = head
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let size = heygen_webhooks::headers(&headers)("content-length")
        .unwrap()
        .parse::<usize>()
        .unwrap();
    while received.len() < end + size {
        assert!(socket.read_buf(&mut received).await.unwrap() > 0);
    }
    Call {
        headers,
        body: received[end..].to_vec(),
    }
}

async fn register(emulator: &Emulator, url: &str) -> Secret {
    let body = json!({ "url": url });
    let endpoint = data(&post(emulator, "/v3/webhooks/endpoints", &body).await);
    endpoint["secret"].as_str().unwrap().parse().unwrap()
}

async fn clip(emulator: &Emulator) -> Value {
    let body = json!({ "video": { "type": "url", "url": "https://example.com/a.mp4" } });
    data(&post(emulator, "/v3/ai-clipping", &body).await)
}

#[tokio::test]
async fn events_reach_a_receiver_on_this_machine() {
    let emulator = Emulator::start().await.unwrap();
    let receiver = Receiver::start().await;
    let secret = register(&emulator, &receiver.url).await;
    let job = clip(&emulator).await;
    emulator.advance(Duration::from_secs(10));
    let call = receiver.take(200).await;
    Verifier::new(secret)
        .without_time_window()
        .verify(
            Duration::ZERO,
            heygen_webhooks::headers(&call.headers),
            &call.body,
        )
        .unwrap();
    let body: Value = serde_json::from_slice(&call.body).unwrap();
    assert_eq!(body["event_data"]["id"], job["ai_clipping_id"]);
    assert_eq!(emulator.deliveries().len(), 1);
}

#[tokio::test]
async fn a_refused_event_is_sent_again() {
    let emulator = Emulator::start().await.unwrap();
    emulator.freeze();
    let receiver = Receiver::start().await;
    register(&emulator, &receiver.url).await;
    clip(&emulator).await;
    emulator.advance(Duration::from_secs(5));
    // The next event does not wait for the repeats of this one.
    let first = receiver.take(500).await;
    clip(&emulator).await;
    emulator.advance(Duration::from_secs(5));
    let other = receiver.take(200).await;
    assert_ne!(first.body, other.body);
    emulator.advance(Duration::from_secs(24 * 3600));
    let second = receiver.take(503).await;
    let third = receiver.take(200).await;
    assert_eq!(first.body, second.body);
    let id =
        |call: &Call| heygen_webhooks::headers(&call.headers)("heygen-event-id").map(str::to_owned);
    assert_eq!((id(&first), id(&second)), (id(&second), id(&third)));
    // Each repeat has its own time.
    let sent = |call: &Call| -> u64 {
        let text = heygen_webhooks::headers(&call.headers)("heygen-timestamp").unwrap();
        text.parse().unwrap()
    };
    assert_eq!(
        [sent(&second), sent(&third)],
        [sent(&first) + 10, sent(&first) + 30]
    );
}

#[tokio::test]
async fn a_receiver_that_does_not_answer_is_called_again() {
    let emulator = Emulator::start().await.unwrap();
    let receiver = Receiver::start().await;
    register(&emulator, &receiver.url).await;
    clip(&emulator).await;
    emulator.advance(Duration::from_secs(10));
    let (mut silent, _) = receiver.listener.accept().await.unwrap();
    let first = read(&mut silent).await;
    // The timeout is of real time, which tokio lets a test skip.
    tokio::time::pause();
    tokio::time::advance(Delivery::ANSWER_TIMEOUT).await;
    tokio::time::resume();
    emulator.advance(Duration::from_secs(10));
    let second = receiver.take(200).await;
    assert_eq!(first.body, second.body);
    let attempts: Vec<u32> = emulator
        .deliveries()
        .iter()
        .map(|call| call.attempt)
        .collect();
    assert_eq!(attempts, [1, 2]);
}

#[tokio::test]
async fn jobs_end_by_themselves_in_real_time() {
    let emulator = Emulator::builder()
        .configure(|settings| settings.job_time = Duration::from_millis(20))
        .start()
        .await
        .unwrap();
    let receiver = Receiver::start().await;
    register(&emulator, &receiver.url).await;
    clip(&emulator).await;
    receiver.take(200).await;
}
