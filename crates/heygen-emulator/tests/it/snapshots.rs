//! Going back, and beginning anew.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use heygen_emulator::{Action, Begin, Blob, Body, Core, Fault, OperationId, Settings};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    bench::{Bench, link, parts, png, put},
    restart::put_file,
};

const SLOTS: &str = "/v3/assets/direct-uploads";

/// What an emulator shows of itself.
fn seen(bench: &mut Bench) -> (String, Vec<String>, Vec<String>, usize) {
    let text = bench.core.save();
    let assets = bench.core.assets(bench.now);
    let assets = assets.iter().map(|asset| {
        let content = asset
            .content
            .as_ref()
            .map(|content| content.read().unwrap());
        format!("{asset:?} {content:?}")
    });
    let assets = assets.collect();
    let faults = bench.core.faults().iter().map(Fault::to_string).collect();
    (text, assets, faults, bench.core.requests().count())
}

#[test]
fn a_snapshot_is_whole() {
    let mut bench = Bench::new();
    let content = png(100);
    let hook = json!({ "url": "https://example.com/hook" });
    bench.post("/v3/webhooks/endpoints", &hook).success();
    let kept = bench.uploaded("a.png", &content);
    let slot = bench.create(&content, None);
    assert_eq!(bench.put(&slot, &content).status, 200);
    let key = [("idempotency-key", "k")];
    let body = json!({"filename": "b", "content_type": "image/png", "size_bytes": 1});
    let made = bench.post_with(SLOTS, &body, &key).data();
    let job = bench.created(
        "/v3/ai-clipping",
        &json!({ "video": link() }),
        "ai_clipping_id",
    );
    bench
        .core
        .fault("storage_get:close,times=2".parse().unwrap());
    let snapshot = bench.core.snapshot();
    let (then, before) = (bench.now, seen(&mut bench));

    // Everything goes on to something else.
    assert_eq!(bench.complete(&slot).status, 200);
    assert_eq!(bench.delete(&format!("/v3/assets/{kept}")).status, 200);
    bench.core.clear_faults();
    bench.core.fault(Fault::close(OperationId::GetCurrentUser));
    let next = bench.create(&content, None);
    bench.advance(60);
    assert_eq!(bench.core.take_deliveries(bench.now).len(), 1);

    for _ in 0..2 {
        bench.core.restore_snapshot(&snapshot);
        bench.now = then;
        assert_eq!(seen(&mut bench), before);
        assert!(bench.core.take_changed(), "worth saving");
        // The future is the same as it was, too.
        assert_eq!(bench.create(&content, None)["asset_id"], next["asset_id"]);
        assert_eq!(bench.post_with(SLOTS, &body, &key).data(), made);
        assert_eq!(bench.complete(&slot).status, 200);
        bench.advance(60);
        let due = bench.core.take_deliveries(bench.now);
        let told: Value = serde_json::from_slice(&due[0].body).unwrap();
        assert_eq!(
            (due.len(), &told["event_data"]["id"]),
            (1, &job.clone().into())
        );
    }
    assert_eq!(format!("{snapshot:?}"), "Snapshot { assets: 3, .. }");
}

#[test]
fn a_reset_core_is_a_new_one() {
    let run = |core: Core| {
        let now = Duration::from_secs(1_790_000_000);
        let mut bench = Bench { core, now };
        let content = png(100);
        let id = bench.uploaded("a.png", &content);
        let text = bench.get(&format!("/v3/assets/{id}")).text();
        bench.core.fault(Fault::close(OperationId::GetCurrentUser));
        (text, bench.core)
    };
    let new = || Core::new(Settings::default()).unwrap();
    let (text, mut core) = run(new());
    core.reset();
    assert!(core.faults().is_empty());
    assert_eq!(core.requests().count(), 0);
    assert_eq!(core.save(), new().save());
    assert_eq!(run(core).0, text);
}

#[test]
fn what_was_being_answered_ends_without_an_answer() {
    let mut bench = Bench::new();
    let content = png(100);
    let slot = bench.create(&content, None);
    let snapshot = bench.core.snapshot();
    let head = parts(put(&slot, 100));
    for go_back in [true, false] {
        let Begin::Proceed(exchange) = bench.core.begin(bench.now, &head) else {
            panic!("the PUT is admitted");
        };
        if go_back {
            bench.core.restore_snapshot(&snapshot);
        } else {
            bench.core.reset();
        }
        let before = seen(&mut bench);
        bench.core.note_body(exchange.id(), 7);
        let body = Body::Object(Blob::from_bytes(content.clone()));
        let reply = bench.core.finish(bench.now, exchange, body);
        assert!(matches!(reply.action, Action::Close), "{reply:?}");
        assert_eq!(seen(&mut bench), before);
    }
}

#[test]
fn the_key_of_an_abandoned_request_belongs_to_the_next() {
    let mut bench = Bench::new();
    let snapshot = bench.core.snapshot();
    let head = parts(
        bench
            .request("POST", SLOTS)
            .header("content-type", "application/json")
            .header("idempotency-key", "k"),
    );
    let begin = |bench: &mut Bench| bench.core.begin(bench.now, &head);
    let Begin::Proceed(old) = begin(&mut bench) else {
        panic!("a new key");
    };
    bench.core.restore_snapshot(&snapshot);
    let Begin::Proceed(new) = begin(&mut bench) else {
        panic!("the key is free again");
    };
    bench.core.abandon(old);
    let Begin::Reply(reply) = begin(&mut bench) else {
        panic!("the key is in progress, whatever became of the old request");
    };
    assert_eq!(reply.into_response().unwrap().status(), 409);
    bench.core.abandon(new);
    // A request that runs is no part of a snapshot, and neither is its key.
    let Begin::Proceed(_running) = begin(&mut bench) else {
        panic!("the key is free again");
    };
    let snapshot = bench.core.snapshot();
    bench.core.restore_snapshot(&snapshot);
    assert!(matches!(begin(&mut bench), Begin::Proceed(_)));
}

/// Takes a PNG that lies in a file through all three steps. Returns its id and its file.
fn stored_in_file(bench: &mut Bench, folder: &Path) -> (String, PathBuf) {
    let slot = bench.create(&png(100), None);
    put_file(bench, &slot, &png(100), folder);
    assert_eq!(bench.complete(&slot).status, 200);
    let id = slot["asset_id"].as_str().unwrap().to_owned();
    let file = folder.join(&id);
    (id, file)
}

#[test]
fn files_stay_as_long_as_somebody_may_go_back_to_them() {
    let folder = TempDir::new().unwrap();
    let mut bench = Bench::new();
    let (id, one) = stored_in_file(&mut bench, folder.path());
    let snapshot = bench.core.snapshot();
    let (_, other) = stored_in_file(&mut bench, folder.path());
    assert_eq!(bench.delete(&format!("/v3/assets/{id}")).status, 200);
    assert!(one.exists(), "the snapshot has it");

    bench.core.restore_snapshot(&snapshot);
    assert!(!other.exists(), "nobody knows of it any more");
    drop(snapshot);
    let saved = bench.core.save();
    drop(bench);
    assert!(one.exists(), "another run can go on with it");

    let mut bench = Bench::new();
    bench.core.restore(&saved, folder.path()).unwrap();
    bench.core.reset();
    assert!(!one.exists());
}
