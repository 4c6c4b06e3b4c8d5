use std::time::Duration;

use heygen_emulator::{Delivery, Fault, OperationId};
use heygen_webhooks::{Secret, Verifier};
use serde_json::{Value, json};

use crate::bench::{Bench, link};

const ENDPOINTS: &str = "/v3/webhooks/endpoints";

fn register(bench: &mut Bench, body: &Value) -> (String, Secret) {
    let endpoint = bench.post(ENDPOINTS, body).success();
    let secret = endpoint["secret"].as_str().unwrap().parse().unwrap();
    (endpoint["endpoint_id"].as_str().unwrap().to_owned(), secret)
}

fn everything(bench: &mut Bench) -> (String, Secret) {
    register(bench, &json!({ "url": "https://example.com/hook" }))
}

fn clip(bench: &mut Bench) -> String {
    bench.created(
        "/v3/ai-clipping",
        &json!({ "video": link() }),
        "ai_clipping_id",
    )
}

fn deliveries(bench: &mut Bench) -> Vec<Delivery> {
    bench.core.take_deliveries(bench.now)
}

fn body(delivery: &Delivery) -> Value {
    serde_json::from_slice(&delivery.body).unwrap()
}

#[test]
fn the_end_of_a_job_is_told_and_signed() {
    let mut bench = Bench::new();
    let (endpoint, secret) = everything(&mut bench);
    let job = clip(&mut bench);
    bench.advance(4);
    assert!(deliveries(&mut bench).is_empty());
    assert_eq!(
        bench.core.next_delivery(),
        Some(bench.now + Duration::from_secs(1))
    );
    bench.advance(100);
    let [delivery] = &deliveries(&mut bench)[..] else {
        panic!("one delivery");
    };
    assert!(deliveries(&mut bench).is_empty(), "they are taken once");
    assert_eq!(delivery.at, bench.now - Duration::from_secs(99));
    assert_eq!(delivery.endpoint_id, Some(endpoint));
    assert_eq!(delivery.url, "https://example.com/hook");
    assert_eq!(delivery.event_type, "ai_clipping.success");
    let data = &body(delivery)["event_data"];
    assert_eq!(
        (&data["id"], &data["status"]),
        (&json!(job), &json!("completed"))
    );
    assert_eq!(bench.fetch(&data["clips"][0]["video_url"]).status, 200);
    let verified = Verifier::new(secret)
        .verify(
            delivery.at,
            heygen_webhooks::headers(&delivery.headers),
            &delivery.body,
        )
        .unwrap();
    assert_eq!(verified.event_id(), delivery.header("heygen-event-id"));
    let other: Secret = "whsec_other".parse().unwrap();
    let other = Verifier::new(other).verify(
        delivery.at,
        heygen_webhooks::headers(&delivery.headers),
        &delivery.body,
    );
    assert!(other.is_err());
}

#[test]
fn the_history_is_the_same_as_what_was_sent() {
    let mut bench = Bench::new();
    everything(&mut bench);
    let first = clip(&mut bench);
    let video = json!({ "type": "avatar", "avatar_id": "a", "script": "x", "callback_id": "c1" });
    let second = bench.created("/v3/videos", &video, "video_id");
    bench.advance(10);
    let sent: Vec<_> = deliveries(&mut bench).iter().map(body).collect();
    let mut events = bench.get("/v3/webhooks/events").success();
    events.as_array_mut().unwrap().reverse();
    assert_eq!(events, json!(sent));
    assert_eq!(sent[1]["event_data"]["video_id"], second);
    assert_eq!(sent[1]["event_data"]["callback_id"], "c1");
    let found = |bench: &mut Bench, query: &str| {
        let events = bench.get(&format!("/v3/webhooks/events?{query}")).success();
        let events = events.as_array().unwrap().clone();
        events
            .iter()
            .map(|event| event["event_type"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        found(&mut bench, &format!("entity_id={first}")),
        ["ai_clipping.success"]
    );
    assert_eq!(
        found(&mut bench, "event_type=avatar_video.success"),
        ["avatar_video.success"]
    );
    bench
        .get("/v3/webhooks/events?event_type=hologram.success")
        .assert_refused(400, "invalid_parameter", "event_type");
}

#[test]
fn deliveries_come_in_the_order_of_the_ends() {
    let mut bench = Bench::new();
    everything(&mut bench);
    bench.created(
        "/v3/video-agents",
        &json!({ "prompt": "slow" }),
        "session_id",
    );
    clip(&mut bench);
    bench.advance(1);
    bench.created(
        "/v3/hyperframes/renders",
        &json!({ "project": link() }),
        "render_id",
    );
    bench.advance(1000);
    let deliveries = deliveries(&mut bench);
    let types: Vec<_> = deliveries.iter().map(|d| d.event_type.as_str()).collect();
    assert_eq!(
        types,
        [
            "ai_clipping.success",
            "hyperframes_video.success",
            "video_agent.success"
        ]
    );
    assert!(deliveries.is_sorted_by_key(|delivery| delivery.at));
}

#[test]
fn endpoints_get_what_they_want() {
    let mut bench = Bench::new();
    let job = clip(&mut bench);
    let mut add = |name: &str, filter: Value| {
        let mut body = filter;
        body["url"] = format!("https://example.com/{name}").into();
        register(&mut bench, &body).0
    };
    add("all", json!({ "events": null }));
    add(
        "clips",
        json!({ "events": ["ai_clipping.success", "ai_clipping.fail"] }),
    );
    add("videos", json!({ "events": ["avatar_video.success"] }));
    add("this", json!({ "entity_id": job }));
    add("that", json!({ "entity_id": "other" }));
    let gone = add("gone", json!({}));
    bench.delete(&format!("{ENDPOINTS}/{gone}")).success();
    bench.advance(10);
    let urls: Vec<_> = deliveries(&mut bench).into_iter().map(|d| d.url).collect();
    assert_eq!(
        urls,
        ["all", "clips", "this"].map(|name| format!("https://example.com/{name}"))
    );
}

#[test]
fn a_job_calls_back_without_a_signature() {
    let mut bench = Bench::new();
    let job = json!({
        "video": link(),
        "audio": link(),
        "callback_url": "https://example.com/done?token=secret",
        "callback_id": "mine",
    });
    bench.created("/v3/lipsyncs", &job, "lipsync_id");
    bench.advance(10);
    let [call] = &deliveries(&mut bench)[..] else {
        panic!("one call, for there is no event of lipsyncs");
    };
    assert_eq!(
        (&call.endpoint_id, call.header("heygen-signature")),
        (&None, None)
    );
    assert_eq!(body(call)["event_data"]["callback_id"], "mine");
    assert!(!format!("{call:?}").contains("secret"));
    assert_eq!(bench.get("/v3/webhooks/events").success(), json!([]));
}

#[test]
fn a_batch_calls_once_when_all_is_done() {
    let mut bench = Bench::new();
    everything(&mut bench);
    let item = json!({ "video": link(), "audio": link() });
    let batch = json!({ "lipsyncs": [item, item], "callback_url": "https://example.com/done" });
    let id = bench.created("/v3/lipsyncs/batches", &batch, "batch_id");
    bench.advance(10);
    let deliveries = deliveries(&mut bench);
    let types: Vec<_> = deliveries.iter().map(|d| d.event_type.as_str()).collect();
    assert_eq!(types, ["batch.finished", "batch.finished"]);
    let data = &body(&deliveries[1])["event_data"];
    assert_eq!(
        (&data["batch_id"], &data["status"]),
        (&json!(id), &json!("completed"))
    );
}

#[test]
fn failures_are_told_with_their_reason() {
    let mut bench = Bench::new();
    everything(&mut bench);
    bench.core.fault(Fault::job_fails(
        OperationId::CreateVideoAgent,
        "no_credits",
        "no credits",
    ));
    bench.created("/v3/video-agents", &json!({ "prompt": "x" }), "session_id");
    bench.advance(10);
    let deliveries = deliveries(&mut bench);
    assert_eq!(deliveries[0].event_type, "video_agent.fail");
    let data = &body(&deliveries[0])["event_data"];
    assert_eq!(data["failure_message"], "no credits");
    assert_eq!(data["video_id"], Value::Null);
}

#[test]
fn nothing_is_told_of_a_job_that_is_gone() {
    let mut bench = Bench::new();
    everything(&mut bench);
    let job = clip(&mut bench);
    bench.delete(&format!("/v3/ai-clipping/{job}")).success();
    let chat = json!({ "prompt": "x", "mode": "chat" });
    let chat = bench.created("/v3/video-agents", &chat, "session_id");
    let path = format!("/v3/video-agents/{chat}");
    bench.post(&path, &json!({ "message": "go" })).success();
    bench.advance(5);
    // The first video is not made: its end is not the end of the session any more.
    bench
        .post(&path, &json!({ "message": "go, but better" }))
        .success();
    bench.advance(1000);
    let deliveries = deliveries(&mut bench);
    assert_eq!(deliveries.len(), 1);
    assert_eq!(deliveries[0].event_type, "video_agent.success");
}

#[test]
fn endpoints_are_judged_and_keep_their_secret() {
    let mut bench = Bench::new();
    let url = |url: &str| json!({ "url": url });
    for bad in [
        "http://example.com/hook",
        "ftp://127.0.0.1/",
        "nonsense",
        "",
    ] {
        bench
            .post(ENDPOINTS, &url(bad))
            .assert_refused(400, "invalid_parameter", "url");
    }
    let (id, _) = register(&mut bench, &url("http://127.0.0.1:8080/hook"));
    bench
        .post(ENDPOINTS, &url("http://127.0.0.1:8080/hook"))
        .assert_refused(409, "conflict", "");
    bench
        .post(ENDPOINTS, &json!({ "url": "https://a.b", "events": ["x"] }))
        .assert_refused(400, "invalid_parameter", "events[0]");
    let path = format!("{ENDPOINTS}/{id}");
    let changed = bench
        .json("PATCH", &path, &json!({ "events": ["batch.finished"] }))
        .success();
    assert_eq!(changed["events"], json!(["batch.finished"]));
    for shown in [changed, bench.get(ENDPOINTS).success()[0].clone()] {
        assert!(shown.get("secret").is_none(), "{shown}");
    }
    let rotated = bench
        .post(&format!("{path}/rotate-secret"), &json!({}))
        .success();
    let secret = rotated["secret"].as_str().unwrap();
    assert!(!format!("{:?}", bench.core).contains(secret));
    assert_eq!(bench.delete(&path).json(), json!({ "data": {} }));
}

#[test]
fn the_old_secret_stops_at_once() {
    let mut bench = Bench::new();
    let (id, old) = everything(&mut bench);
    clip(&mut bench);
    let path = format!("{ENDPOINTS}/{id}/rotate-secret");
    let rotated = bench.post(&path, &json!({})).success();
    let new: Secret = rotated["secret"].as_str().unwrap().parse().unwrap();
    bench.advance(10);
    let delivery = &deliveries(&mut bench)[0];
    let signature = delivery.header("heygen-signature").unwrap();
    assert_eq!(signature, heygen_webhooks::sign(&new, &delivery.body));
    assert_ne!(signature, heygen_webhooks::sign(&old, &delivery.body));
}

#[test]
fn every_type_of_event_is_listed() {
    let mut bench = Bench::new();
    let types = bench.get("/v3/webhooks/event-types").success();
    let types: Vec<_> = types
        .as_array()
        .unwrap()
        .iter()
        .map(|t| &t["event_type"])
        .collect();
    let create = heygen_types::table::operation(OperationId::CreateWebhookEndpoint);
    let known = create.body.field("events").unwrap().items.unwrap();
    assert_eq!(types, known.values.iter().collect::<Vec<_>>());
}

#[test]
fn an_event_that_is_not_taken_comes_again_at_growing_intervals_for_a_day() {
    let mut bench = Bench::new();
    let (_, secret) = everything(&mut bench);
    clip(&mut bench);
    bench.advance(10);
    let first = deliveries(&mut bench).remove(0);
    assert_eq!(first.attempt, 1);
    bench.core.delivery_failed(&first);
    assert_eq!(
        bench.core.next_delivery(),
        Some(first.at + Duration::from_secs(10))
    );
    assert!(deliveries(&mut bench).is_empty(), "it is not due yet");

    // A clock that is advanced by far has all attempts, each at its own time.
    bench.advance(10 * 24 * 3600);
    let mut last = first.clone();
    let mut pauses = Vec::new();
    loop {
        bench.core.delivery_failed(&last);
        let Some(next) = deliveries(&mut bench).pop() else {
            break;
        };
        pauses.push((next.at - last.at).as_secs());
        assert_eq!(next.attempt, last.attempt + 1);
        assert_eq!(next.body, first.body);
        assert_eq!(
            next.header("heygen-event-id"),
            first.header("heygen-event-id")
        );
        // Its timestamp is its own, or the window of the receiver would refuse it.
        Verifier::new(secret.clone())
            .verify(next.at, heygen_webhooks::headers(&next.headers), &next.body)
            .unwrap();
        last = next;
    }
    let expected: Vec<u64> = (0..13).map(|n| 10 << n).collect();
    assert_eq!(pauses, expected);
    let whole = last.at - first.at;
    assert!(whole <= Delivery::REPEATED_FOR && whole * 2 > Delivery::REPEATED_FOR);
    assert_eq!(bench.core.next_delivery(), None);
    // All of them are listed, and the history has the event once.
    assert_eq!(bench.core.deliveries(bench.now).len(), 14);
    let events = bench.get("/v3/webhooks/events").success();
    assert_eq!(events.as_array().unwrap().len(), 1);
}

#[test]
fn repeats_are_those_of_the_facts() {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../heygen-types/api/webhooks.json");
    let facts: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let delivery = &facts["delivery"];
    let answer = Delivery::ANSWER_TIMEOUT.as_secs();
    assert_eq!(delivery["acknowledge_seconds"], answer);
    assert_eq!(delivery["retries"]["policy"], "exponential backoff");
    let hours = Delivery::REPEATED_FOR.as_secs() / 3600;
    assert_eq!(delivery["retries"]["for_hours"], hours);
}

#[test]
fn a_repeat_goes_to_the_endpoint_of_its_time() {
    let mut bench = Bench::new();
    let (id, _) = everything(&mut bench);
    clip(&mut bench);
    bench.advance(10);
    let first = deliveries(&mut bench).remove(0);
    bench.core.delivery_failed(&first);
    let path = format!("{ENDPOINTS}/{id}");
    let moved = json!({ "url": "https://example.com/moved" });
    bench.json("PATCH", &path, &moved).success();
    let rotated = bench
        .post(&format!("{path}/rotate-secret"), &json!({}))
        .success();
    let new: Secret = rotated["secret"].as_str().unwrap().parse().unwrap();
    bench.advance(10);
    let second = deliveries(&mut bench).remove(0);
    assert_eq!(second.url, "https://example.com/moved");
    let signature = heygen_webhooks::sign(&new, &second.body);
    assert_eq!(second.header("heygen-signature"), Some(&*signature));

    bench.core.delivery_failed(&second);
    bench.delete(&path).success();
    bench.advance(24 * 3600);
    assert!(deliveries(&mut bench).is_empty());
}

#[test]
fn a_callback_is_repeated_twice_and_a_failure_is_reported_once() {
    let mut bench = Bench::new();
    let job =
        json!({ "video": link(), "audio": link(), "callback_url": "https://example.com/done" });
    bench.created("/v3/lipsyncs", &job, "lipsync_id");
    bench.advance(24 * 3600);
    for attempt in 1..=3 {
        let calls = deliveries(&mut bench);
        let [call] = &calls[..] else {
            panic!("one call at a time, not {calls:?}");
        };
        assert_eq!((call.attempt, call.endpoint_id.as_deref()), (attempt, None));
        bench.core.delivery_failed(call);
        bench.core.delivery_failed(call);
    }
    assert!(deliveries(&mut bench).is_empty());
}

#[test]
fn a_call_of_before_a_reset_is_not_repeated_after_it() {
    let mut bench = Bench::new();
    everything(&mut bench);
    clip(&mut bench);
    bench.advance(10);
    let before = deliveries(&mut bench).remove(0);
    bench.core.reset();
    bench.core.delivery_failed(&before);
    assert_eq!(bench.core.next_delivery(), None);
}

#[test]
fn payloads_fit_their_types() {
    use heygen_types::webhooks::{EventPayload, WebhookEvent};
    let mut bench = Bench::new();
    everything(&mut bench);
    let video = json!({ "type": "avatar", "avatar_id": "a", "script": "x" });
    let translation =
        json!({ "video": link(), "output_languages": ["German"], "callback_id": "c" });
    for fails in [false, true] {
        if fails {
            for endpoint in [
                OperationId::CreateVideo,
                OperationId::CreateAiClipping,
                OperationId::CreateVideoTranslation,
            ] {
                bench
                    .core
                    .fault(Fault::job_fails(endpoint, "no_credits", "no credits"));
            }
        }
        bench.created("/v3/videos", &video, "video_id");
        clip(&mut bench);
        bench.post("/v3/video-translations", &translation).success();
    }
    bench.advance(100);
    let mut seen = Vec::new();
    for delivery in deliveries(&mut bench) {
        let event: WebhookEvent = serde_json::from_slice(&delivery.body).unwrap();
        assert!(event.event_id.is_some() && event.created_at.is_some());
        assert_eq!(
            event.event_id.as_ref().map(|id| id.as_str()),
            delivery.header("heygen-event-id")
        );
        seen.push(match event.payload() {
            EventPayload::AvatarVideoSuccess(_) => "video",
            EventPayload::AvatarVideoFail(fail) => {
                assert_eq!(fail.msg.as_deref(), Some("no credits"));
                "video failed"
            }
            EventPayload::Clipping(_) => "clips",
            EventPayload::VideoTranslateSuccess(translation) => {
                assert!(translation.url.is_some() && translation.video_translate_id.is_some());
                assert_eq!(translation.output_language.as_deref(), Some("German"));
                "translation"
            }
            EventPayload::VideoTranslateFail(fail) => {
                assert_eq!(fail.message.as_deref(), Some("no credits"));
                "translation failed"
            }
            other => panic!("{other:?}"),
        });
    }
    seen.sort_unstable();
    assert_eq!(
        seen,
        [
            "clips",
            "clips",
            "translation",
            "translation failed",
            "video",
            "video failed"
        ]
    );
}
