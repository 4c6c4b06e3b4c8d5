//! What faults make of the calls that the emulator owes.

use std::time::Duration;

use heygen_emulator::{Delivery, Fault, WebhookFault};
use heygen_webhooks::{Secret, Verifier, headers};
use serde_json::json;

use crate::bench::{Bench, link};

const JOB_SECONDS: u64 = 5;

/// A bench with an endpoint for all events, and its secret.
fn bench() -> (Bench, Verifier) {
    let mut bench = Bench::new();
    let body = json!({ "url": "https://example.com/hook" });
    let endpoint = bench.post("/v3/webhooks/endpoints", &body).success();
    let secret: Secret = endpoint["secret"].as_str().unwrap().parse().unwrap();
    (bench, Verifier::new(secret).without_time_window())
}

/// Has a job end, and returns its id with the calls that are due then.
fn end_a_job(bench: &mut Bench) -> (String, Vec<Delivery>) {
    let id = bench.created(
        "/v3/ai-clipping",
        &json!({ "video": link() }),
        "ai_clipping_id",
    );
    bench.advance(JOB_SECONDS);
    (id, bench.core.take_deliveries(bench.now))
}

fn ids(deliveries: &[Delivery]) -> Vec<String> {
    deliveries
        .iter()
        .map(|delivery| {
            let body: serde_json::Value = serde_json::from_slice(&delivery.body).unwrap();
            body["event_data"]["id"].as_str().unwrap().to_owned()
        })
        .collect()
}

#[test]
fn a_dropped_event_is_only_in_the_history() {
    let (mut bench, _) = bench();
    bench.core.fault(Fault::webhook(WebhookFault::Dropped));
    let (_, due) = end_a_job(&mut bench);
    assert!(due.is_empty());
    let events = bench.get("/v3/webhooks/events").json();
    assert_eq!(events["data"].as_array().unwrap().len(), 1);
    assert_eq!(end_a_job(&mut bench).1.len(), 1, "the next one is sent");
    assert!(bench.core.unused_faults().is_empty());
}

#[test]
fn a_doubled_event_comes_twice_as_it_is() {
    let (mut bench, verifier) = bench();
    bench.core.fault(Fault::webhook(WebhookFault::Doubled));
    let (id, due) = end_a_job(&mut bench);
    assert_eq!(ids(&due), [&*id, &*id]);
    assert_eq!(due[0].headers, due[1].headers);
    for delivery in &due {
        let verified = verifier.verify(Duration::ZERO, headers(&delivery.headers), &delivery.body);
        assert!(verified.is_ok());
    }
}

#[test]
fn a_reordered_event_comes_after_the_next() {
    let (mut bench, _) = bench();
    bench
        .core
        .fault(Fault::webhook(WebhookFault::Reordered).times(2));
    let (first, due) = end_a_job(&mut bench);
    assert!(due.is_empty());
    let (second, due) = end_a_job(&mut bench);
    assert!(due.is_empty());
    let (third, due) = end_a_job(&mut bench);
    assert_eq!(ids(&due), [third, second, first]);
}

#[test]
fn a_reordered_event_does_not_wait_for_ever() {
    let (mut bench, _) = bench();
    bench.core.fault(Fault::webhook(WebhookFault::Reordered));
    let (id, due) = end_a_job(&mut bench);
    assert!(due.is_empty());
    assert_eq!(
        bench.core.next_delivery(),
        Some(bench.now + Duration::from_secs(60))
    );
    bench.advance(60);
    assert_eq!(ids(&bench.core.take_deliveries(bench.now)), [id]);
    assert_eq!(bench.core.next_delivery(), None);
}

#[test]
fn a_bad_signature_is_of_the_right_form_and_fits_nobody() {
    let (mut bench, verifier) = bench();
    bench.core.fault(Fault::webhook(WebhookFault::BadSignature));
    let (_, forged) = end_a_job(&mut bench);
    let (_, good) = end_a_job(&mut bench);
    let signature = |due: &[Delivery]| due[0].header("heygen-signature").unwrap().to_owned();
    assert_eq!(signature(&forged).len(), signature(&good).len());
    let verify = |due: &[Delivery]| {
        let delivery = &due[0];
        let verified = verifier.verify(Duration::ZERO, headers(&delivery.headers), &delivery.body);
        verified.is_ok()
    };
    assert!(!verify(&forged));
    assert!(verify(&good));
}

#[test]
fn an_unsigned_call_waits_for_no_signature() {
    let mut bench = Bench::new();
    bench.core.fault(Fault::webhook(WebhookFault::BadSignature));
    bench.core.fault(Fault::webhook(WebhookFault::Dropped));
    let body = json!({ "video": link(), "callback_url": "https://example.com/done" });
    bench.created("/v3/ai-clipping", &body, "ai_clipping_id");
    bench.advance(JOB_SECONDS);
    assert!(bench.core.take_deliveries(bench.now).is_empty());
    let unused = bench.core.unused_faults();
    assert_eq!(unused[0].to_string(), "webhook:bad-signature");
    assert_eq!(unused.len(), 1);
}
