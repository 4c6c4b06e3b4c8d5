use heygen_emulator::Begin;
use serde_json::{Value, json};

use crate::bench::{Bench, parts, png};

const PATH: &str = "/v3/assets/direct-uploads";

fn file(size: u64) -> Value {
    json!({"filename": "a.png", "content_type": "image/png", "size_bytes": size})
}

#[test]
fn the_first_answer_comes_again_even_for_another_body() {
    let mut bench = Bench::new();
    let key = [("idempotency-key", "k:1_2.3-4")];
    let first = bench.post_with(PATH, &file(100), &key).data();
    assert_eq!(bench.post_with(PATH, &file(999), &key).data(), first);
    assert_ne!(
        bench.post(PATH, &file(100)).data()["asset_id"],
        first["asset_id"]
    );
    assert_eq!(bench.core.assets(bench.now).len(), 2);
    let replays: Vec<_> = bench
        .core
        .requests()
        .map(|request| request.is_replay)
        .collect();
    assert_eq!(replays, [false, true, false]);
}

#[test]
fn a_replay_gives_the_old_url_which_may_be_dead() {
    let mut bench = Bench::new();
    let key = [("idempotency-key", "k")];
    let content = png(100);
    let first = bench.post_with(PATH, &file(100), &key).data();
    bench.advance(3600);
    let replayed = bench.post_with(PATH, &file(100), &key).data();
    assert_eq!(replayed, first);
    bench
        .put(&replayed, &content)
        .assert_storage_refused(403, "AccessDenied");
    // With another size the old signature does not fit.
    let mut bench = Bench::new();
    bench.post_with(PATH, &file(100), &key);
    let replayed = bench.post_with(PATH, &file(101), &key).data();
    bench
        .put(&replayed, &png(101))
        .assert_storage_refused(403, "SignatureDoesNotMatch");
}

#[test]
fn a_day_later_the_key_is_new() {
    let mut bench = Bench::new();
    let key = [("idempotency-key", "k")];
    let first = bench.post_with(PATH, &file(100), &key).data();
    bench.advance(24 * 3600 - 1);
    assert_eq!(bench.post_with(PATH, &file(100), &key).data(), first);
    bench.advance(1);
    assert_ne!(bench.post_with(PATH, &file(100), &key).data(), first);
}

#[test]
fn a_key_counts_at_one_endpoint_only() {
    let mut bench = Bench::new();
    let key = [("idempotency-key", "k")];
    bench.post_with(PATH, &file(100), &key);
    let batch = json!({"files": [file(100)]});
    let answer = bench.post_with("/v3/assets/direct-uploads/batches", &batch, &key);
    assert!(answer.data()["batch_id"].is_string());
}

#[test]
fn where_it_is_not_declared_it_is_ignored() {
    let mut bench = Bench::new();
    let key = [("idempotency-key", "not valid at all!")];
    let prompt = json!({"prompt": "x"});
    let first = bench.post_with("/v3/video-agents", &prompt, &key).data();
    let second = bench.post_with("/v3/video-agents", &prompt, &key).data();
    assert_ne!(first["session_id"], second["session_id"]);
}

#[test]
fn malformed_keys_are_refused() {
    let mut bench = Bench::new();
    let long = "k".repeat(256);
    for key in ["", "with space", "ümlaut", "semi;colon", &long] {
        bench
            .post_with(PATH, &file(100), &[("idempotency-key", key)])
            .assert_refused(400, "invalid_parameter", "Idempotency-Key");
    }
    let longest = "k".repeat(255);
    assert_eq!(
        bench
            .post_with(PATH, &file(100), &[("idempotency-key", &longest)])
            .status,
        200
    );
}

#[test]
fn a_failure_does_not_use_the_key_up() {
    let mut bench = Bench::new();
    let key = [("idempotency-key", "k")];
    assert_eq!(bench.post_with(PATH, &file(0), &key).status, 400);
    assert_eq!(bench.post_with(PATH, &file(1), &key).status, 200);
}

#[test]
fn while_the_first_runs_the_second_conflicts() {
    let mut bench = Bench::new();
    let head = bench
        .request("POST", PATH)
        .header("content-type", "application/json")
        .header("idempotency-key", "k");
    let head = parts(head);
    let Begin::Proceed(first) = bench.core.begin(bench.now, &head) else {
        panic!("the head is fine");
    };
    let key = [("idempotency-key", "k")];
    bench
        .post_with(PATH, &file(100), &key)
        .assert_refused(409, "request_in_progress", "");
    bench.core.abandon(first);
    assert_eq!(bench.post_with(PATH, &file(100), &key).status, 200);
}

#[test]
fn a_replayed_202_comes_as_200() {
    let mut bench = Bench::new();
    let batch = bench.post(
        "/v3/assets/direct-uploads/batches",
        &json!({"files": [file(100)]}),
    );
    let body = json!({"batch_id": batch.data()["batch_id"]});
    let key = [("idempotency-key", "k")];
    let first = bench.post_with("/v3/assets/complete/batches", &body, &key);
    let second = bench.post_with("/v3/assets/complete/batches", &body, &key);
    assert_eq!((first.status, second.status), (202, 200));
    assert_eq!(first.text(), second.text());
}
