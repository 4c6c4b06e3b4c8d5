//! `--wait`.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::{
    recorder::{Recorder, Reply},
    support::{PATIENCE, Run, RunExt as _, objects, split, text},
};

/// A server that answers a POST with one thing, and GETs with records.
fn job(created: Value, record: impl Fn(&str) -> Value + Send + Sync + 'static) -> Recorder {
    Recorder::new(move |seen| match &*seen.method {
        "POST" => Reply::from(json!({"data": created})),
        _ => Reply::from(json!({"data": record(seen.path()), "new": true})),
    })
}

/// Returns the errors on standard error. Before them it is told what is waited for.
#[track_caller]
fn errors(done: &Run) -> Vec<Value> {
    let lines = objects(&done.stderr);
    let errors = lines.iter().filter(|line| line.get("event").is_none());
    errors.map(|line| line["error"].clone()).collect()
}

#[track_caller]
fn error(done: &Run) -> Value {
    let errors = errors(done);
    assert_eq!(errors.len(), 1, "{done:#?}");
    assert_eq!(errors[0]["step"], "wait");
    errors[0].clone()
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
    let told = [Value::Null, json!("completed")]
        .map(|status| json!({"event": "waiting", "id": "v 1", "status": status}));
    assert_eq!(objects(&done.stderr), told);
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
    let done = recorder
        .heygen()
        .args(["videos", "get", "v", "--wait", "--output", "human"])
        .run()
        .ends_with(0);
    assert_eq!(recorder.seen().len(), 2);
    let told = "v: waiting\nv: a state of next year\nv: completed\n";
    assert_eq!(done.stderr, told);
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
    let error = error(&done);
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
    let error = error(&done);
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
    let question = "Which\u{1b}[2J logo? ".repeat(100);
    let recorder = job(json!({"session_id": "s"}), move |_| {
        let message =
            |role: &str, content: &str| json!({"role": role, "type": "text", "content": content});
        json!({
            "session_id": "s", "created_at": 1, "status": "waiting_for_input",
            "messages": [message("model", &question), message("user", "the first prompt")],
        })
    });
    let words = ["video-agents", "create", "--prompt", "x", "--wait"];
    let done = recorder.heygen().args(words).run().ends_with(1);
    assert_eq!(done.object()["data"]["session_id"], "s");
    let error = error(&done);
    assert_eq!(error["code"], "needs_input");
    let message = text(&error, "message");
    assert!(message.contains("says: Which\\u{1b}[2J logo?"), "{message}");
    assert!(message.ends_with('…') && message.len() < 700, "{message}");
    let hint = text(&error, "hint");
    let command = "heygen-rs video-agents send-message s --message TEXT --wait";
    assert!(hint.contains(command), "{hint}");
    let done = recorder
        .heygen()
        .args(words)
        .args(["--output", "human"])
        .run()
        .ends_with(1);
    assert_eq!(done.stdout, "");
    assert!(done.stderr.contains("Which"), "{done:?}");
}

#[test]
fn the_turn_that_a_message_begins_is_waited_for() {
    let looks = AtomicUsize::new(0);
    let recorder = job(json!({"session_id": "s", "run_id": "r"}), move |_| {
        let status = ["waiting_for_input", "completed"][looks.fetch_add(1, Ordering::SeqCst)];
        let message = json!({"role": "model", "type": "text", "content": "x"});
        json!({"session_id": "s", "created_at": 1, "status": status, "messages": [message]})
    });
    let words = split("video-agents send-message s --message blue --wait");
    let done = recorder.heygen().args(words).run().ends_with(0);
    assert_eq!(done.object()["data"]["status"], "completed");
    assert_eq!(recorder.seen().len(), 3);
}

#[test]
fn consent_is_asked_for_the_group_in_the_record() {
    let recorder = job(
        json!({}),
        |_| json!({"id": "l", "name": "n", "group_id": "g1", "avatar_type": "digital_twin", "status": "pending_consent"}),
    );
    let words = split("avatars looks get l --wait");
    let done = recorder.heygen().args(words).run().ends_with(1);
    let error = error(&done);
    assert_eq!(error["code"], "needs_input", "{error}");
    assert_eq!(
        text(&error, "hint"),
        "ask for consent: heygen-rs avatars consent g1"
    );
}

#[test]
fn a_connection_that_fails_loses_no_job() {
    let recorder = Recorder::new(|seen| match &*seen.method {
        "POST" => Reply::from(json!({"data": {"video_id": "v"}})),
        _ => Reply::from((503, json!({"error": {"code": "x", "message": "down"}}))),
    });
    let done = recorder
        .heygen()
        .args(split(VIDEO))
        .arg("--wait")
        .run()
        .ends_with(1);
    let error = error(&done);
    let message = text(&error, "message");
    assert!(message.starts_with("v: "), "{error}");
    assert!(message.contains("the job itself goes on"), "{error}");
    assert_eq!(
        text(&error, "hint"),
        "wait for it again: heygen-rs videos get v --wait"
    );
}

#[test]
fn an_id_that_nobody_knows_is_to_be_checked() {
    let recorder = Recorder::new(|_| {
        (
            404,
            json!({"error": {"code": "not_found", "message": "no"}}),
        )
    });
    for (words, list) in [
        ("videos get v --wait", "heygen-rs videos list"),
        ("videos download v", "heygen-rs videos list"),
        ("voices delete v --yes", "heygen-rs voices list"),
        ("avatars looks get l", "heygen-rs avatars looks list"),
    ] {
        let done = recorder.heygen().args(split(words)).run().ends_with(1);
        let hint = text(&errors(&done)[0], "hint").to_owned();
        assert_eq!(hint, format!("check the id; `{list}` shows them"));
    }
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

/// Interrupts a command at the last of so many looks, and returns its errors.
#[cfg(unix)]
fn interrupted(created: Value, words: &[&str], looks: usize) -> Vec<Value> {
    let (reached, arrival) = std::sync::mpsc::channel();
    let reached = std::sync::Mutex::new(reached);
    let recorder = job(created, move |path| {
        reached.lock().unwrap().send(()).unwrap();
        let id = path.rsplit('/').next();
        json!({"id": id, "status": "processing"})
    });
    let child = recorder
        .heygen()
        .args(words)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    for _ in 0..looks {
        arrival.recv_timeout(PATIENCE).unwrap();
    }
    crate::exits::interrupt(child.id());
    let done = Run::from(child.wait_with_output().unwrap()).ends_with(130);
    assert_eq!(done.stdout, "");
    errors(&done)
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_wait_and_not_the_job() {
    let create = [&split(VIDEO)[..], &["--wait"]].concat();
    let get = ["videos", "get", "v", "--wait"];
    let download = ["videos", "download", "v", "--wait", "-o", "-"];
    for words in [&create[..], &get, &download] {
        let errors = interrupted(json!({"video_id": "v"}), words, 1);
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!(errors[0]["code"], "cancelled");
        assert_eq!(errors[0]["step"], "wait");
        assert_eq!(
            errors[0]["message"],
            "the wait for v was interrupted; the job itself goes on"
        );
        assert_eq!(
            errors[0]["hint"],
            "wait for it again: heygen-rs videos get v --wait"
        );
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_names_every_job() {
    let ids: Vec<String> = (10..30).map(|number| format!("t{number}")).collect();
    let words = split("video-translations create --video asset_1 --output-languages x --wait");
    let errors = interrupted(json!({"video_translation_ids": ids}), &words, 16);
    let mut hints: Vec<&str> = errors.iter().map(|error| text(error, "hint")).collect();
    hints.sort_unstable();
    let expected = ids
        .iter()
        .map(|id| format!("wait for it again: heygen-rs video-translations get {id} --wait"));
    assert_eq!(hints, expected.collect::<Vec<_>>());
}
