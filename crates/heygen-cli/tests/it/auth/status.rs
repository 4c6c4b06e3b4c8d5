use std::process::Command;

use serde_json::json;

use super::{Scene, with_input};
use crate::support::{RunExt as _, fields, heygen, run, text};

fn status(command: &mut Command) -> &mut Command {
    command.args(["auth", "status"])
}

#[test]
fn every_source_is_named_and_no_key_is_shown() {
    let scene = Scene::new();
    let (key, file) = (scene.key(), scene.file());
    scene.store(&key);
    let key_file = scene.folder.file("key.txt", key.as_bytes());

    let stored = status(&mut scene.heygen()).run().ends_with(0);
    let variable = status(scene.heygen().env("HEYGEN_API_KEY", &key))
        .run()
        .ends_with(0);
    let named = status(&mut scene.heygen())
        .arg("--api-key-file")
        .arg(&key_file)
        .run()
        .ends_with(0);
    let mut from_stdin = scene.heygen();
    let from_stdin = status(&mut from_stdin).args(["--api-key-file", "-"]);
    let stdin = with_input(from_stdin, &key).ends_with(0);

    for (done, source, shown_file) in [
        (&stored, "file", Some(&file)),
        (&variable, "env", None),
        (&named, "api_key_file", Some(&key_file)),
        (&stdin, "stdin", None),
    ] {
        let object = done.object();
        assert_eq!(fields(&object), ["credential", "data", "key"], "{source}");
        assert_eq!(object["credential"]["source"], source);
        assert_eq!(object["credential"]["type"], "api_key");
        let path = object["credential"]["file"].as_str();
        assert_eq!(path, shown_file.map(|path| path.to_str().unwrap()));
        assert!(!format!("{done:?}").contains(&key), "{done:?}");
        assert_eq!(done.stderr, "", "{source}");
    }
    assert_eq!(scene.service.emulator.requests().len(), 8);
}

#[test]
fn the_answer_of_the_api_is_whole() {
    let scene = Scene::new();
    scene.store(scene.key());
    let object = status(&mut scene.heygen()).run().ends_with(0).object();
    assert_eq!(object["data"]["billing_type"], "wallet");
    assert_eq!(object["data"]["email"], json!(null));
    let server = text(&object["credential"], "server");
    assert!(
        scene
            .service
            .emulator
            .url()
            .starts_with(server.trim_end_matches('/'))
    );
}

#[test]
fn people_read_who_it_is_and_what_is_left() {
    let scene = Scene::new();
    scene.store(scene.key());
    let human = status(&mut scene.heygen())
        .args(["--output", "human"])
        .run()
        .ends_with(0);
    let username = status(&mut scene.heygen()).run().object()["data"]["username"].clone();
    let lines: Vec<&str> = human.stdout.lines().collect();
    assert_eq!(
        lines[0],
        format!("signed in as {}", username.as_str().unwrap())
    );
    let credential = format!("  credential  API key from {}", scene.file().display());
    assert_eq!(lines[1], credential);
    assert_eq!(lines[2], "  scopes      everything");
    assert_eq!(lines[3], "  expires     never");
    assert_eq!(lines[4], "  balance     0.0 usd");
    assert!(lines[5].starts_with("  server      http://127.0.0.1:"));
    assert!(!format!("{human:?}").contains(&scene.key()));
}

#[test]
fn a_missing_key_and_a_refused_one_end_alike() {
    let scene = Scene::new();
    let missing = status(&mut scene.heygen()).run().ends_with(3).error();
    assert_eq!(text(&missing, "code"), "no_api_key");
    assert!(text(&missing, "hint").contains("auth login"), "{missing}");
    assert!(scene.service.emulator.requests().is_empty());

    scene.store("wrong-secret");
    let done = status(&mut scene.heygen()).run().ends_with(3);
    let refused = done.error();
    assert_eq!(text(&refused, "code"), "unauthorized");
    let path = scene.file();
    assert!(
        text(&refused, "hint").contains(path.to_str().unwrap()),
        "{refused}"
    );
    assert!(!format!("{done:?}").contains("secret"));

    scene.store(r#"{"user": {"username": "sam"}}"#);
    let none = status(&mut scene.heygen()).run().ends_with(3).error();
    assert_eq!(text(&none, "code"), "no_api_key");
    scene.store("{");
    let malformed = status(&mut scene.heygen()).run().ends_with(3).error();
    assert_eq!(text(&malformed, "code"), "malformed_credentials");
}

#[test]
fn a_key_that_may_not_read_the_account_works() {
    let scene = Scene::new();
    let emulator = &scene.service.emulator;
    let end = emulator.now() + std::time::Duration::from_secs(3600);
    let key = emulator.create_api_key("assets:write,videos:read".parse().unwrap(), Some(end));
    scene.store(&key);
    let object = status(&mut scene.heygen()).run().ends_with(0).object();
    assert_eq!(object["data"], json!(null));
    assert_eq!(object["key"]["scope_mode"], "custom");
    assert_eq!(
        object["key"]["scopes"],
        json!(["assets:write", "videos:read"])
    );
    let left = object["key"]["expires_in_seconds"].as_u64().unwrap();
    assert!(left <= 3600, "{object}");
    let human = status(&mut scene.heygen())
        .args(["--output", "human"])
        .run()
        .ends_with(0);
    assert!(
        human
            .stdout
            .contains("  scopes      assets:write, videos:read\n"),
        "{human:?}"
    );
    assert!(!human.stdout.contains("balance"), "{human:?}");
    assert!(human.stderr.contains("account:read"), "{human:?}");

    // Any other command says which scope is missing.
    let done = scene.heygen().args(["voices", "list"]).run().ends_with(3);
    let error = done.error();
    assert_eq!(text(&error, "code"), "insufficient_api_key_scope");
    assert!(text(&error, "message").contains("voices:read"), "{error}");
    assert!(
        text(&error, "hint").contains("the scope voices:read"),
        "{error}"
    );

    emulator.advance(std::time::Duration::from_secs(3600));
    status(&mut scene.heygen()).run().ends_with(3);
}

#[test]
fn offline_nothing_is_sent() {
    let scene = Scene::new();
    scene.store("unchecked-secret");
    let done = status(&mut scene.heygen())
        .arg("--offline")
        .run()
        .ends_with(0);
    assert_eq!(fields(&done.object()), ["credential"]);
    assert_eq!(done.object()["credential"]["source"], "file");
    let human = status(&mut scene.heygen())
        .args(["--offline", "--output", "human"])
        .run()
        .ends_with(0);
    assert!(human.stdout.starts_with("not checked\n"), "{human:?}");
    assert!(!format!("{done:?}{human:?}").contains("secret"));
    assert!(scene.service.emulator.requests().is_empty());
    status(&mut heygen()).arg("--offline").run().ends_with(3);
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_told() {
    let scene = Scene::new();
    scene.store(scene.key());
    for (mode, is_told) in [
        (0o600, false),
        (0o400, false),
        (0o640, true),
        (0o604, true),
        (0o622, true),
    ] {
        super::set_mode(&scene.file(), mode);
        let done = status(&mut scene.heygen()).run().ends_with(0);
        assert_eq!(
            done.stderr.contains("chmod 600"),
            is_told,
            "{mode:o}: {done:?}"
        );
    }
}

#[test]
fn it_can_be_tried_without_an_account() {
    let done = run(["auth", "status", "--emulator"]).ends_with(0);
    assert_eq!(done.object()["credential"]["source"], "emulator");
    let human = run(["auth", "status", "--emulator", "--output", "human"]).ends_with(0);
    assert!(
        human.stdout.contains("emulator inside this command"),
        "{human:?}"
    );
}
