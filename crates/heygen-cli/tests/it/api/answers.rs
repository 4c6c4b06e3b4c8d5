//! What is believed of an answer, and what of it is said.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::{
    recorder::{Recorder, Reply},
    support::{Run, RunExt as _, objects, split, text},
};

#[track_caller]
fn error(done: &Run) -> Value {
    let lines = objects(&done.stderr);
    let errors = lines.iter().filter(|line| line.get("event").is_none());
    let errors: Vec<_> = errors.map(|line| line["error"].clone()).collect();
    assert_eq!(errors.len(), 1, "{done:#?}");
    errors[0].clone()
}

#[test]
fn an_answer_about_something_else_ends_with_7_and_is_not_printed() {
    let recorder = Recorder::always(
        r#"{"data":{"id":"theirs","session_id":"theirs","status":"completed","video_url":"https://x.example/v"}}"#,
    );
    for words in [
        "videos get mine",
        "videos get mine --wait",
        "videos download mine -o -",
        "videos delete mine --yes",
        "video-agents stop mine",
    ] {
        let done = recorder.heygen().args(split(words)).run().ends_with(7);
        let error = error(&done);
        assert_eq!(
            (text(&error, "code"), done.stdout.as_str()),
            ("integrity", ""),
            "{words}"
        );
        assert!(
            text(&error, "message").contains("about theirs, asked for mine"),
            "{error}"
        );
        assert_eq!(error["retryable"], false);
    }
}

#[test]
fn statuses_of_others_are_left_out() {
    let recorder = Recorder::always(
        r#"{"data":[{"video_id":"theirs","status":"failed"},{"video_id":"mine","status":"completed"}]}"#,
    );
    let words = split("videos statuses list --video-ids mine");
    let done = recorder.heygen().args(words).run().ends_with(0);
    let entries = &done.object()["data"];
    assert_eq!(
        *entries,
        json!([{"video_id": "mine", "status": "completed"}])
    );
}

#[test]
fn a_request_that_may_have_been_carried_out_is_not_called_retryable() {
    let lost = || Reply(502, Vec::new(), b"<title>Bad gateway</title>".to_vec());
    for (words, look) in [
        (
            "video-agents create --prompt x",
            "heygen-rs video-agents list",
        ),
        (
            "video-agents send-message s --message x",
            "heygen-rs video-agents get s",
        ),
        (
            "videos create --type avatar --avatar-id a --script x",
            "heygen-rs videos list",
        ),
        (
            "api POST /v3/video-agents -d {}",
            "heygen-rs video-agents list",
        ),
    ] {
        let recorder = Recorder::new(move |_| lost());
        let done = recorder.heygen().args(split(words)).run().ends_with(1);
        let error = error(&done);
        assert_eq!(error["retryable"], false, "{words}");
        assert!(
            text(&error, "message").contains("may have been carried out"),
            "{error}"
        );
        assert!(text(&error, "message").contains("Bad gateway"), "{error}");
        assert!(
            text(&error, "hint").ends_with(&format!("`{look}`")),
            "{error}"
        );
        assert_eq!(recorder.seen().len(), 1);
    }
    // With the key it can be repeated.
    let recorder = Recorder::new(move |_| lost());
    let words = "videos create --type avatar --avatar-id a --script x --idempotency-key k";
    let done = recorder.heygen().args(split(words)).run().ends_with(1);
    assert_eq!(error(&done)["retryable"], true);
}

#[test]
fn the_words_of_a_server_are_printed_in_any_form() {
    for (status, body, words) in [
        (400, json!({"error": "no such voice"}), "no such voice"),
        (
            422,
            json!({"detail": [{"loc": ["body", "prompt"], "msg": "field required", "type": "missing"}]}),
            "body.prompt: missing: field required",
        ),
        (
            200,
            json!({"error": {"code": "insufficient_credit", "message": "top up"}}),
            "top up",
        ),
    ] {
        let recorder = Recorder::new(move |_| (status, body.clone()));
        let done = recorder
            .heygen()
            .args(["videos", "list"])
            .run()
            .ends_with(1);
        assert_eq!(done.stdout, "");
        assert!(text(&error(&done), "message").contains(words), "{done:?}");
    }
    // What is asked for as it is comes as it is.
    let recorder = Recorder::always(r#"{"error":"none"}"#);
    let done = recorder
        .heygen()
        .args(["api", "GET", "/v3/x"])
        .run()
        .ends_with(0);
    assert_eq!(done.stdout, "{\"error\":\"none\"}\n");
}

#[test]
fn an_odd_look_does_not_end_a_wait() {
    let looks = AtomicUsize::new(0);
    let recorder = Recorder::new(move |_| match looks.fetch_add(1, Ordering::SeqCst) {
        0 => json!({"data": {"session_id": "s", "status": "thinking"}}),
        1 => json!({"data": {"status": "generating", "created_at": "soon", "progress": []}}),
        _ => json!({"data": {"session_id": "s", "status": "completed", "video_id": 7}}),
    });
    let words = ["video-agents", "get", "s", "--wait"];
    let done = recorder.heygen().args(words).run().ends_with(0);
    assert_eq!(done.object()["data"]["video_id"], 7);
}

#[test]
fn a_create_whose_answer_names_nothing_is_told() {
    for (status, body) in [
        (200, ""),
        (204, ""),
        (200, "[]"),
        (200, "null"),
        (200, r#"{"data":null}"#),
        (200, r#"{"data":{}}"#),
        (200, r#"{"data":{"session_id":""}}"#),
        (200, r#"{"data":{"session_id":null}}"#),
    ] {
        let recorder = Recorder::new(move |_| (status, body.to_owned()));
        let words = split("video-agents create --prompt x");
        let done = recorder.heygen().args(words).run().ends_with(1);
        let error = error(&done);
        assert_eq!(error["retryable"], false, "{body}");
        let hint = text(&error, "hint");
        assert!(
            hint.contains("heygen-rs video-agents list"),
            "{body}: {hint}"
        );
        assert_eq!(recorder.seen().len(), 1, "{body}");
    }
}

#[test]
fn an_id_is_found_with_and_without_waiting() {
    for body in [
        r#"{"data":{"session_id":"s","session_id":"s"}}"#,
        r#"{"data":[{"session_id":"s"}]}"#,
    ] {
        let recorder = Recorder::new(move |seen| match &*seen.method {
            "POST" => Reply::from(body),
            _ => Reply::from(json!({"data": {"session_id": "s", "status": "completed"}})),
        });
        for wait in [&[][..], &["--wait"]] {
            let words = split("video-agents create --prompt x");
            recorder.heygen().args(words).args(wait).run().ends_with(0);
        }
    }
}
