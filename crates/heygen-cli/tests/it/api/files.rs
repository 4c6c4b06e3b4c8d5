//! Flags that take a file.

use serde_json::{Value, json};

use crate::{
    recorder::{Recorder, Reply},
    support::{Folder, RunExt as _, Service, heygen, mp4, png, split, text},
};

/// A server that takes uploads and gives the number of each as its id.
fn uploads() -> Recorder {
    let count = std::sync::atomic::AtomicUsize::new(0);
    Recorder::new(move |seen| {
        if seen.path() != "/v3/assets" {
            return Reply::from(json!({"data": {
                "session_id": "s", "video_id": "v", "render_id": "r", "lipsync_id": "l",
                "avatar_item": {"id": "a"}, "video_translation_ids": ["t"], "id": "i",
                "brand_kit_id": "k", "voice_clone_id": "c", "ai_clipping_id": "p",
                "filler_word_removal_id": "f", "batch_id": "b", "proofread_ids": ["p"],
            }}));
        }
        let number = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        // The file stands between the head and the end of its part.
        let begin = seen
            .body
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap()
            + 4;
        let end = seen.body.len()
            - seen
                .body
                .rsplit(|byte| *byte == b'\r')
                .nth(1)
                .unwrap()
                .len()
            - 3;
        let (size, is_png) = (end - begin, seen.body[begin..].starts_with(b"\x89PNG"));
        let mime_type = if is_png { "image/png" } else { "video/mp4" };
        let name = String::from_utf8_lossy(&seen.body);
        let name = name.split("filename=\"").nth(1).unwrap();
        let name = name.split(['.', '"', ':']).next().unwrap();
        Reply::from(json!({"data": {
            "asset_id": format!("asset_{name}_{number}"), "url": "https://files.example/a",
            "mime_type": mime_type, "size_bytes": size,
        }}))
    })
}

fn body(recorder: &Recorder) -> Value {
    let seen = recorder.seen();
    let last = seen.last().unwrap();
    assert_ne!(last.path(), "/v3/assets");
    last.json()
}

#[track_caller]
fn id_of(reference: &Value, name: &str) {
    assert_eq!(reference["type"], "asset_id", "{reference}");
    let id = text(reference, "asset_id");
    assert!(id.starts_with(&format!("asset_{name}_")), "{reference}");
}

#[test]
fn files_are_uploaded_first_and_stand_in_their_order() {
    let folder = Folder::new();
    let recorder = uploads();
    let names = ["one", "two", "three", "four"];
    let mut command = recorder.heygen();
    command.args(["video-agents", "create", "--prompt", "x"]);
    for (index, name) in names.iter().enumerate() {
        let file = folder.file(format!("{name}.png"), &png(2000 + index));
        command.arg("--file").arg(file);
    }
    command.args(["--files", "asset_five"]);
    let done = command.run().ends_with(0);
    assert_eq!(done.stderr, "");
    let body = body(&recorder);
    for (index, name) in names.iter().enumerate() {
        id_of(&body["files"][index], name);
    }
    assert_eq!(
        body["files"][4],
        json!({"type": "asset_id", "asset_id": "asset_five"})
    );
    assert_eq!(recorder.seen().len(), 5);
}

#[test]
fn a_path_can_stand_wherever_a_reference_can() {
    let folder = Folder::new();
    let logo = folder.file("logo.png", &png(500)).display().to_string();
    let clip = folder.file("clip.mp4", &mp4(600)).display().to_string();
    let recorder = uploads();
    let scenes = json!({"type": "studio", "scenes": [
        {"type": "image", "source": logo, "duration": 3},
        {"type": "video", "source": clip},
    ]});
    let words = ["videos", "create", "-d", &scenes.to_string()];
    recorder.heygen().args(words).run().ends_with(0);
    let sent = body(&recorder);
    id_of(&sent["scenes"][0]["source"], "logo");
    id_of(&sent["scenes"][1]["source"], "clip");
    let variables = json!({"logo": {"type": "image", "asset": logo}}).to_string();
    let words = ["templates", "generate", "t", "--variables", &variables];
    recorder.heygen().args(words).run().ends_with(0);
    id_of(&body(&recorder)["variables"]["logo"]["asset"], "logo");
}

#[test]
fn plain_ids_and_urls_have_a_flag_for_files_too() {
    let folder = Folder::new();
    let sound = folder.file("sound.mp4", &mp4(500)).display().to_string();
    let picture = folder.file("picture.png", &png(500)).display().to_string();
    let avatar = ["videos", "create", "--type", "avatar", "--avatar-id", "a"];
    let recorder = uploads();
    let files = ["--audio", &sound, "--background-file", &picture];
    recorder
        .heygen()
        .args(avatar)
        .args(files)
        .run()
        .ends_with(0);
    let sent = body(&recorder);
    assert!(text(&sent, "audio_asset_id").starts_with("asset_sound_"));
    assert_eq!(sent["background"]["type"], "image");
    assert!(text(&sent["background"], "asset_id").starts_with("asset_picture_"));
    let url = "http://127.0.0.1:9/a.mp3";
    recorder
        .heygen()
        .args(avatar)
        .args(["--audio", url])
        .run()
        .ends_with(0);
    assert_eq!(body(&recorder)["audio_url"], url);
}

#[test]
fn a_file_can_be_sent_inside_the_request() {
    let folder = Folder::new();
    let file = folder
        .file("a.png", b"\x89PNG\r\n\x1a\n")
        .display()
        .to_string();
    let expected = json!([{"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}]);
    let encoded = format!("base64:{file}");
    for words in [&["--file", &encoded][..], &["--file", &file, "--inline"]] {
        let recorder = uploads();
        let create = ["video-agents", "create", "--prompt", "x"];
        recorder
            .heygen()
            .args(create)
            .args(words)
            .run()
            .ends_with(0);
        assert_eq!(recorder.only().json()["files"], expected);
    }
}

#[test]
fn an_existing_file_goes_before_what_it_looks_like() {
    let folder = Folder::new();
    folder.file("asset_1", &png(500));
    folder.file("https:odd.png", &png(501));
    for name in split("asset_1 https:odd.png ./https:odd.png file:https:odd.png file:asset_1") {
        let recorder = uploads();
        let words = ["video-agents", "create", "--prompt", "x", "--file", name];
        recorder
            .heygen()
            .current_dir(folder.path())
            .args(words)
            .run()
            .ends_with(0);
        assert_eq!(recorder.seen().len(), 2, "{name}");
    }
}

#[test]
fn a_failed_upload_ends_it_and_says_which_file() {
    let folder = Folder::new();
    let file = folder.file("notes.txt", b"no media").display().to_string();
    let recorder = uploads();
    let words = ["video-agents", "create", "--prompt", "x", "--file", &file];
    let done = recorder.heygen().args(words).run().ends_with(6);
    let error = done.error();
    assert!(text(&error, "message").contains("notes.txt"), "{error}");
    assert_eq!(error["code"], "unsupported_type");
    assert!(recorder.seen().is_empty());
}

#[test]
fn a_request_that_fails_says_what_was_uploaded_for_it() {
    let service = Service::start();
    let folder = Folder::new();
    let words = split("video-agents create --prompt x --file asset_nobody --file");
    let done = service
        .heygen()
        .args(words)
        .arg(folder.png("a.png"))
        .run()
        .ends_with(1);
    let error = done.error();
    let asset = service.emulator.assets().remove(0);
    let id = asset.id.as_str();
    assert!(text(&error, "hint").contains("uploaded already"), "{error}");
    assert!(text(&error, "hint").contains(id), "{error}");
}

#[test]
fn a_url_that_is_too_large_is_warned_of() {
    let files = Recorder::new(|_| {
        let size = ("content-length".to_owned(), "40000000".to_owned());
        Reply(200, vec![size], Vec::new())
    });
    let recorder = uploads();
    let url = files.server.url("/clip.mp4?signature=canary");
    let words = [
        "lipsyncs",
        "create",
        "--video",
        &url,
        "--audio",
        "http://127.0.0.1:9/a.mp3",
    ];
    let done = recorder.heygen().args(words).run().ends_with(0);
    let warning: Value = serde_json::from_str(done.stderr.trim_end()).unwrap();
    assert_eq!(warning["code"], "url_too_large");
    assert!(!done.stderr.contains("canary"), "{done:?}");
    let head = files.only();
    assert_eq!(head.method, "HEAD");
    assert_eq!(head.header("x-api-key"), None);
    // What is sent is the URL as it was given.
    assert_eq!(body(&recorder)["video"]["url"], url);
}

#[test]
fn a_single_upload_is_refused_before_it_is_sent() {
    let recorder = uploads();
    let folder = Folder::new();
    let text = folder.file("a.txt", b"text").display().to_string();
    let large = folder.file("a.mp4", &mp4(100));
    std::fs::File::options()
        .write(true)
        .open(&large)
        .unwrap()
        .set_len(32_000_001)
        .unwrap();
    for file in [&*text, "/nonexistent.png", large.to_str().unwrap()] {
        recorder
            .heygen()
            .args(["assets", "upload", file])
            .run()
            .ends_with(6);
    }
    assert!(recorder.seen().is_empty());
}

#[test]
fn upload_then_generate_is_one_command() {
    let folder = Folder::new();
    let report = folder.png("report.png");
    let words = split("--emulator video-agents create --prompt x --json --file");
    let done = heygen().args(words).arg(report).run().ends_with(0);
    assert!(
        text(&done.object()["data"], "session_id").starts_with("session_"),
        "{done:?}"
    );
}

#[test]
fn the_emulator_knows_the_uploaded_files() {
    let (service, folder) = (Service::start(), Folder::new());
    let words = ["video-agents", "create", "--prompt", "x", "--file"];
    service
        .heygen()
        .args(words)
        .arg(folder.png("a.png"))
        .run()
        .ends_with(0);
    assert_eq!(service.emulator.assets().len(), 1);
}

#[test]
fn a_url_is_a_url_and_file_makes_a_path_of_it() {
    let folder = Folder::new();
    folder.file("https:/a.example/b.png", &png(500));
    let create = ["video-agents", "create", "--prompt", "x", "--file"];
    let sent = |name: &str| {
        let recorder = uploads();
        let mut command = recorder.heygen();
        command.current_dir(folder.path()).args(create).arg(name);
        (command.run().ends_with(0), body(&recorder))
    };
    // No server is asked for the size of a file of that name.
    let url = "http://127.0.0.1:9/b.png";
    folder.file("http:/127.0.0.1:9/b.png", &png(500));
    assert_eq!(sent(url).1["files"][0]["url"], url);
    id_of(&sent("file:https://a.example/b.png").1["files"][0], "b");
}

#[test]
fn upload_says_that_it_takes_no_url() {
    let done = heygen()
        .args(["upload", "--emulator", "https://a.example/b.mp4?sig=x"])
        .run()
        .ends_with(2);
    let error = done.file_error();
    assert!(text(&error, "message").contains("local files"), "{error}");
    assert!(text(&error, "hint").contains("--file URL"), "{error}");
}

#[test]
fn a_file_of_the_wrong_kind_is_not_uploaded() {
    let folder = Folder::new();
    let picture = folder.png("a.png").display().to_string();
    let clip = folder.file("a.mp4", &mp4(500)).display().to_string();
    let image = "videos create --type avatar --avatar-id a --audio";
    for (line, flag, file, takes) in [
        (
            "avatars create --type photo --name x --file",
            "--file",
            &clip,
            "an image",
        ),
        (
            "avatars create --type digital_twin --name x --file",
            "--file",
            &picture,
            "a video",
        ),
        (
            "video-translations create --output-languages German --video",
            "--video",
            &picture,
            "a video",
        ),
        (
            "hyperframes renders create --project",
            "--project",
            &picture,
            "a zip archive",
        ),
        (image, "--audio", &picture, "a sound"),
    ] {
        let recorder = uploads();
        let done = recorder.heygen().args(split(line)).arg(file).run();
        let error = done.ends_with(6).error();
        let message = text(&error, "message");
        assert!(message.starts_with(flag), "{line}: {message}");
        assert!(
            message.contains(file.as_str()) && message.contains(takes),
            "{message}"
        );
        assert!(recorder.seen().is_empty());
    }
    let recorder = uploads();
    recorder
        .heygen()
        .args(split(image))
        .arg(clip)
        .run()
        .ends_with(0);
}

#[test]
fn a_file_that_is_given_twice_is_uploaded_once() {
    let (folder, recorder) = (Folder::new(), uploads());
    let file = folder.png("a.png").display().to_string();
    let words = [
        "video-agents",
        "create",
        "--prompt",
        "x",
        "--file",
        &file,
        "--file",
        &file,
    ];
    recorder.heygen().args(words).run().ends_with(0);
    assert_eq!(recorder.seen().len(), 2);
    let files = &body(&recorder)["files"];
    assert_eq!(files[0], files[1]);
}

#[test]
fn a_word_that_the_server_refuses_may_be_a_file_that_is_not_there() {
    let words = [
        "--emulator",
        "video-agents",
        "create",
        "--prompt",
        "x",
        "--file",
        "nosuch",
    ];
    let error = heygen().args(words).run().ends_with(1).error();
    let hint = text(&error, "hint");
    assert!(hint.contains("there is no file 'nosuch' here"), "{hint}");
}

/// A FIFO opens only once somebody writes to it.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_and_not_waited_for() {
    let folder = Folder::new();
    let fifo = folder.path().join("fifo.png");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    assert!(made.unwrap().success());
    let fifo = fifo.display().to_string();
    let encoded = format!("base64:{fifo}");
    for words in [
        &["assets", "upload", &fifo][..],
        &[
            "avatars", "create", "--type", "photo", "--name", "x", "--file", &fifo,
        ],
        &["video-agents", "create", "--prompt", "x", "--file", &fifo],
        &[
            "video-agents",
            "create",
            "--prompt",
            "x",
            "--file",
            &encoded,
        ],
    ] {
        let recorder = uploads();
        let done = recorder.heygen().args(words).run().ends_with(6);
        let error = done.error();
        assert_eq!(error["step"], "prepare", "{words:?}: {error}");
        let message = text(&error, "message");
        assert!(message.contains("not a regular file"), "{words:?}: {error}");
        assert!(recorder.seen().is_empty(), "{words:?}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_is_heard_while_the_size_of_a_url_is_asked_for() {
    use std::sync::{Mutex, mpsc};
    let (reached, arrival) = mpsc::channel();
    let (go_on, gone_on) = mpsc::channel::<()>();
    let gone_on = Mutex::new(gone_on);
    let files = Recorder::new(move |_| {
        let _ = reached.send(());
        let _ = gone_on.lock().map(|gone_on| gone_on.recv());
        Reply::from(json!({}))
    });
    let recorder = uploads();
    let child = recorder
        .heygen()
        .args(["lipsyncs", "create", "--audio", "http://127.0.0.1:9/a.mp3"])
        .args(["--video", &files.server.url("/clip.mp4")])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    arrival.recv().unwrap();
    crate::exits::interrupt(child.id());
    let done = crate::support::Run::from(child.wait_with_output().unwrap()).ends_with(130);
    drop(go_on);
    assert!(done.stderr.contains("nothing was changed"), "{done:?}");
    assert!(recorder.seen().is_empty());
}
