use serde_json::json;

use crate::bench::{Bench, hex, png};

#[test]
fn the_asset_exists_only_after_the_object() {
    let mut bench = Bench::new();
    let content = png(100);
    let slot = bench.create(&content, None);
    let path = format!("/v3/assets/{}", slot["asset_id"].as_str().unwrap());
    bench.get(&path).assert_refused(404, "asset_not_found", "");
    bench.complete(&slot).assert_refused(409, "conflict", "");
    bench.put(&slot, &content);
    bench.get(&path).assert_refused(404, "asset_not_found", "");

    let done = bench.complete(&slot).data();
    assert_eq!(done["asset_id"], slot["asset_id"]);
    assert_eq!(done["status"], "processing");
    assert_eq!(done["mime_type"], "image/png");
    assert_eq!(done["size_bytes"], 100);
    assert_eq!(bench.get(&path).status, 200);
}

#[test]
fn it_is_idempotent() {
    let mut bench = Bench::new();
    let content = png(100);
    let slot = bench.create(&content, None);
    bench.put(&slot, &content);
    let first = bench.complete(&slot).data();
    assert_eq!(bench.complete(&slot).data(), first);
    bench.advance(3600);
    let later = bench.complete(&slot).data();
    assert_eq!(
        (&later["asset_id"], &later["status"]),
        (&first["asset_id"], &first["status"])
    );
    assert_eq!(bench.core.assets(bench.now).len(), 1);
}

#[test]
fn unknown_ids_and_missing_bodies() {
    let mut bench = Bench::new();
    bench
        .post("/v3/assets/asset_none/complete", &json!({}))
        .assert_refused(404, "asset_not_found", "");
    let slot = bench.create(&png(100), None);
    let path = format!("/v3/assets/{}/complete", slot["asset_id"].as_str().unwrap());
    let head = bench.request("POST", &path);
    bench
        .send(head, "")
        .assert_refused(400, "invalid_parameter", "");
    bench
        .post(&path, &json!({"checksum_sha256": "nonsense"}))
        .assert_refused(400, "invalid_parameter", "checksum_sha256");
}

#[test]
fn the_digest_is_checked_here_too() {
    let mut bench = Bench::new();
    let content = png(100);
    let slot = bench.create(&content, None);
    bench.put(&slot, &content);
    let path = format!("/v3/assets/{}/complete", slot["asset_id"].as_str().unwrap());
    let wrong = json!({"checksum_sha256": hex(b"other")});
    bench
        .post(&path, &wrong)
        .assert_refused(400, "invalid_parameter", "checksum_sha256");
    let right = json!({"checksum_sha256": hex(&content)});
    assert_eq!(bench.post(&path, &right).status, 200);
    bench
        .post(&path, &wrong)
        .assert_refused(400, "invalid_parameter", "checksum_sha256");
}

#[test]
fn the_content_has_to_be_what_was_declared() {
    let mut bench = Bench::new();
    for content in [
        &b"just some text, no image at all"[..],
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    ] {
        let slot = bench.create(content, None);
        assert_eq!(
            bench.put(&slot, content).status,
            200,
            "storage does not look inside"
        );
        bench
            .complete(&slot)
            .assert_refused(400, "invalid_parameter", "content_type");
    }
}

#[test]
fn conflicts_after_the_object_are_a_setting() {
    let mut bench = Bench::with(|settings| settings.complete_conflicts = 2);
    let content = png(100);
    let slot = bench.create(&content, None);
    bench.complete(&slot).assert_refused(409, "conflict", "");
    bench.put(&slot, &content);
    for _ in 0..2 {
        bench.complete(&slot).assert_refused(409, "conflict", "");
    }
    assert_eq!(bench.complete(&slot).status, 200);
}
