//! Names that are hard to say.

use crate::support::{Folder, RunExt as _, Service, heygen, text};

#[test]
fn odd_names_reach_the_server_as_they_are() {
    let (service, folder) = (Service::start(), Folder::new());
    let names = [
        "with space.png",
        "quote\"s;semicolon.png",
        "Übergröße-日本語.png",
        "it's 100%.png",
        "-dash.png",
    ];
    let files = names.map(|name| folder.png(name));
    let done = service
        .heygen()
        .args(["upload", "--concurrency", "1", "--route", "direct"])
        .args(&files)
        .run()
        .ends_with(0);
    let assets = service.emulator.assets();
    let stored: Vec<&str> = assets.iter().map(|asset| asset.name.as_str()).collect();
    assert_eq!(stored, names);
    for (object, path) in done.objects().iter().zip(&files) {
        assert_eq!(text(object, "file"), path.to_str().unwrap());
    }
}

#[cfg(unix)]
#[test]
fn names_cannot_write_to_the_terminal() {
    let folder = Folder::new();
    let file = folder.png("a\n\u{1b}[31mred\u{202E}gnp.png");
    let upload = |form: &str, path: &std::path::Path| {
        let flags = [
            "upload",
            "--emulator",
            "--progress",
            "plain",
            "--output",
            form,
        ];
        heygen().args(flags).arg(path).run()
    };
    let done = upload("human", &file).ends_with(0);
    let seen = format!("{}{}", done.stdout, done.stderr);
    assert!(
        !seen.contains('\u{1b}') && !seen.contains('\u{202E}'),
        "{seen:?}"
    );
    assert!(
        done.stdout.contains("a\\n\\u{1b}[31mred\\u{202e}gnp.png"),
        "{seen:?}"
    );
    let done = upload("json", &file).ends_with(0);
    assert_eq!(text(&done.object(), "file"), file.to_str().unwrap());
    assert!(!done.stdout.contains('\u{1b}'));
    let missing = folder.path().join("b\u{7}.png");
    let done = upload("human", &missing).ends_with(6);
    assert!(done.stderr.contains("b\\u{7}.png"), "{}", done.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_are_shown_as_well_as_can_be() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let folder = Folder::new();
    let file = folder.png(OsStr::from_bytes(b"a\xFFb.png"));
    let upload = |form: &str| {
        let flags = ["upload", "--emulator", "--output", form];
        heygen().args(flags).arg(&file).run().ends_with(0)
    };
    assert!(upload("human").stdout.contains("a\\xFFb.png"));
    assert!(text(&upload("json").object(), "file").ends_with("a\\xFFb.png"));
}

#[cfg(target_os = "linux")]
#[test]
fn two_names_that_are_not_utf8_are_never_one() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};

    use base64::{Engine as _, prelude::BASE64_STANDARD};
    let (service, folder) = (Service::start(), Folder::new());
    // The third is what the first two are shown as, but UTF-8.
    let names = [&b"a\xE8.png"[..], b"a\xE9.png", b"a\\xE9.png"];
    for (index, name) in names.iter().enumerate() {
        folder.file(OsStr::from_bytes(name), &crate::support::png(2000 + index));
    }
    folder.file(OsStr::from_bytes(b"b\xE8.png"), b"");
    let upload = |flags: &[&str]| {
        let mut command = service.heygen();
        command.args(["upload", "-r"]).args(flags);
        command.arg(folder.path()).run()
    };
    let done = upload(&["--progress", "json"]).ends_with(5);
    let events = crate::support::objects(&done.stderr);
    for lines in [done.objects(), events, upload(&["--dry-run"]).objects()] {
        let mut found: Vec<Vec<u8>> = lines
            .iter()
            .map(|line| match line.get("file_base64") {
                Some(bytes) => BASE64_STANDARD.decode(bytes.as_str().unwrap()).unwrap(),
                None => text(line, "file").as_bytes().to_vec(),
            })
            .collect();
        found.sort();
        found.dedup();
        for name in names {
            let path = folder.path().join(OsStr::from_bytes(name));
            let bytes = path.as_os_str().as_bytes().to_vec();
            assert!(found.contains(&bytes), "{path:?} is not in {lines:?}");
        }
    }
}

/// Styles that hide text, controls of the second kind, letters that turn the text around, and letters
/// without a width.
const HIDDEN: &str = "\u{1b}[8m\u{1b}[31m\u{85}\u{9b}31m\u{61c}\u{200b}\u{200e}\u{202e}\u{2066}\u{2028}\u{feff}\u{e0041}";

#[test]
fn nothing_that_a_server_says_hides() {
    use serde_json::json;
    let failed = json!({"error": {"code": format!("c{HIDDEN}"), "message": format!("m{HIDDEN}"),
        "param": format!("p{HIDDEN}"), "doc_url": format!("https://d.example/{HIDDEN}")}});
    let listed = json!({"data": [{"id": format!("v{HIDDEN}"), "title": HIDDEN, HIDDEN: 1}],
        "has_more": true, "next_token": HIDDEN});
    let one = json!({"data": {"id": "v", "title": HIDDEN, HIDDEN: {HIDDEN: [HIDDEN]},
        "items": [{HIDDEN: HIDDEN}]}});
    let page = format!("<html>\u{1b}[2J{HIDDEN}</html>");
    let server = move |seen: &crate::recorder::Seen| -> crate::recorder::Reply {
        use crate::recorder::Reply;
        match seen.path() {
            "/v3/videos" => listed.clone().into(),
            "/v3/videos/one" => one.clone().into(),
            "/v3/videos/page" => Reply(502, Vec::new(), page.clone().into()),
            "/v3/html" => Reply(200, Vec::new(), page.clone().into()),
            _ => (400, failed.clone()).into(),
        }
    };
    let server = crate::recorder::Recorder::new(server);
    for form in ["human", "json"] {
        for words in [
            "videos list",
            "videos get one",
            "videos get page",
            "videos get failed",
            "api GET /v3/videos",
            "api GET /v3/failed -i",
            "videos download failed",
            "api GET /v3/html",
        ] {
            if (words, form) == ("api GET /v3/html", "json") {
                // What is not JSON goes to a program as it is.
                continue;
            }
            let mut command = server.heygen();
            command
                .args(crate::support::split(words))
                .args(["--output", form]);
            let done = command.run();
            let seen = format!("{}{}", done.stdout, done.stderr);
            let is_plain =
                |letter: char| letter.is_ascii_graphic() || matches!(letter, ' ' | '\n' | '…');
            assert!(seen.chars().all(is_plain), "{words} {form}: {seen:?}");
        }
    }
    // The content is the same.
    let done = server
        .heygen()
        .args(["api", "GET", "/v3/videos"])
        .run()
        .ends_with(0);
    assert_eq!(done.object()["data"][0]["title"], HIDDEN);
}

#[test]
fn nothing_that_is_written_hides_in_an_error() {
    let word = format!("--x{HIDDEN}");
    for form in ["human", "json"] {
        for words in [
            &["videos", &word][..],
            &["upload", "--route", &word],
            &[&word],
        ] {
            let done = heygen().args(words).env("HEYGEN_OUTPUT", form).run();
            let done = done.ends_with(2);
            let is_plain = |letter: char| letter.is_ascii_graphic() || matches!(letter, ' ' | '\n');
            assert!(
                done.stderr.chars().all(is_plain),
                "{words:?} {form}: {done:?}"
            );
        }
    }
}
