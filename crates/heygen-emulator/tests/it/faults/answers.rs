//! What faults make of an answer, and how the core says it.

use std::time::Duration;

use heygen_emulator::{Action, Begin, Cut, Endpoint, Fault, OperationId, Pace, StorageCode};
use serde_json::{Value, json};

use crate::bench::{Bench, parts, png, put};

const PATH: &str = "/v3/assets/direct-uploads";

fn body() -> Value {
    json!({"filename": "a", "content_type": "image/png", "size_bytes": 1})
}

/// Creates a direct upload, and returns the text of the answer whatever it is.
fn created(bench: &mut Bench) -> String {
    let head = bench
        .request("POST", PATH)
        .header("content-type", "application/json");
    let reply = bench.raw(&parts(head), body().to_string());
    let response = reply.into_response().unwrap();
    assert_eq!(response.status(), 200);
    String::from_utf8(response.body().read().unwrap().to_vec()).unwrap()
}

#[test]
fn json_is_cut_short_or_sent_twice() {
    let mut bench = Bench::new();
    let at = OperationId::CreateDirectUpload;
    for fault in [
        Fault::truncated(at),
        Fault::truncated_to(at, 5),
        Fault::truncated_to(at, u64::MAX),
        Fault::duplicated(at),
    ] {
        bench.core.fault(fault);
    }
    let half = created(&mut bench);
    assert!(
        half.starts_with(r#"{"data":{"#) && half.len() > 20,
        "{half}"
    );
    assert!(serde_json::from_str::<Value>(&half).is_err());
    assert_eq!(created(&mut bench), r#"{"dat"#);
    assert!(serde_json::from_str::<Value>(&created(&mut bench)).is_ok());

    let twice = created(&mut bench);
    let documents: Vec<Value> = serde_json::Deserializer::from_str(&twice)
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(documents.len(), 2);
    assert_eq!(documents[0], documents[1]);
    assert_eq!(
        bench.core.assets(bench.now).len(),
        4,
        "each was carried out"
    );
}

#[test]
fn how_an_answer_is_sent_is_told_beside_it() {
    let mut bench = Bench::new();
    let pace = Pace::new(10, Duration::from_secs(1));
    let cut = Cut::Stall { after_bytes: 3 };
    bench
        .core
        .fault(Fault::slow_writing(OperationId::GetCurrentUser, pace));
    bench
        .core
        .fault(Fault::stall_answer(OperationId::GetCurrentUser, 3));
    bench.core.fault("get_user:then-reset".parse().unwrap());
    let head = parts(bench.request("GET", "/v3/users/me"));
    let told = |bench: &mut Bench| {
        let reply = bench.raw(&head, "");
        assert!(matches!(reply.action, Action::Answer(_)), "{reply:?}");
        (reply.slow_writing, reply.cut, reply.ends_with_reset)
    };
    assert_eq!(told(&mut bench), (Some(pace), None, false));
    assert_eq!(told(&mut bench), (None, Some(cut), false));
    assert_eq!(told(&mut bench), (None, None, true));
    assert_eq!(told(&mut bench), (None, None, false));
}

#[test]
fn slow_reading_takes_its_time() {
    let mut bench = Bench::new();
    let content = png(100);
    let slot = bench.create(&content, None);
    let pace = Pace::new(10, Duration::from_secs(1));
    let head = parts(put(&slot, 100));
    let fault = Fault::slow_reading(Endpoint::StoragePut, pace);

    bench.core.fault(fault.clone());
    let Begin::Proceed(exchange) = bench.core.begin(bench.now, &head) else {
        panic!("the body is read, slowly");
    };
    assert_eq!(exchange.slow_reading(), Some(pace));
    bench.core.abandon(exchange);

    // With the body in memory the time is part of the delay.
    bench
        .core
        .fault(fault.clone().with_delay(Duration::from_secs(5)));
    let reply = bench.raw(&head, content.clone());
    assert_eq!(reply.delay, Duration::from_secs(5 + 10));
    assert_eq!(reply.into_response().unwrap().status(), 200);

    let cut = Fault::reset(Endpoint::StoragePut, 40).with_slow_reading(pace);
    bench.core.fault(cut);
    let reply = bench.raw(&head, content);
    assert!(matches!(reply.action, Action::Reset), "{reply:?}");
    assert_eq!(reply.delay, Duration::from_secs(4));
}

#[test]
fn a_body_that_is_too_short_for_its_cut_is_met_by_it_at_the_end() {
    let mut bench = Bench::new();
    let wait = Duration::from_secs(3);
    bench
        .core
        .fault(Fault::reset(OperationId::GetCurrentUser, 7).with_delay(wait));
    bench
        .core
        .fault(Fault::stall(OperationId::GetCurrentUser, 7));
    let head = parts(bench.request("GET", "/v3/users/me"));
    let reply = bench.raw(&head, "");
    assert!(matches!(reply.action, Action::Reset), "{reply:?}");
    assert_eq!(reply.delay, wait);
    let reply = bench.raw(&head, "");
    assert!(matches!(reply.action, Action::Stall), "{reply:?}");

    // Whoever cuts it off by himself is told how long to wait.
    bench
        .core
        .fault(Fault::reset(OperationId::GetCurrentUser, 0).with_delay(wait));
    let Begin::Proceed(exchange) = bench.core.begin(bench.now, &head) else {
        panic!("the cut comes later");
    };
    assert_eq!(exchange.delay(), wait);
}

#[test]
fn an_early_answer_can_end_with_a_reset() {
    let mut bench = Bench::new();
    let slot = bench.create(&png(100), None);
    let fault = Fault::storage(StorageCode::SlowDown).early().then_reset();
    bench.core.fault(fault);
    let head = parts(put(&slot, 100));
    let Begin::Reply(reply) = bench.core.begin(bench.now, &head) else {
        panic!("the fault is early");
    };
    assert!(!reply.drains_body && reply.ends_with_reset);
    assert_eq!(reply.into_response().unwrap().status(), 503);
}

#[test]
fn the_content_of_an_object_is_not_json() {
    let mut bench = Bench::new();
    let content = png(100);
    let id = bench.stored(&content);
    let url = bench.get(&format!("/v3/assets/{id}")).data()["url"].clone();
    bench.core.fault("any:truncated".parse().unwrap());
    let fetched = bench.fetch(&url);
    assert_eq!(fetched.response.body().read().unwrap(), content);
    assert_eq!(
        bench.core.unused_faults().len(),
        1,
        "storage does not meet it"
    );
}
