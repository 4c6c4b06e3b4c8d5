//! Every exit code, and what each is told by.

use std::{fs, process::Stdio, sync::Mutex};

use heygen_emulator::{Fault, OperationId};
use heygen_testing::server::Server;

use crate::support::{Folder, Run, RunExt as _, Service, fields, heygen, run, text};

/// Uploads a PNG file to a server that is not the emulator.
fn upload_to(server: &Server, flags: &[&str]) -> Run {
    let folder = Folder::new();
    heygen()
        .env("HEYGEN_API_BASE", server.url(""))
        .env("HEYGEN_API_KEY", "key")
        .args(["upload", "--max-retries", "0"])
        .args(flags)
        .arg(folder.png("a.png"))
        .run()
}

#[test]
fn exit_1_when_nobody_listens() {
    let folder = Folder::new();
    let done = heygen()
        .env("HEYGEN_API_BASE", format!("http://{}", Server::nobody()))
        .env("HEYGEN_API_KEY", "key")
        .env("HEYGEN_MAX_RETRIES", "0")
        .arg("upload")
        .arg(folder.png("a.png"))
        .run()
        .ends_with(1);
    let error = done.file_error();
    assert_eq!(
        fields(&error).len(),
        ["code", "message", "step", "hint", "retryable"].len()
    );
    assert_eq!(text(&error, "code"), "network");
    assert_eq!(text(&error, "step"), "single");
    assert_eq!(error["retryable"], true);
    assert!(text(&error, "message").contains("refused"), "{error}");
}

#[test]
fn exit_1_when_the_api_refuses() {
    let (service, folder) = (Service::start(), Folder::new());
    service.emulator.fault(
        Fault::status(OperationId::UploadAsset, 400, "invalid_parameter")
            .with_message("not this one"),
    );
    let file = folder.png("a.png");
    let done = service.heygen().arg("upload").arg(file).run().ends_with(1);
    let error = done.file_error();
    assert_eq!(text(&error, "code"), "invalid_parameter");
    assert!(text(&error, "message").contains("not this one"));
    assert_eq!(error["retryable"], false);
}

#[test]
fn exit_1_when_the_server_speaks_something_else() {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.respond(200, b"<html>Welcome to the gateway</html>")
    });
    let error = upload_to(&server, &[]).ends_with(1).file_error();
    assert_eq!(text(&error, "step"), "single");
}

#[test]
fn exit_2_for_what_cannot_be_meant() {
    for words in [
        &["upload"][..],
        &["upload", "--unknown", "a.png"],
        &["upload", "--route", "scenic", "a.png"],
        &["upload", "--concurrency", "0", "a.png"],
        &["upload", "--stall-timeout", "soon", "a.png"],
        &["upload", "--json", "--output", "human", "a.png"],
        &["upload", "--name", "", "a.png"],
        &[
            "upload",
            "--emulator",
            "--api-base",
            "https://a.example",
            "a.png",
        ],
        &["emulator", "--emulator"],
        &[
            "upload",
            "--emulator",
            "--root-certificate",
            "/nonexistent.pem",
            "a.png",
        ],
        &[],
    ] {
        let done = run(words).ends_with(2);
        assert_eq!(done.stdout, "", "{words:?}");
        assert_ne!(done.stderr, "", "{words:?}");
    }
}

#[test]
fn a_bad_time_is_told_the_forms() {
    let done = run(["upload", "--deadline", "30", "a.png"]).ends_with(2);
    for form in ["500ms", "30s", "5m", "1h"] {
        assert!(done.stderr.contains(form), "{}", done.stderr);
    }
}

#[test]
fn an_unknown_option_is_no_value() {
    let folder = Folder::new();
    let file = folder.png("-odd.png");
    for (words, says) in [
        (&["upload", "--bogus", "a.png"][..], ""),
        (&["upload", "-x", "a.png"], ""),
        (&["videos", "get", "--bogus"], ""),
        (&["--bogus"], ""),
        (&["upload", "--recursiv", "d"], "--recursive"),
        (&["upload", "-odd.png"], "./-odd.png"),
    ] {
        for form in ["human", "json"] {
            let mut command = heygen();
            command.env("HEYGEN_OUTPUT", form).args(words);
            let done = command.current_dir(folder.path()).run().ends_with(2);
            assert!(!done.stderr.contains("as a value"), "{words:?}: {done:?}");
            assert!(done.stderr.contains(says), "{words:?}: {done:?}");
        }
    }
    drop(file);
}

#[test]
fn what_is_wrong_is_said_in_words_of_the_command_line() {
    let folder = Folder::new();
    folder.file("empty.png", b"");
    folder.file("key", b"k");
    fs::create_dir(folder.path().join("d")).unwrap();
    let (listener, taken) = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port().to_string();
        (listener, port)
    };
    for (line, code, says) in [
        (
            "upload --emulator empty.png",
            6,
            &["the file is empty; nothing was sent", "finished"][..],
        ),
        (
            "upload --emulator nope.png",
            6,
            &["nope.png", "does not exist"],
        ),
        (
            "upload --emulator d",
            6,
            &["this is a folder", "--recursive"],
        ),
        (
            "upload --emulator /dev/null",
            6,
            &["not a regular file", "write its content to a file"],
        ),
        (
            "upload --emulator -",
            2,
            &["standard input", "write it to a file"],
        ),
        (
            "upload --emulator -j 0 x.png",
            2,
            &["--concurrency", "at least 1"],
        ),
        (
            "upload --emulator -j 70000 x.png",
            2,
            &["--concurrency", "too large"],
        ),
        (
            "upload --emulator -j -1 x.png",
            2,
            &["--concurrency", "a whole number"],
        ),
        (
            "videos list --max-retries many",
            2,
            &["--max-retries", "a whole number"],
        ),
        (
            "emulator --listen TAKEN",
            2,
            &["port TAKEN", "in use", "--listen 0"],
        ),
        (
            "emulator --listen 192.0.2.1:0",
            2,
            &["192.0.2.1", "no address of this machine"],
        ),
        (
            "emulator --data key",
            6,
            &["the folder key of --data", "leave out --data"],
        ),
        (
            "assets upload --emulator empty.png",
            6,
            &["empty.png: the file is empty"],
        ),
        (
            "videos download v -o no/v.mp4",
            6,
            &["the folder no does not exist", "nothing was fetched"],
        ),
    ] {
        let line = line.replace("TAKEN", &taken);
        let mut command = heygen();
        command
            .current_dir(folder.path())
            .args(crate::support::split(&line));
        command
            .env("HEYGEN_OUTPUT", "human")
            .env("HEYGEN_API_KEY", "key");
        command.env("HEYGEN_EMULATOR_API_KEY", "key");
        let done = command.run().ends_with(code);
        for says in says {
            let says = says.replace("TAKEN", &taken);
            assert!(done.stderr.contains(&says), "{line}: {says}: {done:?}");
        }
    }
    drop(listener);
}

#[test]
fn a_code_that_says_what_is_missing_says_what_to_do() {
    for (status, code, says) in [
        (402, "insufficient_credit", "add credits"),
        (402, "subscription_required", "plan"),
        (403, "insufficient_api_key_scope", "scope"),
        (429, "quota_exceeded", "quota"),
    ] {
        let refused = Server::start(move |connection| {
            connection.read_request()?;
            let body = serde_json::json!({"error": {"code": code, "message": "no"}});
            connection.respond(status, body.to_string().as_bytes())
        });
        let error = upload_to(&refused, &[]);
        assert!(
            text(&error.file_error(), "hint").contains(says),
            "{error:?}"
        );
    }
}

#[test]
fn exit_2_for_variables_that_cannot_be_used() {
    for (name, value) in [
        ("HEYGEN_API_BASE", "not a URL"),
        ("HEYGEN_API_BASE", "api.heygen.com"),
        ("HEYGEN_API_BASE", "ftp://api.heygen.com"),
        ("HEYGEN_API_BASE", "https://user:secret@api.heygen.com"),
        ("HEYGEN_API_BASE", "http://api.heygen.com"),
        ("HEYGEN_MAX_RETRIES", "many"),
        ("HEYGEN_ALLOW_HTTP", "perhaps"),
        ("HEYGEN_OUTPUT", "xml"),
    ] {
        let done = heygen()
            .env("HEYGEN_API_KEY", "key")
            .env(name, value)
            .args(["upload", "a.png"])
            .run()
            .ends_with(2);
        let error = done.error();
        let said = format!("{} {}", text(&error, "message"), text(&error, "hint"));
        assert!(said.contains(name), "{name}={value}: {said}");
        assert_eq!(text(&error, "step"), "setup");
        assert!(!done.stderr.contains("secret"), "{}", done.stderr);
    }
}

#[test]
fn plain_http_to_another_machine_has_to_be_allowed() {
    // The port is one that nobody serves: what counts is that it is tried.
    let folder = Folder::new();
    let upload = |variable: &str| {
        heygen()
            .env("HEYGEN_API_KEY", "key")
            .env("HEYGEN_API_BASE", "http://host.invalid:1")
            .env("HEYGEN_ALLOW_HTTP", variable)
            .args(["upload", "--max-retries", "0"])
            .arg(folder.png("a.png"))
            .run()
    };
    assert!(
        upload("0")
            .ends_with(2)
            .stderr
            .contains("HEYGEN_ALLOW_HTTP=1")
    );
    assert_eq!(
        text(&upload("1").ends_with(1).file_error(), "code"),
        "network"
    );
}

#[test]
fn exit_3_when_the_key_is_refused_for_one_or_for_all() {
    let (service, folder) = (Service::start(), Folder::new());
    let files = ["a.png", "b.png", "c.png"].map(|name| folder.png(name));
    let wrong = |count: usize| {
        service
            .heygen()
            .env("HEYGEN_API_KEY", "wrong")
            .args(["upload", "--concurrency", "1"])
            .args(&files[..count])
            .run()
            .ends_with(3)
    };
    let error = wrong(1).file_error();
    assert_eq!(text(&error, "code"), "unauthorized");
    assert_eq!(service.emulator.requests().len(), 1);
    // After the first refusal the others are not even begun.
    let all = wrong(3);
    assert_eq!(all.objects().len(), 3);
    assert_eq!(service.emulator.requests().len(), 2);
    assert!(!all.stdout.contains("wrong"), "{}", all.stdout);
}

#[test]
fn exit_4_when_no_answer_comes() {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.read_to_close();
        Ok(())
    });
    let error = upload_to(&server, &["--answer-timeout", "100ms"])
        .ends_with(4)
        .file_error();
    assert_eq!(text(&error, "code"), "timed_out");
    let error = upload_to(&server, &["--deadline", "100ms"])
        .ends_with(4)
        .file_error();
    assert_eq!(text(&error, "step"), "single");
}

#[test]
fn exit_5_when_several_fail_for_reasons_of_their_own() {
    let folder = Folder::new();
    let unknown = folder.file("a.txt", b"words");
    let missing = folder.path().join("b.png");
    let done = heygen()
        .args(["upload", "--emulator"])
        .args([&unknown, &missing])
        .run()
        .ends_with(5);
    assert_eq!(done.objects().len(), 2);
}

#[test]
fn exit_6_for_files_that_cannot_be_uploaded() {
    let folder = Folder::new();
    let empty = folder.file("empty.png", b"");
    let text_file = folder.file(
        "notes.png",
        b"MZ this is no picture, whatever its name says",
    );
    let missing = folder.path().join("missing.png");
    fs::write(
        folder.path().join("movie.mov"),
        b"\0\0\0\x14ftypqt  \0\0\0\0qt  ",
    )
    .unwrap();
    let movie = folder.path().join("movie.mov");
    for (path, code, says) in [
        (&empty, "invalid_input", "empty"),
        (&text_file, "unsupported_type", "nothing was sent"),
        (&missing, "source_unreadable", "does not exist"),
        (&movie, "unsupported_type", "video/quicktime"),
    ] {
        let done = heygen()
            .args(["upload", "--emulator"])
            .arg(path)
            .run()
            .ends_with(6);
        let error = done.file_error();
        assert_eq!(text(&error, "code"), code, "{error}");
        assert!(text(&error, "message").contains(says), "{error}");
        assert_eq!(text(&error, "step"), "prepare", "{error}");
        assert_ne!(text(&error, "hint"), "");
    }
}

#[cfg(unix)]
#[test]
fn exit_6_for_what_is_no_regular_file() {
    let done = run(["upload", "--emulator", "/dev/null"]).ends_with(6);
    let error = done.file_error();
    assert!(
        text(&error, "message").contains("not a regular file"),
        "{error}"
    );
}

#[test]
fn exit_6_when_the_file_changes_meanwhile() {
    let folder = Folder::new();
    let path = folder.png("a.png");
    let changed = path.clone();
    let address = std::sync::Arc::new(Mutex::new(String::new()));
    let own = std::sync::Arc::clone(&address);
    let server = Server::start(move |connection| {
        connection.read_request()?;
        // The digest was declared by now; the bytes are not sent yet.
        fs::write(&changed, crate::support::png(3000))?;
        let slot = serde_json::json!({"data": {
            "asset_id": "asset_1", "upload_url": format!("{}/put", own.lock().unwrap()),
            "upload_headers": {}, "expires_in_seconds": 3600, "max_bytes": 5_000_000, "status": "pending_upload",
        }});
        connection.respond(200, slot.to_string().as_bytes())?;
        connection.read_to_close();
        Ok(())
    });
    *address.lock().unwrap() = server.url("");
    let done = heygen()
        .env("HEYGEN_API_BASE", server.url(""))
        .env("HEYGEN_API_KEY", "key")
        .args(["upload", "--max-retries", "0", "--route", "direct"])
        .arg(&path)
        .run()
        .ends_with(6);
    let error = done.file_error();
    assert_eq!(text(&error, "code"), "source_changed");
    assert_eq!(text(&error, "step"), "put");
}

#[test]
fn exit_7_when_something_else_was_stored() {
    let server = Server::start(|connection| {
        connection.read_request()?;
        let answer = serde_json::json!({"data": {
            "asset_id": "asset_1", "url": "https://files.example/asset_1",
            "mime_type": "image/png", "size_bytes": 1999,
        }});
        connection.respond(200, answer.to_string().as_bytes())
    });
    let error = upload_to(&server, &[]).ends_with(7).file_error();
    assert_eq!(text(&error, "code"), "integrity");
    assert!(text(&error, "message").contains("asset_1"), "{error}");
}

#[cfg(unix)]
#[test]
fn exit_130_when_interrupted() {
    let folder = Folder::new();
    let (reached, arrival) = std::sync::mpsc::channel();
    let reached = Mutex::new(reached);
    let server = Server::start(move |connection| {
        connection.read_request()?;
        reached.lock().unwrap().send(()).unwrap();
        connection.read_to_close();
        Ok(())
    });
    let child = heygen()
        .env("HEYGEN_API_BASE", server.url(""))
        .env("HEYGEN_API_KEY", "key")
        .args(["upload", "--concurrency", "1"])
        .args([folder.png("a.png"), folder.png("b.png")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    arrival.recv().unwrap();
    interrupt(child.id());
    let done = Run::from(child.wait_with_output().unwrap()).ends_with(130);
    let objects = done.objects();
    assert_eq!(objects.len(), 2, "{done:?}");
    let errors = [&objects[0]["error"], &objects[1]["error"]];
    assert_eq!(errors.map(|error| text(error, "code")), ["cancelled"; 2]);
    assert_eq!(
        errors.map(|error| text(error, "step")),
        ["single", "prepare"]
    );
    assert!(text(errors[0], "message").contains("stored"), "{done:?}");
    assert!(text(errors[1], "message").contains("nothing was stored"));
    assert_eq!(server.connections(), 1);
}

#[cfg(unix)]
pub(crate) fn interrupt(process: u32) {
    signal("-INT", process);
}

#[cfg(unix)]
pub(crate) fn signal(name: &str, process: u32) {
    let status = std::process::Command::new("kill")
        .args([name, &process.to_string()])
        .status()
        .unwrap();
    assert!(status.success());
}
