use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use heygen_client::{
    ApiKey, ErrorKind, TransportErrorKind,
    types::{
        ByteSize, MediaType,
        assets::{CreateDirectUpload, GetAsset, SearchAssets, SearchType},
        video_agents::CreateVideoAgent,
    },
};

use crate::script::{Answer, World, block_on};

const RECORD: &str = r#"{"data":{"id":"a b","name":"n","owner":"o","space_id":"s","type":"video","uploaded_at":1,"new":true}}"#;
const SLOT: &str = r#"{"data":{"asset_id":"a","upload_url":"https://s/","upload_headers":{},"expires_in_seconds":60,"max_bytes":10,"status":"pending_upload"}}"#;
const SESSION: &str = r#"{"data":{"created_at":1,"session_id":"s","status":"thinking"}}"#;

fn create() -> CreateDirectUpload {
    CreateDirectUpload::new("a.png", MediaType::Png, ByteSize::new(5))
}

#[test]
fn a_request_is_what_the_operation_says() {
    let record = RECORD.replace("a b", "a b?#%é");
    let world = World::new([Answer::json(200, record)]);
    let operation = GetAsset::new("a b?#%é".parse().unwrap());
    let record = block_on(world.client().send(&operation)).unwrap();
    assert_eq!(record.id.as_str(), "a b?#%é");
    let sent = &world.sent()[0];
    assert_eq!(sent.method, "GET");
    assert_eq!(
        sent.uri,
        "https://api.heygen.com/v3/assets/a%20b%3F%23%25%C3%A9"
    );
    assert_eq!(sent.header("x-api-key"), Some("canary-key"));
    assert!(sent.headers["x-api-key"].is_sensitive());
    assert_eq!(sent.header("authorization"), None);
    assert_eq!(sent.header("idempotency-key"), None);
    assert!(sent.body.is_empty());
}

#[test]
fn a_query_is_escaped() {
    let world = World::new([Answer::json(
        200,
        r#"{"data":[],"has_more":false,"next_token":null}"#,
    )]);
    let mut search = SearchAssets::new("cats & dogs+é", SearchType::Icon);
    search.limit = Some(3);
    block_on(world.client().assets().search(&search)).unwrap();
    assert_eq!(
        world.sent()[0].uri,
        "https://api.heygen.com/v3/assets/search?query=cats%20%26%20dogs%2B%C3%A9&type=icon&limit=3"
    );
}

#[test]
fn a_limit_is_checked_before_anything_is_sent() {
    let world = World::new([]);
    let error = block_on(world.client().send(&CreateVideoAgent::new(""))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(error.to_string().contains("prompt"), "{error}");
    assert!(world.sent().is_empty());
}

#[test]
fn a_retry_keeps_its_key_and_waits_as_asked() {
    let world = World::new([
        Answer::json(503, "").with("retry-after", "7"),
        Answer::Error(TransportErrorKind::Interrupted),
        Answer::json(
            409,
            r#"{"error":{"code":"request_in_progress","message":"m"}}"#,
        ),
        Answer::json(200, "<html>"),
        Answer::json(200, SLOT),
    ]);
    let told = Arc::new(Mutex::new(Vec::new()));
    let telling = Arc::clone(&told);
    let key: ApiKey = "k".parse().unwrap();
    let client = world.builder().on_retry(move |retry| {
        let status = retry.failure.status;
        telling
            .lock()
            .unwrap()
            .push((retry.attempts, status, retry.wait));
    });
    let client = client.credential(key).build().unwrap();
    block_on(client.send(&create())).unwrap();
    let told = told.lock().unwrap();
    let first: Vec<_> = told
        .iter()
        .map(|(attempts, status, _)| (*attempts, *status))
        .collect();
    assert_eq!(
        first,
        [(1, Some(503)), (2, None), (3, Some(409)), (4, Some(200))]
    );
    assert_eq!(told[0].2, Duration::from_secs(7));
    let sent = world.sent();
    assert_eq!(sent.len(), 5);
    let key = sent[0].header("idempotency-key").unwrap();
    assert!(
        sent.iter()
            .all(|request| request.header("idempotency-key") == Some(key))
    );
    assert!(sent.iter().all(|request| request.body == sent[0].body));
    assert!(sent[1].at >= Duration::from_secs(7));
    assert!(sent.windows(2).all(|pair| pair[0].at < pair[1].at));

    let world = World::new([Answer::json(200, SLOT)]);
    block_on(world.client().send(&create())).unwrap();
    assert_ne!(
        world.sent()[0].header("idempotency-key"),
        Some(key),
        "a new call, a new key"
    );
}

#[test]
fn a_request_without_key_is_repeated_only_when_it_was_not_carried_out() {
    let request = CreateVideoAgent::new("x");
    let world = World::new([
        Answer::Error(TransportErrorKind::Connect),
        Answer::json(
            429,
            r#"{"error":{"code":"rate_limit_exceeded","message":"m"}}"#,
        ),
        Answer::json(200, SESSION),
    ]);
    block_on(world.client().send(&request)).unwrap();
    assert_eq!(world.sent().len(), 3);
    assert_eq!(world.sent()[0].header("idempotency-key"), None);

    for answer in [
        Answer::json(500, ""),
        Answer::Error(TransportErrorKind::Interrupted),
        Answer::Error(TransportErrorKind::AnswerTimeout),
        Answer::json(200, "{"),
    ] {
        let world = World::new([answer]);
        block_on(world.client().send(&request)).unwrap_err();
        assert_eq!(world.sent().len(), 1);
    }
}

#[test]
fn an_error_says_what_the_api_said() {
    let body = r#"{"error":{"code":"invalid_parameter","message":"no such voice","param":"voice_id","doc_url":"https://d/"}}"#;
    let world = World::new([Answer::json(400, body).with("x-request-id", "r-1")]);
    let error = block_on(world.client().send(&CreateVideoAgent::new("x"))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Rejected);
    assert_eq!(
        (error.status(), error.code()),
        (Some(400), "invalid_parameter")
    );
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(
        error.api_error().unwrap().param.as_deref(),
        Some("voice_id")
    );
    assert!(error.to_string().contains("no such voice"));
    assert!(!error.is_retryable());
}

#[test]
fn what_a_firewall_says_is_no_word_about_the_credential() {
    for status in [400, 401, 403, 404, 409] {
        let world = World::serving(move |_| Answer::page(status));
        let get = GetAsset::new("a".parse().unwrap());
        let error = block_on(world.client().send(&get)).unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Network, Some(status))
        );
        assert!(error.is_retryable());
        let said = format!("{error}; {}", error.hint());
        assert!(
            said.contains("firewall") && said.contains("4 attempts"),
            "{said}"
        );
        for word in ["credential", "workspace", "API key"] {
            assert!(!said.contains(word), "{said}");
        }
        assert_eq!(world.sent().len(), 4);
    }
}

#[test]
fn a_retry_after_beyond_the_limit_ends_the_retries() {
    let world = World::new([Answer::json(429, "").with("retry-after", "9999")]);
    let error = block_on(world.client().send(&create())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
    assert!(error.to_string().contains("9999s"), "{error}");
    assert!(error.is_retryable());
}

#[test]
fn a_deletion_that_is_answered_with_nothing_is_done() {
    let world = World::serving(|_| Answer::json(204, ""));
    let client = world.client();
    block_on(async {
        let id = || "x".parse().unwrap();
        assert_eq!(client.assets().delete(id()).await.unwrap().id.as_str(), "x");
        let voice = client.voices().delete("v".parse().unwrap()).await;
        assert_eq!(voice.unwrap().voice_id.as_str(), "v");
        let renders = client.hyperframes().renders();
        let render = renders.delete("r".parse().unwrap()).await;
        assert_eq!(render.unwrap().render_id.as_str(), "r");
        let video = client.videos().delete("w".parse().unwrap()).await;
        assert!(video.unwrap().deleted);
        let kit = client.brand_kits().delete("k".parse().unwrap()).await;
        assert_eq!(kit.unwrap().brand_kit_id.as_str(), "k");
        let endpoints = client.webhooks().endpoints();
        endpoints.delete("e".parse().unwrap()).await.unwrap();
    });
    assert_eq!(world.sent().len(), 6, "nothing was repeated");
    // Nothing is not the record of anything.
    let error = block_on(client.send(&GetAsset::new("x".parse().unwrap()))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Protocol);
}

#[test]
fn no_message_says_the_same_twice() {
    for kind in [
        TransportErrorKind::Incompatible,
        TransportErrorKind::Request,
        TransportErrorKind::Untrusted,
        TransportErrorKind::LocalResources,
    ] {
        let world = World::serving(move |_| Answer::Error(kind));
        let error = block_on(world.client().send(&create())).unwrap_err();
        let text = error.to_string();
        let mut parts: Vec<_> = text.split(": ").collect();
        let count = parts.len();
        parts.dedup();
        assert_eq!(parts.len(), count, "{text}");
    }
}
