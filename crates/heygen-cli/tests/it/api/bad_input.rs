//! What cannot be meant is refused before anything is sent or uploaded.

use serde_json::Value;

use crate::{
    recorder::Recorder,
    support::{Folder, RunExt as _, split, text},
};

/// Runs a command that has to be refused, and returns what is said.
#[track_caller]
fn refused(words: &[&str], code: i32) -> String {
    let recorder = Recorder::always("{}");
    let done = recorder.heygen().args(words).run().ends_with(code);
    assert_eq!(done.stdout, "", "{words:?}");
    assert!(
        recorder.seen().is_empty(),
        "{words:?}: {:#?}",
        recorder.seen()
    );
    done.stderr
}

/// Runs a command that has to be refused with a JSON error, and returns its message and hint.
#[track_caller]
fn message(words: &[&str]) -> String {
    let stderr = refused(words, 2);
    let error: Value =
        serde_json::from_str(stderr.trim_end()).unwrap_or_else(|_| panic!("{stderr}"));
    let (message, hint) = (
        text(&error["error"], "message"),
        text(&error["error"], "hint"),
    );
    assert!(message.contains("nothing was sent"), "{message}");
    assert_ne!(hint, "");
    format!("{message} {hint}")
}

#[test]
fn what_the_parser_refuses_is_said_as_all_errors_are() {
    for (line, says, hint) in [
        (
            "videos create --type avtar",
            "invalid value 'avtar'",
            "'avatar'",
        ),
        ("videos get a/b", "an id holds '/'", "--help"),
        ("videos get v --wait-timeout 5", "--wait-timeout", "--help"),
        (
            "videos list --nosuch",
            "'--nosuch'",
            "usage: heygen-rs videos list",
        ),
        (
            "videos get",
            "<VIDEO_ID>",
            "usage: heygen-rs videos get <VIDEO_ID>",
        ),
        ("videos", "not complete", "--help"),
        ("videos lst", "'lst'", "'list'"),
    ] {
        let done = crate::support::run(split(line)).ends_with(2);
        let error = done.error();
        assert_eq!(error["code"], "usage", "{error}");
        assert!(text(&error, "message").contains(says), "{error}");
        assert!(!text(&error, "message").starts_with("error"), "{error}");
        assert!(text(&error, "hint").contains(hint), "{error}");
        let human = crate::support::run([&split(line)[..], &["--output", "human"]].concat());
        assert!(!human.ends_with(2).stderr.starts_with('{'), "{line}");
    }
    let help = crate::support::run(["videos", "get", "--help", "--json"]).ends_with(0);
    assert!(help.stdout.contains("Usage"), "{help:?}");
}

const CREATE: [&str; 2] = ["video-agents", "create"];

#[test]
fn ids_that_could_change_the_path() {
    for (id, says) in [
        ("a/b", "holds '/'"),
        ("a\nb", "'a\\\\nb'"),
        ("..", "change the path"),
        (".", "change the path"),
        ("", "is empty"),
        ("a\\b", "holds '"),
    ] {
        let said = refused(&["videos", "get", id], 2);
        assert!(said.contains(says) || id.is_empty(), "{id:?}: {said}");
        refused(&["videos", "delete", "--yes", id], 2);
        refused(&["videos", "download", id], 2);
        refused(&["video-agents", "resources", "get", "session", id], 2);
    }
    let said = message(&["voices", "speech", "--text", "x", "--voice-id", "a/b"]);
    assert!(said.contains("holds '/'"), "{said}");
}

#[test]
fn prompts_that_are_empty_or_too_long() {
    let said = message(&[&CREATE[..], &["--prompt", ""]].concat());
    assert!(said.contains("--prompt is empty"), "{said}");
    let long = "é".repeat(10_001);
    let said = message(&[&CREATE[..], &["--prompt", &long]].concat());
    assert!(said.contains("--prompt has 10001 characters"), "{said}");
    let body = format!("{{\"prompt\":\"{long}\"}}");
    let said = message(&[&CREATE[..], &["-d", &body]].concat());
    assert!(said.contains("prompt has 10001 characters"), "{said}");
}

#[test]
fn twenty_one_files() {
    let folder = Folder::new();
    let file = folder.png("a.png").display().to_string();
    let mut words = vec!["video-agents", "create", "--prompt", "x"];
    words.extend(["--file", &file].repeat(21));
    let said = message(&words);
    assert!(
        said.contains("--file has 21 items; it takes 0 to 20"),
        "{said}"
    );
    words.push("--inline");
    message(&words);
}

#[test]
fn base64_where_it_is_refused() {
    let folder = Folder::new();
    let file = folder.png("a.png").display().to_string();
    let encoded = format!("base64:{file}");
    let audio = ["--audio", "asset_1", "--video"];
    for more in [&[&*encoded][..], &[&*file, "--inline"]] {
        let said = message(&[&["lipsyncs", "create"], &audio[..], more].concat());
        assert!(said.contains("--video does not take"), "{said}");
        assert!(said.contains("uploaded first"), "{said}");
    }
    let body =
        r#"{"audio":"asset_1","video":{"type":"base64","media_type":"video/mp4","data":"AA=="}}"#;
    let said = message(&["lipsyncs", "create", "-d", body]);
    assert!(
        said.contains("video.type is none of url, asset_id"),
        "{said}"
    );
}

#[test]
fn paths_that_look_like_urls_and_files_that_are_not_there() {
    for path in ["https:clip.mp4", "s3://bucket/clip.mp4", "https://"] {
        let words = [&CREATE[..], &["--prompt", "x", "--file", path]].concat();
        let said = message(&words);
        assert!(said.contains("neither a file nor an https URL"), "{said}");
        assert!(said.contains("file:NAME"), "{said}");
    }
    let words = [&CREATE[..], &["--prompt", "x", "--file", "missing.mp4"]].concat();
    let said = refused(&words, 6);
    assert!(said.contains("missing.mp4 does not exist"), "{said}");
    // The one that is there is not uploaded either.
    let folder = Folder::new();
    let file = folder.png("a.png").display().to_string();
    let said = refused(&[&words[..], &["--file", &file]].concat(), 6);
    assert!(said.contains("\"step\":\"prepare\""), "{said}");
}

#[test]
fn bodies_that_are_no_json_are_told_where() {
    let folder = Folder::new();
    let file = folder.file("b.json", b"{\n  \"prompt\": nope\n}");
    let file = format!("@{}", file.display());
    for (body, says) in [
        (
            "{\"prompt\": nope}",
            "the body in -d is not JSON: line 1, column 13",
        ),
        (&*file, "is not JSON: line 2, column 14"),
        ("", "the body in -d is empty"),
        ("[1]", "is JSON, but no object"),
        (
            "{\"prompt\":\"x\",\"prompt\":\"y\"}",
            "the body in -d: an object names a member twice",
        ),
        ("{} {}", "line 1, column 4: trailing"),
    ] {
        let said = message(&[&CREATE[..], &["-d", body]].concat());
        assert!(said.contains(says), "{body}: {said}");
    }
    let flag = ["voices", "speech", "-d", "@/nonexistent.json"];
    assert!(refused(&flag, 6).contains("could not be read"));
    let glossary = split("brand-glossaries create --name x --terms {term}");
    let said = message(&glossary);
    assert!(
        said.contains("--terms is not JSON: line 1, column 2"),
        "{said}"
    );
}

#[test]
fn fields_that_nobody_knows() {
    for (body, says) in [
        (
            r#"{"prompt":"x","avatarid":"a"}"#,
            "avatarid is not a known field; did you mean avatar_id?",
        ),
        (
            r#"{"prompt":"x","zzzzzz":"a"}"#,
            "zzzzzz is not a known field; known are prompt",
        ),
        (
            r#"{"prompt":"x","files":[{"type":"url","url":"https://a.example","urll":1}]}"#,
            "files[0].urll",
        ),
    ] {
        let said = message(&[&CREATE[..], &["-d", body]].concat());
        assert!(said.contains(says), "{body}: {said}");
    }
    let said = refused(&[&CREATE[..], &["--promt", "x"]].concat(), 2);
    assert!(said.contains("--prompt"), "{said}");
}

#[test]
fn what_is_missing_is_named_as_it_is_written() {
    let said = message(&CREATE);
    assert!(said.contains("--prompt is missing"), "{said}");
    let said = message(&["lipsyncs", "create"]);
    assert!(said.contains("--audio, --video are missing"), "{said}");
    let said = message(&["videos", "create", "--title", "x"]);
    assert!(
        said.contains("--type is missing") && said.contains("cinematic_avatar"),
        "{said}"
    );
    let said = message(&["assets", "search"]);
    assert!(said.contains("--query, --type are missing"), "{said}");
    assert!(refused(&["videos", "get"], 2).contains("VIDEO_ID"));
}

#[test]
fn flags_that_do_not_go_together() {
    let cinematic = split("videos create --type cinematic_avatar --avatar-id a --prompt x");
    let said = message(&[&cinematic[..], &["--script", "x"]].concat());
    assert!(
        said.contains("--script does not belong to --type cinematic_avatar"),
        "{said}"
    );
    assert!(said.contains("--type avatar or image"), "{said}");
    let said = message(&[&cinematic[..], &["--aspect-ratio", "4:5"]].concat());
    assert!(
        said.contains("--aspect-ratio 4:5 does not go with"),
        "{said}"
    );
    let avatar = split("videos create --type avatar --avatar-id a --voice-id v");
    for more in [
        &["--script", "x", "--audio-url", "https://a.example/x.mp3"][..],
        &["--script", "x", "--audio", "asset_1"],
        &["--audio", "asset_1", "--audio-asset-id", "asset_2"],
        &[
            "--script",
            "x",
            "--background",
            "{\"type\":\"color\",\"value\":\"#ffffff\"}",
            "--background-file",
            "asset_1",
        ],
        &[
            "--script",
            "x",
            "--output-format",
            "webm",
            "--background-file",
            "asset_1",
        ],
        &["--script", "x", "--avatar-id", "b"],
    ] {
        refused(&[&avatar[..], more].concat(), 2);
    }
    refused(&["videos", "get", "v", "--wait-timeout", "5m"], 2);
    refused(
        &[
            "videos",
            "get",
            "v",
            "--request-schema",
            "--response-schema",
        ],
        2,
    );
    refused(&["videos", "download", "v", "--gif", "--subtitle"], 2);
    let said = message(&["voices", "speech", "-d", "-", "--api-key-file", "-"]);
    assert!(said.contains("both read standard input"), "{said}");
}

#[test]
fn values_outside_their_limits() {
    for (words, says) in [
        (
            &["videos", "list", "--limit", "101"][..],
            "--limit is 101; it takes 1 to 100",
        ),
        (&["videos", "list", "--limit", "0"], "--limit is 0"),
        (
            &["assets", "search", "--type", "image", "--query", ""],
            "--query is empty",
        ),
        (
            &[
                "voices",
                "speech",
                "--text",
                "x",
                "--voice-id",
                "v",
                "--speed",
                "3",
            ],
            "--speed is 3; it takes 0.5 to 2",
        ),
        (
            &["brand-glossaries", "create", "--name", &"x".repeat(65)],
            "--name has 65 characters",
        ),
    ] {
        let said = message(words);
        assert!(said.contains(says), "{said}");
    }
    for words in [
        &["videos", "list", "--limit", "many"][..],
        &["videos", "list", "--limit", "1.5"],
        &[
            "voices",
            "speech",
            "--text",
            "x",
            "--voice-id",
            "v",
            "--speed",
            "fast",
        ],
        &[
            "voices",
            "speech",
            "--text",
            "x",
            "--voice-id",
            "v",
            "--speed",
            "inf",
        ],
        &["voices", "clone", "--remove-background-noise=perhaps"],
        &[
            "video-agents",
            "create",
            "--prompt",
            "x",
            "--idempotency-key",
            "k",
        ],
        &["videos", "create", "--idempotency-key", "sp ace"],
    ] {
        refused(words, 2);
    }
    let said = refused(
        &[
            "video-agents",
            "create",
            "--prompt",
            "x",
            "--orientation",
            "round",
        ],
        2,
    );
    assert!(
        said.contains("landscape") && said.contains("portrait"),
        "{said}"
    );
}

#[test]
fn commands_that_do_not_exist() {
    for words in [
        &["video-agent", "list"][..],
        &["videos", "lst"],
        &["videos"],
        &["users", "me"],
    ] {
        refused(words, 2);
    }
    assert!(refused(&["videos", "lst"], 2).contains("list"));
}

#[test]
fn what_is_to_be_a_url_is_one() {
    for (line, says) in [
        (
            "video-agents create --prompt x --file http://a.example/b",
            "http://a.example/b is not an https URL",
        ),
        (
            "video-agents create --prompt x --callback-url nonsense",
            "--callback-url nonsense is not a URL",
        ),
        (
            "webhooks endpoints create --url ftp://x",
            "--url ftp://x is not a URL",
        ),
        (
            "webhooks endpoints create --url http://a.example",
            "is not an https URL",
        ),
        (
            "videos create --type avatar --avatar-id a --audio-url tone.mp3",
            "--audio-url tone.mp3 is not a URL",
        ),
    ] {
        let said = message(&split(line));
        assert!(said.contains(says), "{said}");
    }
    let said = message(&["video-agents", "create", "--prompt", "x", "--file", ""]);
    assert!(said.contains("--file (files[0]) is empty"), "{said}");
}

#[test]
fn what_is_wrong_is_named_by_its_flag_and_in_plain_words() {
    let avatar = "videos create --type avatar --voice-id v --script x --avatar-id";
    let direct = "assets direct-uploads create --filename a.mp4 --content-type video/mp4";
    for (line, says) in [
        (&*format!("{avatar} a/b"), "--avatar-id holds '/'"),
        (
            &*format!("{direct} --size-bytes -1"),
            "--size-bytes is -1; it takes",
        ),
        ("videos list --limit -1", "--limit is -1; it takes 1 to 100"),
        (
            "brand-glossaries create --name x --terms [nope]",
            "texts stand in quotes",
        ),
        (
            r#"video-agents create -d {"promt":"x"}"#,
            "promt is not a known field; did you mean prompt?",
        ),
        ("webhooks endpoints update e", "nothing to change"),
        (
            r#"videos create --type image -d {"type":"avatar"}"#,
            "--type image and type avatar in -d contradict",
        ),
        (
            "videos statuses list",
            "--video-ids or --batch-ids is missing",
        ),
        (&*format!("{avatar} a --audio asset_1"), "beside --audio"),
    ] {
        let said = message(&split(line));
        assert!(said.contains(says), "{line}: {said}");
        assert!(!said.contains("expected u"), "{said}");
    }
    let folder = Folder::new();
    let file = folder.file("b.json", b"{}").display().to_string();
    let said = message(&[&CREATE[..], &["-d", &file]].concat());
    assert!(said.contains(&format!("did you mean @{file}?")), "{said}");
    let done = crate::support::heygen()
        .args(["video-agents", "create", "-d", "-"])
        .run_with_stdin(b"");
    let error = done.ends_with(2).error();
    assert!(
        text(&error, "message").contains("standard input is empty"),
        "{error}"
    );
}
