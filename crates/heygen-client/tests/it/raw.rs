//! Requests that are given as they are.

use heygen_client::{
    Error, ErrorKind, RawRequest, Source, TransportErrorKind,
    types::{MediaType, Method},
};

use crate::script::{Answer, World, block_on};

const ANSWER: &str = r#"{ "data": {"new": 1} }"#;

#[test]
fn a_raw_request_goes_out_as_it_is_given() {
    let world = World::new([Answer::json(201, ANSWER).with("x-new", "yes")]);
    let request = RawRequest::new(Method::Patch, "/v3/things/a%2Fb")
        .query("q", "a b&c")
        .query("n\u{e9}", "")
        .json(r#"{"a" : 1}"#);
    let answer = block_on(world.client().send_raw(&request)).unwrap();
    assert_eq!((answer.status, &*answer.body), (201, ANSWER.as_bytes()));
    assert_eq!(answer.headers["x-new"], "yes");
    let sent = &world.sent()[0];
    assert_eq!(sent.method, "PATCH");
    assert_eq!(
        sent.uri,
        "https://api.heygen.com/v3/things/a%2Fb?q=a%20b%26c&n%C3%A9="
    );
    assert_eq!(sent.body, br#"{"a" : 1}"#);
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.header("x-api-key"), Some("canary-key"));
    assert_eq!(sent.header("idempotency-key"), None);
}

#[test]
fn a_refusal_has_the_answer_as_it_came() {
    let body = r#"{ "error": {"code": "new_code", "message": "no"} }"#;
    let world = World::new([Answer::json(409, body).with("x-new", "yes")]);
    let request = RawRequest::new(Method::Patch, "/v3/things");
    let error = block_on(world.client().send_raw(&request)).unwrap_err();
    let answer = error.answer().unwrap();
    assert_eq!((answer.status, &*answer.body), (409, body.as_bytes()));
    assert_eq!(answer.headers["x-new"], "yes");
    assert!(!format!("{error:?}").contains("x-new"));
}

#[test]
fn a_path_that_could_lead_elsewhere_is_not_sent() {
    for path in [
        "",
        "v3",
        "https://evil.example/",
        "/v3/../admin",
        "/v3/./x",
        "/v3?x=1",
        "/v3#x",
        "/v3 x",
        "/v3\n",
    ] {
        let world = World::new([]);
        let request = RawRequest::new(Method::Get, path);
        let error = block_on(world.client().send_raw(&request)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{path:?}");
        assert!(error.to_string().contains("nothing was sent"), "{error}");
    }
}

fn send_after(request: &RawRequest, first: Answer) -> (Result<u16, Error>, World) {
    let world = World::new([first, Answer::json(200, ANSWER)]);
    let end = block_on(world.client().send_raw(request)).map(|answer| answer.status);
    (end, world)
}

#[test]
fn what_is_the_same_twice_is_repeated() {
    for method in [Method::Get, Method::Put, Method::Delete] {
        let request = RawRequest::new(method, "/v3/x");
        for first in [
            Answer::json(503, ""),
            Answer::Error(TransportErrorKind::Interrupted),
        ] {
            let (end, world) = send_after(&request, first.clone());
            assert_eq!(end.unwrap(), 200, "{method:?}");
            assert_eq!(world.sent().len(), 2);
            let (end, world) = send_after(&request.clone().without_repeats(), first);
            end.unwrap_err();
            assert_eq!(world.sent().len(), 1, "{method:?}");
        }
    }
}

#[test]
fn what_may_have_been_done_is_repeated_only_under_a_key() {
    for method in [Method::Post, Method::Patch] {
        let request = RawRequest::new(method, "/v3/x").json("{}");
        let (end, world) = send_after(&request, Answer::json(500, ""));
        end.unwrap_err();
        assert_eq!(world.sent().len(), 1, "{method:?}");
        let (end, _) = send_after(&request, Answer::json(429, ""));
        assert_eq!(end.unwrap(), 200, "{method:?}");

        let key = World::new([]).client().fresh_key().unwrap();
        let request = request.idempotency_key(key.clone());
        let (end, world) = send_after(&request, Answer::json(500, ""));
        assert_eq!(end.unwrap(), 200, "{method:?}");
        for sent in world.sent() {
            assert_eq!(sent.header("idempotency-key"), Some(key.as_str()));
        }
    }
}

#[test]
fn a_key_in_the_body_makes_repeats_safe() {
    let request = RawRequest::new(Method::Post, "/v3/x").json("{}");
    let busy = || Answer::json(503, "");
    let (end, _) = send_after(&request, busy());
    end.unwrap_err();
    let (end, world) = send_after(&request.key_in_body(), busy());
    assert_eq!(end.unwrap(), 200);
    assert_eq!(world.sent().len(), 2);
}

#[test]
fn no_key_is_made_twice() {
    let client = World::new([]).client();
    assert_ne!(client.fresh_key().unwrap(), client.fresh_key().unwrap());
}

#[test]
fn a_file_is_sent_whole_again_on_every_attempt() {
    let source = Source::bytes("a.png", &b"content"[..]);
    let key = World::new([]).client().fresh_key().unwrap();
    let request = RawRequest::new(Method::Post, "/v3/assets")
        .file(source, MediaType::Png)
        .idempotency_key(key);
    let (end, world) = send_after(&request, Answer::json(503, ""));
    assert_eq!(end.unwrap(), 200);
    let sent = world.sent();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0].body, sent[1].body);
    let body = String::from_utf8(sent[0].body.clone()).unwrap();
    assert!(body.contains("filename=\"a.png\"") && body.contains("\r\n\r\ncontent\r\n"));
    let content_type = sent[0].header("content-type").unwrap();
    assert!(content_type.starts_with("multipart/form-data; boundary="));
}

#[test]
fn a_file_that_is_not_there_is_said_before_anything_is_sent() {
    let world = World::new([]);
    let request = RawRequest::new(Method::Post, "/v3/assets").file("/nonexistent", MediaType::Png);
    let error = block_on(world.client().send_raw(&request)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Source);
    assert!(error.to_string().starts_with("/nonexistent: "), "{error}");
}

#[test]
fn a_refusal_is_the_error_of_a_typed_operation() {
    let body = r#"{"error":{"code":"not_found","message":"no such thing"}}"#;
    let world = World::new([Answer::json(404, body)]);
    let request = RawRequest::new(Method::Get, "/v3/x");
    let error = block_on(world.client().send_raw(&request)).unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(404), "not_found"));
    assert_eq!(error.kind(), ErrorKind::Rejected);
}

#[test]
fn no_debug_shows_a_body() {
    let world = World::new([Answer::json(200, r#"{"url":"canary"}"#)]);
    let request = RawRequest::new(Method::Get, "/v3/x").json(r#"{"a":"canary"}"#);
    let answer = block_on(world.client().send_raw(&request)).unwrap();
    assert!(!format!("{request:?} {answer:?}").contains("canary"));
}

#[test]
fn a_raw_request_can_be_sent_from_any_thread() {
    fn is_send<T: Send>(_: T) {}
    let (client, request) = (
        World::new([]).client(),
        RawRequest::new(Method::Get, "/v3/x"),
    );
    is_send(client.send_raw(&request));
}
