//! `--wait`.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::{
    recorder::{Recorder, Reply},
    support::{RunExt as _, split, text},
};

/// A server that answers a POST with one thing, and GETs with records.
fn job(created: Value, record: impl Fn(&str) -> Value + Send + Sync + 'static) -> Recorder {
    Recorder::new(move |seen| match &*seen.method {
        "POST" => Reply::from(json!({"data": created})),
        _ => Reply::from(json!({"data": record(seen.path()), "new": true})),
    })
}

const VIDEO: &str = "videos create --type avatar --avatar-id a --script x";

#[test]
fn the_last_record_comes_whole() {
    let recorder = job(json!({"video_id": "v 1", "status": "waiting"}), |path| {
        assert_eq!(path, "/v3/videos/v%201");
        json!({"id": "v 1", "status": "completed", "video_url": "https://x/v", "more": 1.5})
    });
    let done = recorder
        .heygen()
        .args(split(VIDEO))
        .arg("--wait")
        .run()
        .ends_with(0);
    let record = done.object();
    assert_eq!(record["data"]["more"], 1.5);
    assert_eq!(record["new"], true);
    assert_eq!(done.stderr, "");
    let done = recorder
        .heygen()
        .args(["videos", "get", "v 1", "--wait"])
        .run()
        .ends_with(0);
    assert_eq!(done.object(), record);
}

#[test]
fn a_job_that_runs_is_looked_at_again() {
    let looks = AtomicUsize::new(0);
    let recorder = job(json!({}), move |_| {
        let states = ["a state of next year", "completed"];
        let state = states[looks.fetch_add(1, Ordering::SeqCst)];
        json!({"id": "v", "status": state})
    });
    recorder
        .heygen()
        .args(["videos", "get", "v", "--wait"])
        .run()
        .ends_with(0);
    assert_eq!(recorder.seen().len(), 2);
}

#[test]
fn a_failed_job_ends_with_1_and_its_reason() {
    let recorder = job(
        json!({"video_id": "v"}),
        |_| json!({"id": "v", "status": "failed", "failure_code": "bad_avatar", "failure_message": "no face"}),
    );
    let done = recorder
        .heygen()
        .args(split(VIDEO))
        .arg("--wait")
        .run()
        .ends_with(1);
    let error = done.error();
    assert_eq!(error["code"], "bad_avatar");
    assert!(text(&error, "message").contains("no face"));
    assert!(text(&error, "hint").contains("heygen-rs videos get v"));
}

#[test]
fn a_job_that_is_not_done_in_time_ends_with_4() {
    let recorder = job(
        json!({"video_id": "v"}),
        |_| json!({"id": "v", "status": "processing"}),
    );
    let words = ["--wait", "--wait-timeout", "100ms"];
    let done = recorder
        .heygen()
        .args(split(VIDEO))
        .args(words)
        .run()
        .ends_with(4);
    let error = done.error();
    assert_eq!(error["code"], "timed_out");
    assert_eq!(error["retryable"], true);
    assert!(text(&error, "message").contains("processing"), "{error}");
    assert!(
        text(&error, "hint").contains("heygen-rs videos get v --wait"),
        "{error}"
    );
}

#[test]
fn an_agent_with_a_question_is_answered() {
    let recorder = job(
        json!({"session_id": "s"}),
        |_| json!({"session_id": "s", "created_at": 1, "status": "waiting_for_input"}),
    );
    let words = ["video-agents", "create", "--prompt", "x", "--wait"];
    let done = recorder.heygen().args(words).run().ends_with(1);
    let error = done.error();
    assert_eq!(error["code"], "needs_input");
    let hint = text(&error, "hint");
    assert!(
        hint.contains("heygen-rs video-agents send-message s --message"),
        "{hint}"
    );
}

#[test]
fn every_language_is_waited_for() {
    let created = json!({"video_translation_ids": ["a", "b", "c"]});
    let recorder = job(created, |path| {
        let id = path.rsplit('/').next().unwrap();
        json!({"id": id, "status": if id == "b" { "failed" } else { "completed" }})
    });
    let words = split("video-translations create --video asset_1 --wait");
    let languages = split("--output-languages French --output-languages German");
    let done = recorder
        .heygen()
        .args(words)
        .args(languages)
        .run()
        .ends_with(5);
    let mut ids: Vec<String> = done
        .objects()
        .iter()
        .map(|object| text(&object["data"], "id").to_owned())
        .collect();
    ids.sort();
    assert_eq!(ids, ["a", "c"]);
    assert!(done.stderr.contains("b failed"), "{done:?}");
}

#[test]
fn an_answer_without_a_job_is_said() {
    let recorder = job(json!({"new_id": "v"}), |_| json!({}));
    let done = recorder
        .heygen()
        .args(split(VIDEO))
        .arg("--wait")
        .run()
        .ends_with(1);
    assert!(done.stderr.contains("names no job"), "{done:?}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_wait_and_not_the_job() {
    let (reached, arrival) = std::sync::mpsc::channel();
    let reached = std::sync::Mutex::new(reached);
    let recorder = job(json!({"video_id": "v"}), move |_| {
        reached.lock().unwrap().send(()).unwrap();
        json!({"id": "v", "status": "processing"})
    });
    let child = recorder
        .heygen()
        .args(split(VIDEO))
        .arg("--wait")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    arrival.recv().unwrap();
    crate::exits::interrupt(child.id());
    let done = crate::support::Run::from(child.wait_with_output().unwrap()).ends_with(130);
    assert_eq!(done.error()["code"], "cancelled");
}
