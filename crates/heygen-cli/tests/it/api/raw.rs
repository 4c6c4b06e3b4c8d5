//! `heygen-rs api`.

use crate::{
    recorder::{Recorder, Reply},
    support::{Folder, RunExt as _, split},
};

const ANSWER: &str = "{\"data\" :1.50}";

#[test]
fn a_request_goes_out_as_it_is_written_and_the_answer_comes_as_it_is() {
    let recorder = Recorder::always(ANSWER);
    let words = ["api", "post", "/v3/new/a%2Fb", "-d", "{ \"x\":1.50 }"];
    let more = split("--query a=b&c=d --query e= --idempotency-key k");
    let done = recorder.heygen().args(words).args(more).run().ends_with(0);
    assert_eq!(done.stdout, format!("{ANSWER}\n"));
    let seen = recorder.only();
    assert_eq!(seen.method, "POST");
    assert_eq!(seen.target, "/v3/new/a%2Fb?a=b%26c%3Dd&e=");
    assert_eq!(seen.body, b"{ \"x\":1.50 }");
    assert_eq!(seen.header("idempotency-key"), Some("k"));
    assert_eq!(seen.header("x-api-key"), Some("canary-key"));
}

#[test]
fn every_method_is_there_and_none_sends_more_than_it_was_given() {
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        let recorder = Recorder::always(ANSWER);
        recorder
            .heygen()
            .args(["api", method, "/v3/x"])
            .run()
            .ends_with(0);
        let seen = recorder.only();
        assert_eq!(seen.method, method);
        assert!(seen.body.is_empty());
        assert_eq!(seen.header("idempotency-key"), None);
    }
}

#[test]
fn the_head_comes_when_it_is_asked_for() {
    let reply = || {
        Reply(
            202,
            vec![("x-new".to_owned(), "yes".to_owned())],
            ANSWER.into(),
        )
    };
    let recorder = Recorder::new(move |_| reply());
    let done = recorder
        .heygen()
        .args(["api", "GET", "/v3/x", "-i"])
        .run()
        .ends_with(0);
    assert!(done.stdout.starts_with("HTTP 202\n"), "{done:?}");
    assert!(done.stdout.contains("\nx-new: yes\n"), "{done:?}");
    assert!(
        done.stdout.ends_with(&format!("\n\n{ANSWER}\n")),
        "{done:?}"
    );
}

#[test]
fn the_key_goes_to_the_api_and_nowhere_else() {
    let recorder = Recorder::always(ANSWER);
    for words in [
        &["api", "GET", "https://evil.example/v3"][..],
        &["api", "GET", "v3/videos"],
        &["api", "GET", "@evil.example/"],
        &["api", "GET", "/v3/../x"],
        &["api", "GET", "/v3/x?y"],
        &["api", "GET", "/v3/x y"],
        &["api", "FETCH", "/v3/x"],
        &["api", "POST", "/v3/x", "-d", "{"],
        &["api", "GET", "/v3/x", "--query", "=y"],
    ] {
        recorder.heygen().args(words).run().ends_with(2);
    }
    assert!(recorder.seen().is_empty());
}

#[test]
fn a_body_may_be_anything_that_is_json() {
    let folder = Folder::new();
    let file = folder.file("b.json", b"[1, 2]\n");
    let recorder = Recorder::always(ANSWER);
    let body = format!("@{}", file.display());
    recorder
        .heygen()
        .args(["api", "PUT", "/v3/x", "-d", &body])
        .run()
        .ends_with(0);
    assert_eq!(recorder.only().body, b"[1, 2]\n");
}

#[test]
fn a_body_is_sent_as_json_has_to_be() {
    let folder = Folder::new();
    let marked = "\u{FEFF}{\"a\": \"\u{E9}\"}";
    let utf16: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for text in [marked.as_bytes(), &utf16] {
        let file = folder.file("b.json", text);
        let recorder = Recorder::always(ANSWER);
        let body = format!("@{}", file.display());
        let mut command = recorder.heygen();
        command.args(["api", "PUT", "/v3/x", "-d", &body]);
        command.run().ends_with(0);
        assert_eq!(recorder.only().body, "{\"a\": \"\u{E9}\"}".as_bytes());
    }
}

#[test]
fn a_refusal_ends_with_its_code() {
    let ends_with = |body: &'static str, code| {
        let recorder = Recorder::new(move |_| Reply(401, Vec::new(), body.into()));
        let mut get = recorder.heygen();
        get.args(["api", "GET", "/v3/x", "--max-retries", "0"]);
        get.run().ends_with(code);
    };
    ends_with(r#"{"error":{"code":"unauthorized","message":"no"}}"#, 3);
    // A firewall says nothing of the key.
    ends_with("<html>no</html>", 1);
}

#[test]
fn the_head_of_a_refusal_comes_when_it_is_asked_for() {
    let body = r#"{"error" :{"code":"gone","message":"no"}}"#;
    let recorder = Recorder::new(move |_| {
        Reply(
            410,
            vec![("x-new".to_owned(), "yes".to_owned())],
            body.into(),
        )
    });
    let words = ["api", "GET", "/v3/x"];
    let done = recorder.heygen().args(words).arg("-i").run().ends_with(1);
    assert!(done.stdout.starts_with("HTTP 410\n"), "{done:?}");
    assert!(done.stdout.contains("\nx-new: yes\n"), "{done:?}");
    assert!(done.stdout.ends_with(&format!("\n\n{body}\n")), "{done:?}");
    assert!(done.stderr.contains("gone"), "{done:?}");
    let done = recorder.heygen().args(words).run().ends_with(1);
    assert_eq!(done.error()["code"], "gone");
}
