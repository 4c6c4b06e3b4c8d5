mod answers;
mod grammar;
mod targets;
mod webhooks;

use std::time::Duration;

use heygen_emulator::{
    Action, Begin, Cut, Endpoint, Fault, OperationId, SlotOverride, StorageCode,
};
use heygen_types::{ByteSize, PresignedUrl, UploadHeaders};
use serde_json::json;

use crate::bench::{Bench, parts, png, put};

const PATH: &str = "/v3/assets/direct-uploads";

#[test]
fn faults_come_in_order_and_are_used_up() {
    let mut bench = Bench::new();
    bench.core.fault(
        Fault::status(OperationId::CreateDirectUpload, 503, "service_unavailable")
            .with_retry_after(7)
            .with_message("too busy")
            .times(2),
    );
    bench.core.fault(Fault::raw(
        OperationId::CreateDirectUpload,
        502,
        "text/html",
        "<html>",
    ));
    bench.core.fault(Fault::close(OperationId::GetCurrentUser));
    let body = json!({"filename": "a", "content_type": "image/png", "size_bytes": 1});
    for _ in 0..2 {
        let answer = bench.post(PATH, &body);
        answer.assert_refused(503, "service_unavailable", "");
        assert_eq!(answer.header("retry-after"), Some("7"));
        assert!(answer.text().contains("too busy"));
    }
    let answer = bench.post(PATH, &body);
    assert_eq!((answer.status, answer.text().as_str()), (502, "<html>"));
    assert_eq!(answer.header("content-type"), Some("text/html"));
    assert!(
        bench.core.assets(bench.now).is_empty(),
        "nothing was carried out"
    );
    assert_eq!(bench.post(PATH, &body).status, 200);
    let unused = bench.core.unused_faults();
    assert_eq!(unused.len(), 1);
    assert_eq!(
        (unused[0].target(), unused[0].uses_left()),
        (OperationId::GetCurrentUser.into(), Some(1))
    );
    bench.core.clear_faults();
    assert!(bench.core.unused_faults().is_empty());
}

#[test]
fn a_request_can_be_carried_out_and_its_answer_lost() {
    let mut bench = Bench::new();
    bench
        .core
        .fault(Fault::close(OperationId::CreateDirectUpload).after_effect());
    let head = parts(
        bench
            .request("POST", PATH)
            .header("content-type", "application/json")
            .header("idempotency-key", "k"),
    );
    let body = json!({"filename": "a", "content_type": "image/png", "size_bytes": 1}).to_string();
    let reply = bench.raw(&head, body.clone());
    assert!(matches!(reply.action, Action::Close), "{reply:?}");
    assert_eq!(bench.core.requests().last().unwrap().status, None);
    assert_eq!(bench.core.assets(bench.now).len(), 1);
    // The retry under the same key is told of the same asset.
    let reply = bench.raw(&head, body).into_response().unwrap();
    assert_eq!(reply.status(), 200);
    assert_eq!(bench.core.assets(bench.now).len(), 1);
}

#[test]
fn a_fault_before_the_effect_leaves_the_key_free() {
    let mut bench = Bench::new();
    bench.core.fault(Fault::status(
        OperationId::CreateDirectUpload,
        500,
        "internal_error",
    ));
    let body = json!({"filename": "a", "content_type": "image/png", "size_bytes": 1});
    let key = [("idempotency-key", "k")];
    assert_eq!(bench.post_with(PATH, &body, &key).status, 500);
    assert_eq!(bench.post_with(PATH, &body, &key).status, 200);
}

#[test]
fn storage_fails_in_its_own_words() {
    let mut bench = Bench::new();
    let content = png(100);
    let slot = bench.create(&content, None);
    for (code, status) in [
        (StorageCode::SlowDown, 503),
        (StorageCode::InternalError, 500),
        (StorageCode::RequestTimeout, 400),
        (StorageCode::XAmzContentSha256Mismatch, 400),
    ] {
        bench.core.fault(Fault::storage(code));
        bench
            .put(&slot, &content)
            .assert_storage_refused(status, code.as_str());
    }
    bench
        .core
        .fault(Fault::storage(StorageCode::SlowDown).with_retry_after(3));
    assert_eq!(bench.put(&slot, &content).header("retry-after"), Some("3"));
    bench.complete(&slot).assert_refused(409, "conflict", "");
    bench
        .core
        .fault(Fault::storage(StorageCode::InternalError).after_effect());
    assert_eq!(bench.put(&slot, &content).status, 500);
    assert_eq!(bench.complete(&slot).status, 200, "the bytes had arrived");
}

#[test]
fn a_body_is_cut_off_where_the_fault_says() {
    let mut bench = Bench::new();
    let content = png(100);
    let slot = bench.create(&content, None);
    bench.core.fault(Fault::reset(Endpoint::StoragePut, 40));
    let head = parts(put(&slot, 100));
    let Begin::Proceed(exchange) = bench.core.begin(bench.now, &head) else {
        panic!("a cut body is read first");
    };
    assert_eq!(exchange.cut(), Some(Cut::Reset { after_bytes: 40 }));
    bench.core.abandon(exchange);

    bench.core.fault(Fault::stall(Endpoint::StoragePut, 40));
    let reply = bench.raw(&head, content.clone());
    assert!(matches!(reply.action, Action::Stall), "{reply:?}");
    let record = bench.core.requests().last().unwrap();
    assert_eq!((record.body_bytes, record.status), (40, None));
    bench.complete(&slot).assert_refused(409, "conflict", "");
    assert_eq!(bench.put(&slot, &content).status, 200);
}

#[test]
fn an_early_answer_does_not_wait_for_the_body() {
    let mut bench = Bench::new();
    let slot = bench.create(&png(100), None);
    let head = parts(put(&slot, 100));
    bench
        .core
        .fault(Fault::storage(StorageCode::SlowDown).early());
    bench.core.fault(Fault::storage(StorageCode::SlowDown));
    let Begin::Reply(reply) = bench.core.begin(bench.now, &head) else {
        panic!("the fault is early");
    };
    assert!(!reply.drains_body);
    assert!(matches!(
        bench.core.begin(bench.now, &head),
        Begin::Proceed(_)
    ));
}

#[test]
fn delays_are_told_and_change_nothing_else() {
    let mut bench = Bench::new();
    let wait = Duration::from_secs(9);
    bench
        .core
        .fault(Fault::delay(OperationId::GetCurrentUser, wait));
    bench
        .core
        .fault(Fault::status(OperationId::GetCurrentUser, 500, "internal_error").with_delay(wait));
    let head = parts(bench.request("GET", "/v3/users/me"));
    for status in [200, 500] {
        let reply = bench.raw(&head, "");
        assert_eq!(reply.delay, wait);
        assert_eq!(reply.into_response().unwrap().status(), status);
    }
    assert_eq!(bench.raw(&head, "").delay, Duration::ZERO);
}

#[test]
fn an_object_can_stay_out_of_sight() {
    let mut bench = Bench::new();
    let content = png(100);
    let slot = bench.create(&content, None);
    bench.put(&slot, &content);
    bench.core.fault(Fault::object_not_visible().times(2));
    for _ in 0..2 {
        bench.complete(&slot).assert_refused(409, "conflict", "");
    }
    assert_eq!(bench.complete(&slot).status, 200);
}

#[test]
fn a_slot_can_lie() {
    let mut bench = Bench::new();
    let mut change = SlotOverride::default();
    change.upload_url = Some(PresignedUrl::new("gopher://evil\n"));
    change.upload_headers = Some(UploadHeaders::new().with("host", "evil"));
    change.expires_in_seconds = Some(-1);
    change.max_bytes = Some(ByteSize::new(1));
    bench.core.fault(Fault::slot(change));
    let slot = bench.create(&png(100), None);
    assert_eq!(slot["upload_url"], "gopher://evil\n");
    assert_eq!(slot["upload_headers"], json!({"host": "evil"}));
    assert_eq!(slot["expires_in_seconds"], -1);
    assert_eq!(slot["max_bytes"], 1);
    let slot = bench.create(&png(100), None);
    assert_eq!(slot["max_bytes"], 5_368_709_120_u64);
}

#[test]
fn a_redirect_carries_its_location() {
    let mut bench = Bench::new();
    let slot = bench.create(&png(100), None);
    let fault = Fault::raw(Endpoint::StoragePut, 307, "application/xml", "");
    bench
        .core
        .fault(fault.with_header("location", "http://127.0.0.1/elsewhere"));
    let answer = bench.put(&slot, &png(100));
    assert_eq!(answer.status, 307);
    assert_eq!(
        answer.header("location"),
        Some("http://127.0.0.1/elsewhere")
    );
}
