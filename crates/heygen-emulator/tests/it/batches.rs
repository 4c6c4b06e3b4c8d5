use serde_json::{Value, json};

use crate::bench::{Bench, png};

const CREATE: &str = "/v3/assets/direct-uploads/batches";
const COMPLETE: &str = "/v3/assets/complete/batches";

fn file() -> Value {
    json!({"filename": "a.png", "content_type": "image/png", "size_bytes": 100})
}

#[test]
fn a_bad_file_does_not_fail_the_rest() {
    let mut bench = Bench::new();
    let content = png(100);
    let batch = bench
        .post(
            CREATE,
            &json!({"files": [file(), file()], "title": "two", "callback_url": null}),
        )
        .data();
    let path = format!("/v3/assets/batches/{}", batch["batch_id"].as_str().unwrap());
    bench.put(&batch["items"][0], &content);
    let before = bench.get(&path).data();
    assert_eq!(before["status"], "processing");
    assert_eq!(before["counts_by_status"], json!({"queued": 2}));
    assert_eq!(before["title"], "two");

    let body = json!({"batch_id": batch["batch_id"]});
    let answer = bench.post(COMPLETE, &body);
    assert_eq!(answer.status, 202);
    assert_eq!(
        answer.json(),
        json!({"data": {"batch_id": batch["batch_id"]}})
    );
    bench.advance(10);
    let after = bench.get(&path).data();
    assert_eq!(after["status"], "completed");
    assert_eq!(after["total_items"], 2);
    assert_eq!(
        after["counts_by_status"],
        json!({"completed": 1, "failed": 1})
    );
    assert_eq!(after["items"][0]["video_id"], batch["items"][0]["asset_id"]);
    assert_eq!(after["items"][0]["error"], Value::Null);
    assert_eq!(after["items"][1]["error"]["code"], "conflict");

    // Repeating drives the same batch again.
    bench.put(&batch["items"][1], &content);
    bench.post(COMPLETE, &body);
    bench.advance(10);
    assert_eq!(
        bench.get(&path).data()["counts_by_status"],
        json!({"completed": 2})
    );
    let statuses = format!(
        "/v3/assets/statuses?batch_ids={},none",
        batch["batch_id"].as_str().unwrap()
    );
    let entries = bench.get(&statuses).json();
    assert_eq!(entries["data"].as_array().unwrap().len(), 3);
    assert_eq!(entries["data"][1]["item_index"], 1);
    assert_eq!(entries["data"][1]["status"], "completed");
    assert_eq!(entries["data"][2]["status"], "not_found");
}

#[test]
fn a_batch_without_any_file_fails() {
    let mut bench = Bench::new();
    let batch = bench.post(CREATE, &json!({"files": [file()]})).data();
    bench.post(COMPLETE, &json!({"batch_id": batch["batch_id"]}));
    let path = format!("/v3/assets/batches/{}", batch["batch_id"].as_str().unwrap());
    assert_eq!(bench.get(&path).data()["status"], "failed");
}

#[test]
fn one_bad_entry_rejects_the_call_and_is_named() {
    let mut bench = Bench::new();
    let mut bad = file();
    bad["size_bytes"] = json!(0);
    let answer = bench.post(CREATE, &json!({"files": [file(), bad]}));
    answer.assert_refused(400, "invalid_parameter", "files");
    assert!(
        answer.text().contains("files[1].size_bytes"),
        "{}",
        answer.text()
    );
    let mut unknown = file();
    unknown["colour"] = json!("red");
    let answer = bench.post(CREATE, &json!({"files": [unknown]}));
    answer.assert_refused(400, "invalid_parameter", "files");
    assert!(bench.core.assets(bench.now).is_empty());
    assert_eq!(
        bench
            .post(CREATE, &json!({"files": vec![file(); 100]}))
            .status,
        200
    );
}

#[test]
fn the_cursor_of_a_batch_stands_inside() {
    let mut bench = Bench::new();
    let batch = bench
        .post(CREATE, &json!({"files": vec![file(); 5]}))
        .data();
    let path = format!(
        "/v3/assets/batches/{}?limit=2",
        batch["batch_id"].as_str().unwrap()
    );
    let mut indices = Vec::new();
    let mut next = path.clone();
    loop {
        let page = bench.get(&next).data();
        let items = page["items"].as_array().unwrap();
        indices.extend(
            items
                .iter()
                .map(|item| item["item_index"].as_u64().unwrap()),
        );
        assert_eq!(page["counts_by_status"], json!({"queued": 5}));
        assert_eq!(
            page["has_more"].as_bool().unwrap(),
            page["next_token"].is_string()
        );
        let Some(token) = page["next_token"].as_str() else {
            break;
        };
        next = format!("{path}&token={token}");
    }
    assert_eq!(indices, [0, 1, 2, 3, 4]);
}

#[test]
fn unknown_batches_are_not_found() {
    let mut bench = Bench::new();
    bench
        .get("/v3/assets/batches/none")
        .assert_refused(404, "not_found", "");
    bench
        .post(COMPLETE, &json!({"batch_id": "none"}))
        .assert_refused(404, "not_found", "");
    bench
        .post(COMPLETE, &json!({}))
        .assert_refused(400, "invalid_parameter", "batch_id");
}
