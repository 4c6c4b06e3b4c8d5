use heygen_emulator::{Fault, OperationId};
use serde_json::{Value, json};

use crate::bench::{Bench, link};

fn lipsync() -> Value {
    json!({ "video": link(), "audio": link() })
}

fn video() -> Value {
    json!({ "type": "avatar", "avatar_id": "a", "script": "x" })
}

#[test]
fn a_batch_is_as_far_as_its_jobs() {
    let mut bench = Bench::new();
    let body = json!({ "lipsyncs": [lipsync(), lipsync()], "title": "Two" });
    let id = bench.created("/v3/lipsyncs/batches", &body, "batch_id");
    let path = format!("/v3/lipsyncs/batches/{id}");
    for (seconds, overall, word) in [
        (0, "processing", "queued"),
        (2, "processing", "processing"),
        (8, "completed", "completed"),
    ] {
        bench.advance(seconds);
        let batch = bench.get(&path).success();
        assert_eq!(
            (&batch["status"], &batch["title"]),
            (&json!(overall), &json!("Two"))
        );
        assert_eq!(batch["counts_by_status"], json!({ word: 2 }));
        // The id of the job stands where other batches have videos.
        let job = batch["items"][1]["video_id"].as_str().unwrap();
        assert_eq!(bench.get(&format!("/v3/lipsyncs/{job}")).status, 200);
    }
    bench
        .get(&format!("/v3/videos/batches/{id}"))
        .assert_refused(404, "not_found", "");
}

#[test]
fn a_translation_counts_once_for_each_language() {
    let mut bench = Bench::new();
    let path = "/v3/video-translations/batches";
    let item = |count: usize| json!({ "video": link(), "output_languages": vec!["German"; count] });
    let body = json!({ "video_translations": [item(60), item(40)] });
    let id = bench.created(path, &body, "batch_id");
    let detail = bench.get(&format!("{path}/{id}")).success();
    assert_eq!(
        (detail["total_items"].as_u64(), detail["has_more"].as_bool()),
        (Some(100), Some(false))
    );
    let body = json!({ "video_translations": [item(60), item(41)] });
    bench
        .post(path, &body)
        .assert_refused(400, "invalid_parameter", "video_translations");
    let body =
        json!({ "video_translations": [{ "video": link(), "output_languages": ["Klingon"] }] });
    let answer = bench.post(path, &body);
    answer.assert_refused(400, "invalid_parameter", "video_translations");
    assert!(
        answer
            .text()
            .contains("video_translations[0].output_languages[0]")
    );
}

#[test]
fn the_cursor_stands_inside_the_batch() {
    let mut bench = Bench::new();
    let body = json!({ "videos": vec![video(); 5] });
    let id = bench.created("/v3/videos/batches", &body, "batch_id");
    let path = format!("/v3/videos/batches/{id}?limit=2");
    let mut next = path.clone();
    let mut indices = Vec::new();
    loop {
        let page = bench.get(&next).success();
        let items = page["items"].as_array().unwrap();
        indices.extend(
            items
                .iter()
                .map(|item| item["item_index"].as_u64().unwrap()),
        );
        let Some(token) = page["next_token"].as_str() else {
            break;
        };
        next = format!("{path}&token={token}");
    }
    assert_eq!(indices, [0, 1, 2, 3, 4]);
}

#[test]
fn one_bad_item_rejects_the_batch_and_is_named() {
    let mut bench = Bench::new();
    let mut check = |path: &str, list: &str, bad: Value, place: &str| {
        let good = match list {
            "videos" => video(),
            _ => lipsync(),
        };
        let answer = bench.post(path, &json!({ list: [good, bad] }));
        answer.assert_refused(400, "invalid_parameter", list);
        assert!(answer.text().contains(place), "{}", answer.text());
    };
    check(
        "/v3/lipsyncs/batches",
        "lipsyncs",
        json!({}),
        "lipsyncs[1].audio",
    );
    let unknown = json!({ "type": "asset_id", "asset_id": "asset_none" });
    check(
        "/v3/lipsyncs/batches",
        "lipsyncs",
        json!({ "video": link(), "audio": unknown }),
        "lipsyncs[1].audio.asset_id",
    );
    let silent = json!({ "type": "avatar", "avatar_id": "a" });
    check("/v3/videos/batches", "videos", silent, "videos[1].script");
    let mut foldered = video();
    foldered["folder_id"] = json!("f");
    check(
        "/v3/videos/batches",
        "videos",
        foldered,
        "videos[1].folder_id",
    );
    assert_eq!(bench.get("/v3/videos").json()["data"], json!([]));
}

#[test]
fn the_videos_of_a_batch_share_its_folder() {
    let mut bench = Bench::new();
    let body = json!({ "videos": [video()], "folder_id": "f1" });
    bench.post("/v3/videos/batches", &body).success();
    let videos = bench.get("/v3/videos?folder_id=f1").json();
    assert_eq!(videos["data"].as_array().unwrap().len(), 1);
}

#[test]
fn statuses_know_jobs_and_batches() {
    let mut bench = Bench::new();
    let single = bench.created("/v3/videos", &video(), "video_id");
    let body = json!({ "videos": [video(), video()] });
    let batch = bench.created("/v3/videos/batches", &body, "batch_id");
    bench.advance(10);
    let path = format!("/v3/videos/statuses?video_ids={single},none&batch_ids={batch},none");
    let entries = bench.get(&path).success();
    let statuses: Vec<_> = entries
        .as_array()
        .unwrap()
        .iter()
        .map(|e| &e["status"])
        .collect();
    assert_eq!(
        statuses,
        [
            "completed",
            "not_found",
            "completed",
            "completed",
            "not_found"
        ]
    );
    assert_eq!(entries[3]["item_index"], 1);
    assert_eq!(entries[3]["batch_id"], *batch);
    assert!(entries[0].get("batch_id").is_none());
    let ids = vec!["a"; 101].join(",");
    bench
        .get(&format!("/v3/videos/statuses?video_ids={ids}"))
        .assert_refused(400, "invalid_parameter", "video_ids");
    bench
        .get("/v3/lipsyncs/statuses")
        .assert_refused(400, "invalid_parameter", "lipsync_ids");
}

#[test]
fn a_batch_fails_when_no_job_comes_out_well() {
    let mut bench = Bench::new();
    bench.core.fault(Fault::job_fails(
        OperationId::CreateLipsyncBatch,
        "no_face",
        "no face",
    ));
    let body = json!({ "lipsyncs": [lipsync()] });
    let id = bench.created("/v3/lipsyncs/batches", &body, "batch_id");
    bench.advance(10);
    let batch = bench.get(&format!("/v3/lipsyncs/batches/{id}")).success();
    assert_eq!(batch["status"], "failed");
    assert_eq!(
        batch["items"][0]["error"],
        json!({ "code": "no_face", "message": "no face" })
    );
}
