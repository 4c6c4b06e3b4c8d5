//! Answers that are streams of events.

use std::time::Duration;

use futures_util::StreamExt as _;
use heygen_client::{
    Error, ErrorKind, Events, RawRequest, TransportErrorKind,
    types::{
        Method,
        models::{SpeechEvent, StreamModelSpeech},
    },
};

use crate::script::{Answer, Step, World, block_on};

const AUDIO: &str = r#"data: {"type":"audio","audio":"AAAA","part_index":0}"#;
const DONE: &str = "data: [DONE]";

fn request() -> StreamModelSpeech {
    StreamModelSpeech::new("Hello", "voice_1".parse().unwrap())
}

fn bytes(text: &str) -> Step {
    Step::Bytes(text.as_bytes().to_vec())
}

/// An answer that ends behind these events.
fn stream(events: &[&str]) -> Answer {
    let events = events.iter().map(|event| bytes(&format!("{event}\n\n")));
    Answer::Stream(events.collect())
}

async fn speak(world: &World) -> Result<Events<StreamModelSpeech>, Error> {
    let client = world.client();
    client.models().audio().tts_stream(&request()).await
}

/// Reads a stream to its end: how many events came, and the error that ended it.
fn read(answer: Answer) -> (usize, Option<Error>) {
    let world = World::new([answer]);
    block_on(async {
        let mut speech = speak(&world).await.unwrap();
        let mut events = 0;
        while let Some(event) = speech.next().await {
            match event {
                Ok(_) => events += 1,
                Err(error) => {
                    assert!(speech.next().await.is_none(), "an error is the end");
                    return (events, Some(error));
                }
            }
        }
        assert!(speech.next().await.is_none());
        (events, None)
    })
}

fn problem(answer: Answer) -> (ErrorKind, String) {
    let (_, error) = read(answer);
    let error = error.expect("an error");
    (error.kind(), error.to_string())
}

#[test]
fn a_stream_is_asked_for_and_read_to_its_end() {
    let new = r#"data: {"type":"viseme","shape":"o"}"#;
    let world = World::new([stream(&[AUDIO, new, DONE])]);
    let events: Vec<_> = block_on(async { speak(&world).await.unwrap().collect().await });
    let [
        Ok(SpeechEvent::Audio(audio)),
        Ok(SpeechEvent::Unknown(unknown)),
    ] = &events[..]
    else {
        panic!("{events:?}");
    };
    assert_eq!(audio.audio.as_str(), "AAAA");
    assert_eq!(unknown.member("shape").unwrap().as_str(), Some("o"));
    let sent = &world.sent()[0];
    assert_eq!(sent.header("accept"), Some("text/event-stream"));
    assert_eq!(sent.header("x-api-key"), Some("canary-key"));
    assert_eq!(sent.header("idempotency-key"), None);
    assert_eq!(sent.method, "POST");
}

#[test]
fn the_first_event_is_there_before_the_second_is() {
    let world = World::new([Answer::Stream(vec![
        bytes(AUDIO),
        bytes("\n\n"),
        Step::Silence,
    ])]);
    block_on(async {
        let mut speech = speak(&world).await.unwrap();
        let event = speech.next().await.unwrap().unwrap();
        assert!(matches!(event, SpeechEvent::Audio(_)));
        let late = Duration::from_secs(1);
        assert!(heygen_client::Runtime::now(&world) < late, "nobody waited");
    });
}

#[test]
fn a_stream_that_is_cut_is_told_from_one_that_is_finished() {
    assert!(matches!(read(stream(&[AUDIO, DONE])), (1, None)));
    // Nothing has to follow the last event, not even the end of the connection.
    let open = vec![bytes(AUDIO), bytes("\n\ndata: [DONE]\n"), Step::Silence];
    assert!(matches!(read(Answer::Stream(open)), (1, None)));
    let bare = vec![bytes(AUDIO), bytes("\n\ndata: [DONE]")];
    assert!(matches!(read(Answer::Stream(bare)), (1, None)));

    let (events, error) = read(stream(&[AUDIO, AUDIO]));
    let error = error.unwrap();
    assert_eq!((events, error.kind()), (2, ErrorKind::Network));
    assert_eq!(
        error.to_string(),
        "the stream ended without its last event, [DONE]; 2 events came before; the request was \
         carried out"
    );
    let half = vec![bytes(AUDIO), bytes("\n\ndata: {\"type\":")];
    assert_eq!(problem(Answer::Stream(half)).0, ErrorKind::Network);
    assert!(problem(stream(&[])).1.contains("nothing came before"));
}

#[test]
fn a_lost_connection_ends_a_stream_and_is_not_retried() {
    for (kind, wanted) in [
        (TransportErrorKind::Interrupted, ErrorKind::Network),
        (TransportErrorKind::Stall, ErrorKind::TimedOut),
    ] {
        let answer = Answer::Stream(vec![bytes(AUDIO), bytes("\n\n"), Step::Error(kind)]);
        // The script has one answer: another request would end the test.
        let (found, message) = problem(answer);
        assert_eq!(found, wanted);
        assert!(message.starts_with("the stream broke off; one event came before"));
    }
}

#[test]
fn a_stream_may_take_long_and_not_be_silent() {
    let slow = vec![
        Step::Pause(Duration::from_secs(299)),
        bytes(AUDIO),
        bytes("\n\n"),
        Step::Pause(Duration::from_secs(299)),
        bytes("data: [DONE]\n\n"),
    ];
    assert!(matches!(read(Answer::Stream(slow)), (1, None)));

    let silent = vec![bytes(AUDIO), bytes("\n\n"), Step::Silence];
    let (kind, message) = problem(Answer::Stream(silent));
    assert_eq!(kind, ErrorKind::TimedOut);
    assert!(message.contains("silent for 300 s"), "{message}");
    // Bytes that are no event are silence, too.
    let comments = [Step::Pause(Duration::from_secs(20)), bytes(":\n")];
    let comments = comments.iter().cycle().take(1_000).cloned();
    assert_eq!(
        problem(Answer::Stream(comments.collect())).0,
        ErrorKind::TimedOut
    );
}

#[test]
fn a_reader_may_take_its_time_between_two_events() {
    let world = World::new([stream(&[AUDIO, AUDIO, DONE])]);
    block_on(async {
        let mut speech = speak(&world).await.unwrap();
        for _ in 0..2 {
            heygen_client::Runtime::sleep(&world, Duration::from_secs(3_600)).await;
            speech.next().await.unwrap().unwrap();
        }
        assert!(speech.next().await.is_none());
    });
}

#[test]
fn a_failure_that_the_server_reports_is_an_error() {
    let failed = r#"data: {"type":"error","detail":"the model\u0007 broke canary-key"}"#;
    let (kind, message) = problem(stream(&[AUDIO, failed, DONE]));
    assert_eq!(kind, ErrorKind::Processing);
    assert!(
        message.contains("could not finish the stream: the model broke …; one event came before;"),
        "{message}"
    );
}

#[test]
fn an_event_that_cannot_be_read_is_an_error() {
    for (event, part) in [
        ("data: {\"type\"", "event 2 of the stream is not JSON"),
        (
            r#"data: {"type":"audio","part_index":1}"#,
            "event 2 of the stream cannot be read: audio: is missing",
        ),
    ] {
        let (kind, message) = problem(stream(&[AUDIO, event, AUDIO, DONE]));
        assert_eq!(kind, ErrorKind::Protocol);
        assert!(message.contains(part), "{message}");
        assert!(message.contains("; one event came before"), "{message}");
    }
    let (kind, message) = problem(Answer::Stream(vec![Step::Bytes(
        b"data: \xff\n\n".to_vec(),
    )]));
    assert_eq!(kind, ErrorKind::Protocol);
    assert!(
        message.contains("event 1 of the stream is no UTF-8"),
        "{message}"
    );
    let endless = vec![Step::Bytes(vec![b'x'; 1 << 20]); 20];
    let (kind, message) = problem(Answer::Stream(endless));
    assert_eq!(kind, ErrorKind::Protocol);
    assert!(
        message.contains("has more than 16777216 bytes"),
        "{message}"
    );
}

/// Begins a stream that fails: the error, and how often it was asked for.
fn refused(answers: impl IntoIterator<Item = Answer>) -> (Error, usize) {
    let world = World::new(answers);
    let error = block_on(speak(&world)).unwrap_err();
    (error, world.sent().len())
}

#[test]
fn the_beginning_of_a_stream_is_retried_where_nothing_was_done() {
    let busy = Answer::refusal(503, "service_unavailable");
    let world = World::new([
        busy.clone(),
        Answer::refusal(429, "rate_limit_exceeded"),
        stream(&[AUDIO, DONE]),
    ]);
    drop(block_on(speak(&world)).unwrap());
    assert_eq!(world.sent().len(), 3);

    let (error, sent) = refused([Answer::refusal(502, "bad_gateway")]);
    assert!(error.may_have_been_carried_out(), "only 503 says otherwise");
    assert_eq!(sent, 1);
    let (error, _) = refused([Answer::Error(TransportErrorKind::Interrupted)]);
    assert!(error.may_have_been_carried_out());
    let (error, sent) = refused([Answer::refusal(404, "voice_not_found")]);
    assert_eq!((error.code(), sent), ("voice_not_found", 1));
    assert!(!refused(vec![busy; 9]).0.may_have_been_carried_out());
}

#[test]
fn an_answer_that_is_no_stream_is_not_taken_for_an_empty_one() {
    for answer in [
        Answer::json(200, r#"{"data":{}}"#).with("content-type", "application/json"),
        Answer::json(200, DONE),
        Answer::json(200, DONE)
            .with("content-type", "text/event-stream")
            .with("content-encoding", "br"),
    ] {
        let (error, sent) = refused([answer]);
        assert_eq!((error.kind(), sent), (ErrorKind::Protocol, 1), "{error}");
    }
    let text = format!("{AUDIO}\r\n\r\n{DONE}\r\n\r\n");
    let answer = Answer::json(200, text).with("content-type", "Text/Event-Stream; charset=utf-8");
    assert!(matches!(read(answer), (1, None)));
}

#[test]
fn limits_are_checked_before_anything_is_sent() {
    let world = World::new([]);
    let request = StreamModelSpeech::new("", "voice_1".parse().unwrap());
    let error = block_on(world.client().stream(&request)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

#[test]
fn a_raw_stream_gives_the_events_as_they_came() {
    let failed = r#"data: {"type":"error","detail":"no"}"#;
    let world = World::new([
        Answer::refusal(503, "service_unavailable"),
        stream(&[AUDIO, failed, DONE]),
    ]);
    let request = RawRequest::new(Method::Post, "/v3/models/audio/tts/stream")
        .json(r#"{"text":"Hello","new":1}"#)
        .not_carried_out(&[503]);
    let events: Vec<_> = block_on(async {
        let events = world.client().stream_raw(&request).await.unwrap();
        events.collect().await
    });
    let events: Vec<_> = events.into_iter().map(Result::unwrap).collect();
    let data = |event: &str| event.strip_prefix("data: ").unwrap().to_owned();
    assert_eq!(events, [data(AUDIO), data(failed)]);
    let sent = &world.sent()[1];
    assert_eq!(sent.header("accept"), Some("text/event-stream"));
    assert_eq!(sent.body, br#"{"text":"Hello","new":1}"#);

    let request = RawRequest::new(Method::Post, "v3");
    let error = block_on(world.client().stream_raw(&request)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}
