use std::{path::Path, time::Duration};

use heygen_emulator::Fault;
use serde_json::{Value, json};

use crate::bench::{Bench, link, png};

/// What each kind of job is created with, where, and the words for its states.
fn kinds() -> Vec<(&'static str, Value, &'static str, [&'static str; 3])> {
    let video = json!({ "video": link() });
    let both = json!({ "video": link(), "audio": link() });
    let photo = json!({ "type": "photo", "name": "x", "file": link() });
    let run = ["pending", "running", "completed"];
    vec![
        ("/v3/ai-clipping", video.clone(), "ai_clipping_id", run),
        (
            "/v3/filler-word-removals",
            video.clone(),
            "filler_word_removal_id",
            run,
        ),
        (
            "/v3/background-removals",
            video,
            "id",
            ["pending", "processing", "completed"],
        ),
        (
            "/v3/hyperframes/renders",
            json!({ "project": link() }),
            "render_id",
            ["queued", "rendering", "completed"],
        ),
        ("/v3/lipsyncs", both, "lipsync_id", run),
        (
            "/v3/videos",
            json!({ "type": "avatar", "avatar_id": "a", "script": "Hello" }),
            "video_id",
            ["pending", "processing", "completed"],
        ),
        (
            "/v3/voices/clone",
            json!({ "audio": link(), "voice_name": "x" }),
            "voice_clone_id",
            ["processing", "processing", "complete"],
        ),
        (
            "/v3/brand-kits",
            json!({ "url": "https://example.com" }),
            "brand_kit_id",
            ["loading", "loading", "completed"],
        ),
        (
            "/v3/avatars",
            photo,
            "avatar_group",
            ["processing", "processing", "completed"],
        ),
    ]
}

fn record(path: &str, created: &Value, name: &str) -> String {
    let id = created[name]
        .as_str()
        .or_else(|| created[name]["id"].as_str());
    let folder = path.strip_suffix("/clone").unwrap_or(path);
    format!("{folder}/{}", id.unwrap())
}

#[test]
fn jobs_move_with_the_clock() {
    for (path, body, name, words) in kinds() {
        let mut bench = Bench::with(|settings| settings.job_time = Duration::from_secs(100));
        let created = bench.post(path, &body).success();
        let path = record(path, &created, name);
        for (seconds, word) in [(0, words[0]), (20, words[1]), (79, words[1]), (1, words[2])] {
            bench.advance(seconds);
            assert_eq!(bench.get(&path).success()["status"], word, "{path}");
        }
    }
}

#[test]
fn a_job_without_time_is_over_at_once() {
    let mut bench = Bench::with(|settings| settings.job_time = Duration::ZERO);
    for (path, body, name, words) in kinds() {
        let created = bench.post(path, &body).success();
        let record = bench.get(&record(path, &created, name)).success();
        assert_eq!(record["status"], words[2]);
    }
}

#[test]
fn jobs_fail_where_a_test_wants_them_to() {
    for (path, body, name, _) in kinds() {
        let mut bench = Bench::new();
        let endpoint = {
            bench.post(path, &body);
            bench.core.requests().last().unwrap().endpoint.unwrap()
        };
        bench
            .core
            .fault(Fault::job_fails(endpoint, "no_face", "no face was found"));
        let created = bench.post(path, &body).success();
        let path = record(path, &created, name);
        bench.advance(100);
        let record = bench.get(&path).success();
        let failed = if path.contains("brand-kits") {
            "error"
        } else {
            "failed"
        };
        assert_eq!(record["status"], failed, "{path}");
        assert!(record.get("video_url").is_none(), "{path}");
        if !path.contains("brand-kits") {
            assert!(record.to_string().contains("no face was found"), "{record}");
        }
    }
}

#[test]
fn results_are_real_media() {
    let mut bench = Bench::new();
    let body = json!({ "video": link(), "audio": link() });
    let id = bench.created("/v3/lipsyncs", &body, "lipsync_id");
    bench.advance(10);
    let job = bench.get(&format!("/v3/lipsyncs/{id}")).success();
    let video = bench.fetch(&job["video_url"]);
    assert_eq!(video.header("content-type"), Some("video/mp4"));
    assert_eq!(&video.response.body().read().unwrap()[4..8], b"ftyp");
    let caption = bench.fetch(&job["caption_url"]);
    assert_eq!(caption.header("content-type"), Some("application/x-subrip"));
    assert!(caption.text().starts_with("1\n00:00:00,000 --> "));
    let speech = json!({ "text": "Hello", "voice_id": "voice_public_anna" });
    let speech = bench.post("/v3/voices/speech", &speech).success();
    let audio = bench
        .fetch(&speech["audio_url"])
        .response
        .body()
        .read()
        .unwrap();
    assert_eq!(
        heygen_client::media::sniff(&audio).unwrap().as_str(),
        "audio/mpeg"
    );
    // A URL of a result expires like any other.
    bench.advance(7 * 24 * 3600);
    bench
        .fetch(&job["video_url"])
        .assert_storage_refused(403, "AccessDenied");
}

#[test]
fn what_is_deleted_is_gone() {
    for (path, body, name, _) in kinds() {
        let mut bench = Bench::new();
        let created = bench.post(path, &body).success();
        let path = record(path, &created, name);
        if path.contains("filler") || path.contains("background") {
            continue;
        }
        bench.delete(&path).success();
        for answer in [bench.get(&path), bench.delete(&path)] {
            // The code is what the table declares; the bench has looked at it.
            assert_eq!(answer.status, 404, "{path}");
        }
    }
}

#[test]
fn unknown_ids_get_the_code_of_their_resource() {
    let mut bench = Bench::new();
    for (path, code) in [
        ("/v3/ai-clipping/x", "not_found"),
        ("/v3/avatars/x", "avatar_not_found"),
        ("/v3/avatars/looks/x", "not_found"),
        ("/v3/background-removals/x", "not_found"),
        ("/v3/brand-glossaries/x", "resource_not_found"),
        ("/v3/brand-kits/x", "resource_not_found"),
        ("/v3/filler-word-removals/x", "not_found"),
        ("/v3/hyperframes/renders/x", "not_found"),
        ("/v3/lipsyncs/x", "not_found"),
        ("/v3/lipsyncs/batches/x", "not_found"),
        ("/v3/templates/x", "template_not_found"),
        ("/v3/video-agents/x", "not_found"),
        ("/v3/video-agents/x/resources/y", "not_found"),
        ("/v3/video-agents/x/videos", "not_found"),
        ("/v3/video-translations/x", "not_found"),
        ("/v3/video-translations/proofreads/x", "not_found"),
        ("/v3/video-translations/proofreads/x/srt", "not_found"),
        ("/v3/videos/x", "not_found"),
        ("/v3/videos/x/scenes", "not_found"),
        ("/v3/voices/x", "voice_not_found"),
    ] {
        bench.get(path).assert_refused(404, code, "");
    }
    bench
        .delete("/v3/webhooks/endpoints/x")
        .assert_refused(404, "webhook_not_found", "");
}

#[test]
fn a_removed_background_stays_as_deleted() {
    let mut bench = Bench::new();
    let body = json!({ "video": link(), "request_id": "r1", "layers": ["mask"] });
    let id = bench.created("/v3/background-removals", &body, "id");
    let again = json!({ "video": link(), "request_id": "r1" });
    assert_eq!(bench.created("/v3/background-removals", &again, "id"), id);
    let path = format!("/v3/background-removals/{id}");
    bench.advance(10);
    let job = bench.get(&path).success();
    assert_eq!(job["layers"].as_object().unwrap().len(), 1);
    assert_eq!(bench.fetch(&job["layers"]["mask"]).status, 200);
    assert_eq!(
        bench.delete(&path).success(),
        json!({ "id": id, "deleted": true })
    );
    assert_eq!(bench.get(&path).success()["status"], "deleted");
    bench.delete(&path).assert_refused(404, "not_found", "");
    let list = bench.get("/v3/background-removals").json();
    assert_eq!(list["data"], json!([]));
    bench
        .post(
            "/v3/background-removals",
            &json!({ "video": link(), "layers": ["sky"] }),
        )
        .assert_refused(400, "invalid_parameter", "layers[0]");
}

#[test]
fn files_are_judged_wherever_they_stand() {
    let mut bench = Bench::new();
    let slot = bench.create(&png(100), None);
    let unfinished = json!({ "type": "asset_id", "asset_id": slot["asset_id"] });
    let unknown = json!({ "type": "asset_id", "asset_id": "asset_none" });
    let plain = json!({ "type": "url", "url": "http://example.com/a.mp4" });
    let base64 = json!({ "type": "base64", "media_type": "video/mp4", "data": "AAAA" });
    let mut refused = |path: &str, body: Value, code: &str, param: &str| {
        bench.post(path, &body).assert_refused(400, code, param);
    };
    let bad = "invalid_parameter";
    refused(
        "/v3/lipsyncs",
        json!({ "video": link(), "audio": unknown }),
        bad,
        "audio.asset_id",
    );
    refused(
        "/v3/lipsyncs",
        json!({ "video": unfinished, "audio": link() }),
        "asset_not_available",
        "video.asset_id",
    );
    refused(
        "/v3/lipsyncs",
        json!({ "video": base64, "audio": link() }),
        bad,
        "video.type",
    );
    refused(
        "/v3/ai-clipping",
        json!({ "video": plain }),
        bad,
        "video.url",
    );
    refused(
        "/v3/background-removals",
        json!({ "video": unknown }),
        bad,
        "video.asset_id",
    );
    refused(
        "/v3/video-translations",
        json!({ "video": link(), "output_languages": ["German"], "srt": unknown }),
        bad,
        "srt.asset_id",
    );
    refused(
        "/v3/videos",
        json!({ "type": "avatar", "avatar_id": "a", "audio_asset_id": "asset_none" }),
        bad,
        "audio_asset_id",
    );
    refused(
        "/v3/videos",
        json!({
            "type": "studio",
            "scenes": [{ "type": "video", "source": link() }, { "type": "video", "source": unknown }],
        }),
        bad,
        "scenes[1].source.asset_id",
    );
    refused(
        "/v3/templates/template_welcome",
        json!({ "variables": { "logo": { "type": "image", "asset": unknown } } }),
        bad,
        "variables.logo.asset.asset_id",
    );
    assert_eq!(
        bench
            .post("/v3/background-removals", &json!({ "video": base64 }))
            .status,
        200,
        "base64 is taken here"
    );
}

#[test]
fn the_refusal_of_base64_says_what_to_do() {
    let mut bench = Bench::new();
    let base64 = json!({ "type": "base64", "media_type": "video/mp4", "data": "AAAA" });
    let answer = bench.post("/v3/ai-clipping", &json!({ "video": base64 }));
    assert!(
        answer.text().contains("uploaded first"),
        "{}",
        answer.text()
    );
}

#[test]
fn a_render_wants_a_zip() {
    let mut bench = Bench::new();
    let id = bench.stored(&png(100));
    let body = json!({ "project": { "type": "asset_id", "asset_id": id } });
    bench.post("/v3/hyperframes/renders", &body).assert_refused(
        400,
        "invalid_parameter",
        "project",
    );
}

#[test]
fn a_replay_is_the_first_answer_with_status_200() {
    let mut bench = Bench::new();
    let body = json!({ "video": link() });
    let key = [("idempotency-key", "k1")];
    let first = bench.post_with("/v3/ai-clipping", &body, &key);
    let replay = bench.post_with("/v3/ai-clipping", &body, &key);
    assert_eq!((first.status, replay.status), (202, 200));
    assert_eq!(first.text(), replay.text());
    // Where no key is declared it is ignored.
    let body = json!({ "prompt": "x" });
    let [one, other] = [(); 2].map(|()| bench.post_with("/v3/video-agents", &body, &key).text());
    assert_ne!(one, other);
    // The scope of a key is the endpoint with the parameters of its path.
    let url = json!({ "url": "https://example.com/hook" });
    let id = bench.created("/v3/webhooks/endpoints", &url, "endpoint_id");
    let path = format!("/v3/webhooks/endpoints/{id}/rotate-secret");
    let [one, other] = [(); 2].map(|()| bench.post_with(&path, &json!({}), &key).text());
    assert_eq!(one, other);
}

#[test]
fn update_of_a_webhook_changes_something_to_what_no_other_has() {
    let mut bench = Bench::new();
    let url = json!({ "url": "https://example.com/hook" });
    let id = bench.created("/v3/webhooks/endpoints", &url, "endpoint_id");
    let path = format!("/v3/webhooks/endpoints/{id}");
    bench
        .json("PATCH", &path, &json!({}))
        .assert_refused(400, "invalid_parameter", "");
    let other = json!({ "url": "https://example.com/other" });
    bench.post("/v3/webhooks/endpoints", &other).success();
    bench
        .json("PATCH", &path, &other)
        .assert_refused(400, "invalid_parameter", "url");
    let other = json!({ "url": "https://example.com/third" });
    let updated = bench.json("PATCH", &path, &other).success();
    assert_eq!(updated["url"], other["url"]);
}

#[test]
fn everything_survives_a_restart() {
    let mut bench = Bench::new();
    let body = json!({ "video": link(), "audio": link() });
    let id = bench.created("/v3/lipsyncs", &body, "lipsync_id");
    let hook = json!({ "url": "https://example.com/hook" });
    bench.post("/v3/webhooks/endpoints", &hook).success();
    let saved = bench.core.save();
    let mut other = Bench::new();
    other.core.restore(&saved, Path::new("")).unwrap();
    other.advance(10);
    let job = other.get(&format!("/v3/lipsyncs/{id}")).success();
    assert_eq!(job["status"], "completed");
    let list = other.get("/v3/webhooks/endpoints").json();
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    // The library is there once, and what is new has an id of its own.
    let voices = |bench: &mut Bench| {
        let page = bench.get("/v3/voices?limit=100").json();
        page["data"].as_array().unwrap().len()
    };
    assert_eq!(voices(&mut other), voices(&mut bench));
    assert_ne!(other.created("/v3/lipsyncs", &body, "lipsync_id"), id);
}
