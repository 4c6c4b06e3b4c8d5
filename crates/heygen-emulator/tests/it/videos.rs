use serde_json::{Value, json};

use crate::bench::{Bench, link};

fn with(mut body: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

fn avatar(changes: Value) -> Value {
    with(json!({ "type": "avatar", "avatar_id": "a" }), changes)
}

fn image(changes: Value) -> Value {
    with(json!({ "type": "image", "image": link() }), changes)
}

#[track_caller]
fn refused(body: &Value, param: &str) {
    let mut bench = Bench::new();
    bench
        .post("/v3/videos", body)
        .assert_refused(400, "invalid_parameter", param);
}

#[test]
fn a_video_has_one_sound() {
    let url = "https://example.com/a.mp3";
    refused(&avatar(json!({})), "script");
    refused(
        &avatar(json!({ "script": "x", "audio_url": url })),
        "audio_url",
    );
    refused(
        &avatar(json!({ "audio_url": "http://example.com/a.mp3" })),
        "audio_url",
    );
    refused(&image(json!({ "script": "x" })), "voice_id");
    refused(&image(json!({ "script": "", "voice_id": "v" })), "script");
    let mut bench = Bench::new();
    for body in [
        avatar(json!({ "script": "x" })),
        avatar(json!({ "audio_url": url })),
        image(json!({ "script": "x", "voice_id": "v" })),
        image(json!({ "audio_url": url })),
    ] {
        assert_eq!(bench.post("/v3/videos", &body).status, 200, "{body}");
    }
}

#[test]
fn a_background_has_what_its_type_needs() {
    let background = |background: Value| avatar(json!({ "script": "x", "background": background }));
    refused(&background(json!({ "type": "color" })), "background.value");
    refused(
        &background(json!({ "type": "color", "value": "red" })),
        "background.value",
    );
    refused(&background(json!({ "type": "image" })), "background.url");
    refused(
        &background(json!({ "type": "image", "url": "ftp://x" })),
        "background.url",
    );
    refused(&background(json!({ "type": "sea" })), "background.type");
    refused(
        &background(json!({ "type": "image", "asset_id": "asset_none" })),
        "background.asset_id",
    );
    let transparent = json!({
        "script": "x",
        "output_format": "webm",
        "background": { "type": "color", "value": "#ffffff" },
    });
    refused(&avatar(transparent), "background");
}

#[test]
fn scenes_are_judged_one_by_one() {
    let studio = |scene: Value| {
        let good = json!({ "type": "video", "source": link() });
        json!({ "type": "studio", "scenes": [good, scene] })
    };
    refused(&json!({ "type": "studio", "scenes": [] }), "scenes");
    refused(
        &studio(json!({ "type": "avatar_video", "input": { "type": "avatar", "avatar_id": "a" } })),
        "scenes[1].input.script",
    );
    let still = json!({ "type": "image", "source": link() });
    refused(&studio(still.clone()), "scenes[1].script");
    refused(
        &studio(with(still.clone(), json!({ "script": "x" }))),
        "scenes[1].voice_id",
    );
    refused(
        &studio(with(still.clone(), json!({ "duration": 301 }))),
        "scenes[1].duration",
    );
    refused(
        &studio(with(
            still,
            json!({ "duration": 3, "script": "x", "voice_id": "v" }),
        )),
        "scenes[1].duration",
    );
    let clip = json!({ "type": "video", "source": link(), "playback": { "mode": "loop" } });
    refused(&studio(clip), "scenes[1].playback.mode");
}

#[test]
fn a_cinematic_video_has_one_length() {
    let body = json!({ "type": "cinematic_avatar", "avatar_id": ["a"], "prompt": "x" });
    refused(
        &with(
            body.clone(),
            json!({ "auto_duration": true, "duration": 5 }),
        ),
        "duration",
    );
    refused(
        &with(body.clone(), json!({ "avatar_id": ["a", "b", "c", "d"] })),
        "avatar_id",
    );
    assert_eq!(Bench::new().post("/v3/videos", &body).status, 200);
}

#[test]
fn the_answer_to_a_creation_has_a_word_of_its_own() {
    let mut bench = Bench::new();
    let body = avatar(json!({ "script": "x", "output_format": "webm" }));
    let created = bench.post("/v3/videos", &body).success();
    assert_eq!(created["status"], "waiting");
    assert_eq!(created["output_format"], "webm");
    bench.advance(10);
    let id = created["video_id"].as_str().unwrap();
    let video = bench.get(&format!("/v3/videos/{id}")).success();
    assert_eq!(
        bench.fetch(&video["video_url"]).header("content-type"),
        Some("video/webm")
    );
    assert_eq!(
        bench.fetch(&video["thumbnail_url"]).header("content-type"),
        Some("image/png")
    );
    assert!(video["completed_at"].as_u64() > video["created_at"].as_u64());
    assert_eq!(
        bench.delete(&format!("/v3/videos/{id}")).success(),
        json!({ "id": id, "deleted": true })
    );
}

#[test]
fn captions_come_with_those_who_asked() {
    let mut bench = Bench::new();
    let mut urls = |caption: Value| {
        let body = avatar(json!({ "script": "x", "caption": caption }));
        let id = bench.created("/v3/videos", &body, "video_id");
        bench.advance(10);
        let video = bench.get(&format!("/v3/videos/{id}")).success();
        (
            video["subtitle_url"].is_string(),
            video["captioned_video_url"].is_string(),
        )
    };
    assert_eq!(urls(Value::Null), (false, false));
    assert_eq!(urls(json!({})), (true, false));
    assert_eq!(urls(json!({ "style": "default" })), (true, true));
}

#[test]
fn scenes_tell_what_was_asked_for() {
    let mut bench = Bench::new();
    let body = json!({
        "type": "studio",
        "title": "Two",
        "aspect_ratio": "9:16",
        "scenes": [
            {
                "type": "avatar_video",
                "input": {
                    "type": "avatar",
                    "avatar_id": "a",
                    "script": "Hello",
                    "voice_id": "v",
                    "background": { "type": "color", "color": "#00ff00" },
                    "engine": { "type": "avatar_iii" },
                },
            },
            { "type": "image", "source": link(), "duration": 4 },
        ],
    });
    let id = bench.created("/v3/videos", &body, "video_id");
    let told = bench.get(&format!("/v3/videos/{id}/scenes")).success();
    assert_eq!(told["video"]["title"], "Two");
    assert_eq!(told["video"]["aspect_ratio"], "9:16");
    let [first, second] = &told["scenes"].as_array().unwrap()[..] else {
        panic!("two scenes: {told}");
    };
    assert_eq!(first["elements"][0]["engine"], "avatar_iii");
    assert_eq!(first["script"][0]["text"], "Hello");
    assert_eq!(first["background"]["color"], "#00ff00");
    assert_eq!(second["elements"][0]["url"], link()["url"]);
    assert_eq!(second["script"][0]["duration"], 4.0);
}

#[test]
fn ids_of_the_library_have_to_be_known_where_that_is_set() {
    let body = avatar(json!({ "script": "x", "voice_id": "voice_public_anna" }));
    let mut bench = Bench::with(|settings| settings.refuses_unknown_ids = true);
    bench
        .post("/v3/videos", &body)
        .assert_refused(400, "invalid_parameter", "avatar_id");
    let known = with(body, json!({ "avatar_id": "look_public_anna_1" }));
    assert_eq!(bench.post("/v3/videos", &known).status, 200);
}

#[test]
fn what_is_still_in_the_making_cannot_be_used() {
    let mut bench = Bench::new();
    let photo = json!({ "type": "photo", "name": "x", "file": link() });
    let created = bench.post("/v3/avatars", &photo).success();
    let body = avatar(json!({ "script": "x", "avatar_id": created["avatar_item"]["id"] }));
    bench
        .post("/v3/videos", &body)
        .assert_refused(409, "resource_not_ready", "avatar_id");
    bench.advance(10);
    assert_eq!(bench.post("/v3/videos", &body).status, 200);
}
