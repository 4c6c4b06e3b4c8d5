use heygen_emulator::{Begin, Blob, Body, Core, Settings};
use serde_json::json;

use crate::bench::{Bench, hex, parts, png, put};

/// Stores an object in a file, as the server does.
pub(crate) fn put_file(
    bench: &mut Bench,
    slot: &serde_json::Value,
    content: &[u8],
    folder: &std::path::Path,
) {
    let path = folder.join(slot["asset_id"].as_str().unwrap());
    std::fs::write(&path, content).unwrap();
    let blob = Blob::from_file(
        path,
        false,
        content.len() as u64,
        hex(content).parse().unwrap(),
        content.to_vec().into(),
    );
    let head = parts(put(slot, content.len()));
    let Begin::Proceed(exchange) = bench.core.begin(bench.now, &head) else {
        panic!("the head is fine");
    };
    let reply = bench.core.finish(bench.now, exchange, Body::Object(blob));
    assert_eq!(reply.into_response().unwrap().status(), 200);
}

#[test]
fn a_saved_state_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = Bench::new();
    let content = png(100);
    let done = bench.create(&content, None);
    put_file(&mut bench, &done, &content, folder.path());
    bench.complete(&done);
    let stored = bench.create(&content, None);
    put_file(&mut bench, &stored, &content, folder.path());
    let pending = bench.create(&content, None);
    let session = bench
        .post("/v3/video-agents", &json!({"prompt": "x"}))
        .data();
    assert!(bench.core.take_changed());
    assert!(!bench.core.take_changed());
    let saved = bench.core.save();

    let mut again = Bench::new();
    again.core.restore(&saved).unwrap();
    let assets = again.core.assets(again.now);
    assert_eq!(assets.len(), 3);
    assert_eq!(assets[0].content.as_ref().unwrap().read().unwrap(), content);
    assert_eq!(again.complete(&done).status, 200);
    assert_eq!(again.complete(&stored).status, 200);
    assert_eq!(again.put(&pending, &content).status, 200);
    let path = format!(
        "/v3/video-agents/{}",
        session["session_id"].as_str().unwrap()
    );
    assert_eq!(again.get(&path).data()["status"], "thinking");
    // New ids do not repeat old ones.
    let new = again.create(&content, None);
    assert!(
        [&done, &stored, &pending]
            .iter()
            .all(|old| old["asset_id"] != new["asset_id"])
    );
}

#[test]
fn deleting_an_asset_removes_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = Bench::new();
    let slot = bench.create(&png(100), None);
    put_file(&mut bench, &slot, &png(100), folder.path());
    bench.complete(&slot);
    let count = || std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(count(), 1);
    let id = slot["asset_id"].as_str().unwrap();
    let head = bench.request("DELETE", &format!("/v3/assets/{id}"));
    assert_eq!(bench.send(head, "").status, 200);
    assert_eq!(count(), 0);
}

#[test]
fn damaged_states_are_refused() {
    let mut core = Core::new(Settings::default()).unwrap();
    let other_version = core.save().replace("\"version\":2", "\"version\":1");
    for text in ["", "{}", "not json", &other_version] {
        assert!(core.restore(text).is_err(), "{text}");
    }
}
