//! What becomes of flags and of bodies that are given whole.

use serde_json::{Value, json};

use crate::{
    recorder::Recorder,
    support::{Folder, RunExt as _, split},
};

/// Runs a command and returns the body that it sends.
#[track_caller]
fn sent(words: &[&str]) -> Value {
    let recorder = Recorder::always(
        r#"{"data":{"session_id":"s","lipsync_id":"l","video_id":"v","voice_clone_id":"c","id":"i","video_translation_ids":["t"]}}"#,
    );
    recorder.heygen().args(words).run().ends_with(0);
    recorder.only().json()
}

#[test]
fn flags_go_before_the_members_of_a_whole_body() {
    let folder = Folder::new();
    let body = folder.file(
        "b.json",
        br#"{"prompt":"old","mode":"chat","orientation":"landscape"}"#,
    );
    let body = format!("@{}", body.display());
    let expected = json!({"prompt": "new", "mode": "chat", "orientation": "portrait"});
    let words = [
        "video-agents",
        "create",
        "-d",
        &body,
        "--prompt",
        "new",
        "--orientation",
        "portrait",
    ];
    assert_eq!(sent(&words), expected);
}

#[test]
fn a_body_can_come_from_standard_input() {
    let recorder = Recorder::always(
        r#"{"data":{"session_id":"s","lipsync_id":"l","video_id":"v","voice_clone_id":"c","id":"i","video_translation_ids":["t"]}}"#,
    );
    recorder
        .heygen()
        .args(["video-agents", "create", "--data", "-"])
        .run_with_stdin(b"{\"prompt\": \"x\"}\n")
        .ends_with(0);
    assert_eq!(recorder.only().json(), json!({"prompt": "x"}));
}

#[test]
fn what_a_newer_server_knows_is_left_to_it() {
    let body = r#"{"prompt":"x","orientation":"round"}"#;
    assert_eq!(
        sent(&["video-agents", "create", "-d", body])["orientation"],
        "round"
    );
    // This body is open, so a field of tomorrow goes through, too.
    let body = r#"{"content_type":"video/mp4","filename":"a","size_bytes":1,"shelf":3}"#;
    assert_eq!(
        sent(&["assets", "direct-uploads", "create", "-d", body])["shelf"],
        3
    );
}

#[test]
fn values_have_the_types_of_their_fields() {
    let words =
        split("voices clone --audio asset_1 --voice-name 3 --remove-background-noise=false");
    let expected = json!({
        "audio": {"type": "asset_id", "asset_id": "asset_1"},
        "voice_name": "3", "remove_background_noise": false,
    });
    assert_eq!(sent(&words), expected);
    let words = split("voices speech --text x --voice-id v --speed 1");
    assert_eq!(
        sent(&words),
        json!({"text": "x", "voice_id": "v", "speed": 1})
    );
    let words = ["voices", "design", "--prompt", "x", "--seed", "2"];
    assert_eq!(sent(&words), json!({"prompt": "x", "seed": 2}));
    let incognito = split("video-agents create --prompt x --incognito-mode");
    assert_eq!(sent(&incognito)["incognito_mode"], true);
}

#[test]
fn lists_repeat_and_objects_are_json() {
    let words = [
        "video-translations",
        "create",
        "--video",
        "https://127.0.0.1:9/v.mp4",
        "--output-languages",
        "Chinese (Mandarin, Simplified)",
        "--output-language",
        "French",
        "--stock-voice-config",
        r#"{"use_stock_voice":true}"#,
    ];
    let body = sent(&words);
    assert_eq!(
        body["output_languages"],
        json!(["Chinese (Mandarin, Simplified)", "French"])
    );
    assert_eq!(body["stock_voice_config"], json!({"use_stock_voice": true}));
    let folder = Folder::new();
    let terms = folder.file("terms.json", br#"[{"term":"a","pronunciation":"b"}]"#);
    let terms = format!("@{}", terms.display());
    let words = [
        "brand-glossaries",
        "create",
        "--name",
        "x",
        "--terms",
        &terms,
        "--terms",
        r#"{"term":"c","pronunciation":"d"}"#,
    ];
    let expected =
        json!([{"term": "a", "pronunciation": "b"}, {"term": "c", "pronunciation": "d"}]);
    assert_eq!(sent(&words)["terms"], expected);
}

#[test]
fn commas_separate_words_and_ids_and_nothing_else() {
    let events = split("--events avatar_video.success,avatar_video.fail");
    let words = split("webhooks endpoints create --url https://h.test/");
    let body = sent(&[words, events].concat());
    assert_eq!(
        body["events"],
        json!(["avatar_video.success", "avatar_video.fail"])
    );
    let scenes = sent(&split(
        "templates generate t1 --variables {} --scene-ids a,b --scene-id c",
    ));
    assert_eq!(scenes["scene_ids"], json!(["a", "b", "c"]));

    let recorder = Recorder::always("{}");
    let words =
        split("video-translations create --video asset_1 --output-languages German,Spanish");
    let refused = recorder.heygen().args(words).run().ends_with(2);
    assert!(
        refused.stderr.contains("German,Spanish is one value"),
        "{refused:?}"
    );
    assert!(
        refused.stderr.contains("repeat --output-languages"),
        "{refused:?}"
    );
}

#[test]
fn the_type_may_stand_in_the_flag_or_in_the_body() {
    let flags = split("videos create --type avatar --avatar-id a --script x");
    // What the specification asks of a command line that was told nothing.
    let expected =
        json!({"type": "avatar", "avatar_id": "a", "script": "x", "aspect_ratio": "auto"});
    assert_eq!(sent(&flags), expected);
    let body = r#"{"type":"avatar","avatar_id":"a"}"#;
    let expected = json!({"type": "avatar", "avatar_id": "a", "script": "x"});
    assert_eq!(
        sent(&["videos", "create", "-d", body, "--script", "x"]),
        expected
    );
    let several = split("videos create --type cinematic_avatar --prompt x");
    let several = [&several[..], &["--avatar-id", "a", "--avatar-id", "b"]].concat();
    assert_eq!(sent(&several)["avatar_id"], json!(["a", "b"]));
}

#[test]
fn a_body_without_fields_is_an_empty_object() {
    assert_eq!(sent(&["video-agents", "stop", "s"]), json!({}));
    assert_eq!(sent(&["assets", "complete", "i"]), json!({}));
}

#[test]
fn background_removals_have_their_key_in_the_body() {
    let words = ["background-removals", "create", "--video", "asset_1"];
    let (first, second) = (sent(&words), sent(&words));
    let key = first["request_id"].as_str().unwrap();
    assert!(key.len() >= 32, "{key}");
    assert_ne!(first["request_id"], second["request_id"]);
    let own = [&words[..], &["--request-id", "mine"]].concat();
    assert_eq!(sent(&own)["request_id"], "mine");
}

#[test]
fn a_key_of_ones_own_is_sent_as_it_is() {
    let recorder = Recorder::always(
        r#"{"data":{"session_id":"s","lipsync_id":"l","video_id":"v","voice_clone_id":"c","id":"i","video_translation_ids":["t"]}}"#,
    );
    let words = split("lipsyncs create --video a --audio b --idempotency-key k-1");
    recorder.heygen().args(words).run().ends_with(0);
    assert_eq!(recorder.only().header("idempotency-key"), Some("k-1"));
}

#[test]
fn people_see_lines_and_programs_the_answer() {
    let answer =
        r#"{"data":{"id":"v1","status":"completed","video_url":"https://x/v?sig=1"},"more":1}"#;
    let recorder = Recorder::always(answer);
    let get = ["videos", "get", "v1"];
    let done = recorder
        .heygen()
        .args(get)
        .args(["--output", "human"])
        .run()
        .ends_with(0);
    assert_eq!(
        done.stdout,
        "id         v1\nstatus     completed\nvideo_url  https://x/v?sig=1\n"
    );
    let done = recorder.heygen().args(get).run().ends_with(0);
    assert_eq!(done.stdout, format!("{answer}\n"));
}

#[test]
fn a_refusal_of_the_api_is_one_object_on_standard_error() {
    let body =
        json!({"error": {"code": "not_found", "message": "no such video", "param": "video_id"}});
    let recorder = Recorder::new(move |_| (404, body.clone()));
    let done = recorder
        .heygen()
        .args(["videos", "get", "v"])
        .run()
        .ends_with(1);
    let error = done.error();
    assert_eq!(error["code"], "not_found");
    assert_eq!(error["step"], "request");
    assert_eq!(error["param"], "video_id");
    let done = recorder
        .heygen()
        .args(["videos", "get", "v", "--output", "human"])
        .run()
        .ends_with(1);
    assert!(
        done.stderr.contains("no such video") && done.stderr.contains("hint:"),
        "{done:?}"
    );
}
