use std::time::Duration;

use heygen_emulator::RateLimit;
use serde_json::json;

use crate::bench::{Bench, link};

#[test]
fn one_request_too_many_is_told_when_to_come_back() {
    let mut bench = Bench::with(|settings| {
        settings.rate_limit = Some(RateLimit::new(2, Duration::from_millis(2500)));
    });
    for _ in 0..2 {
        assert_eq!(bench.get("/v3/users/me").status, 200);
    }
    let refused = bench.get("/v3/users/me");
    refused.assert_refused(429, "rate_limit_exceeded", "");
    assert_eq!(
        refused.header("retry-after"),
        Some("3"),
        "whole seconds, rounded up"
    );
    bench.advance(2);
    assert_eq!(bench.get("/v3/users/me").header("retry-after"), Some("1"));
    bench.advance(1);
    assert_eq!(bench.get("/v3/users/me").status, 200);
}

#[test]
fn a_refused_request_does_not_use_its_key_up() {
    let mut bench = Bench::with(|settings| {
        settings.rate_limit = Some(RateLimit::new(1, Duration::from_secs(10)));
    });
    let body = json!({ "video": link() });
    bench.get("/v3/users/me");
    let key = [("idempotency-key", "k1")];
    assert_eq!(bench.post_with("/v3/ai-clipping", &body, &key).status, 429);
    bench.advance(10);
    assert_eq!(bench.post_with("/v3/ai-clipping", &body, &key).status, 202);
}

#[test]
fn only_so_many_jobs_run_at_once() {
    let mut bench = Bench::with(|settings| settings.max_running_jobs = Some(2));
    let lipsync = json!({ "video": link(), "audio": link() });
    assert_eq!(bench.post("/v3/lipsyncs", &lipsync).status, 200);
    bench.advance(1);
    assert_eq!(
        bench
            .post("/v3/video-agents", &json!({ "prompt": "x" }))
            .status,
        200
    );
    let refused = bench.post("/v3/lipsyncs", &lipsync);
    refused.assert_refused(429, "rate_limit_exceeded", "");
    assert_eq!(
        refused.header("retry-after"),
        Some("4"),
        "then the first job ends"
    );
    // What makes no video is not counted.
    assert_eq!(
        bench
            .post("/v3/brand-kits", &json!({ "url": "https://a.b" }))
            .status,
        201
    );
    bench.advance(4);
    assert_eq!(bench.post("/v3/lipsyncs", &lipsync).status, 200);
}
