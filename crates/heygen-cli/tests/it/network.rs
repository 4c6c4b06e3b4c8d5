//! What lies between the program and the API: proxies, TLS, other places, and a process that is stopped.

use heygen_testing::server::Server;

use crate::support::{Folder, Run, RunExt as _, heygen, text};

/// Uploads a PNG file with all retries.
fn upload(base: &str, variables: &[(&str, &str)]) -> Run {
    let folder = Folder::new();
    heygen()
        .envs(variables.iter().copied())
        .env("HEYGEN_API_BASE", base)
        .env("HEYGEN_API_KEY", "key")
        .arg("upload")
        .arg(folder.png("a.png"))
        .run()
}

#[test]
fn what_cannot_heal_is_said_at_once_with_what_to_do() {
    const PROXY: &str = "https://api.test";
    for (answer, base, code, hint) in [
        (
            "HTTP/1.1 407 Who\r\ncontent-length: 0\r\n\r\n",
            PROXY,
            "incompatible",
            "a user name and a password",
        ),
        (
            "HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n",
            PROXY,
            "incompatible",
            "the rules of the proxy",
        ),
        ("SSH-2.0-x\r\n\r\n", PROXY, "incompatible", "the proxy"),
        (
            "\x15\x03\x01\x00\x02\x02\x46",
            "https://SERVER",
            "incompatible",
            "TLS 1.2",
        ),
        (
            "HTTP/1.1 400 No\r\n\r\n",
            "https://SERVER",
            "incompatible",
            "http://",
        ),
        (
            "\x15\x03\x01\x00\x02\x02\x16",
            "http://SERVER",
            "incompatible",
            "https://",
        ),
        ("SSH-2.0-x\r\n\r\n", "http://SERVER", "protocol", "base URL"),
    ] {
        let server = Server::start(move |connection| {
            connection.send(answer.as_bytes())?;
            connection.read_to_close();
            Ok(())
        });
        let address = server.address().to_string();
        let base = base.replace("SERVER", &address);
        let done = upload(&base, &[("https_proxy", &address)]).ends_with(1);
        let error = done.file_error();
        assert_eq!(text(&error, "code"), code, "{error}");
        assert!(text(&error, "hint").contains(hint), "{error}");
        assert!(text(&error, "message").contains(&address), "{error}");
        assert_eq!(error["retryable"], false, "{error}");
        assert!(server.connections() <= 2, "{error}");
    }
}

#[test]
fn a_proxy_that_cannot_be_read_is_never_gone_around() {
    for (name, value) in [
        ("HTTPS_PROXY", "http://user:SECRET#x@127.0.0.1:9"),
        ("https_proxy", "htp://user:SECRET@127.0.0.1:9"),
        ("ALL_PROXY", "http://127.0.0.1:99999"),
        ("all_proxy", "socks4://127.0.0.1"),
    ] {
        let error = upload("https://api.test", &[(name, value)]);
        let error = error.ends_with(2).file_error();
        assert!(text(&error, "message").contains(name), "{error}");
        assert!(text(&error, "hint").contains(name), "{error}");
        assert!(!error.to_string().contains("SECRET"), "{error}");
    }
}

#[test]
fn a_port_that_is_none_becomes_no_other() {
    for port in ["99999", "8x", "-1", "0", "", "+80"] {
        let base = format!("http://127.0.0.1:{port}");
        let error = upload(&base, &[]).ends_with(2).error();
        assert!(text(&error, "message").contains("port"), "{port}: {error}");
    }
}

#[test]
fn a_redirect_names_its_target_and_no_secret() {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.send(
            b"HTTP/1.1 301 Moved\r\nlocation: https://new.test/api/v3/assets?key=SECRET\r\n\
              content-length: 0\r\n\r\n",
        )
    });
    let error = upload(&server.url(""), &[]).ends_with(1).file_error();
    assert!(
        text(&error, "message").contains("https://new.test/api/v3/assets (301)"),
        "{error}"
    );
    assert!(
        text(&error, "hint").contains("https://new.test/api"),
        "{error}"
    );
    assert!(!error.to_string().contains("SECRET"), "{error}");
    assert_eq!(server.connections(), 1);
}

/// The wait for an answer is one from the request to the last byte of the answer, whose head and body
/// come apart.
#[cfg(unix)]
#[test]
fn time_in_which_the_program_was_stopped_is_no_wait_for_an_answer() {
    use std::{
        process::Stdio,
        sync::{Mutex, mpsc},
        thread,
        time::Duration,
    };

    let (arrived, arrival) = mpsc::channel();
    let (go_on, gone_on) = mpsc::channel();
    let gone_on = Mutex::new(gone_on);
    let server = Server::start(move |connection| {
        connection.read_request()?;
        let _ = arrived.send(());
        let _ = gone_on.lock().map(|gone_on| gone_on.recv());
        connection.send(b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n")?;
        thread::sleep(Duration::from_millis(500));
        connection.send(b"{\"data\":{}}")
    });
    let child = heygen()
        .env("HEYGEN_API_BASE", server.url(""))
        .env("HEYGEN_API_KEY", "key")
        .args(["api", "GET", "/v3/users/me", "--max-retries", "0"])
        .args(["--answer-timeout", "2s"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    arrival.recv().unwrap();
    crate::exits::signal("-STOP", child.id());
    thread::sleep(Duration::from_secs(4));
    // The head is there before the program looks.
    go_on.send(()).unwrap();
    thread::sleep(Duration::from_millis(100));
    crate::exits::signal("-CONT", child.id());
    let done = Run::from(child.wait_with_output().unwrap()).ends_with(0);
    assert_eq!(done.stdout, "{\"data\":{}}\n");
}

/// The other side goes on only after the program has gone on, for longer than the limit for a stall after
/// the file stopped moving.
#[cfg(unix)]
#[test]
fn time_in_which_the_program_was_stopped_is_no_stall() {
    use std::{
        process::Stdio,
        sync::{Mutex, mpsc},
        thread,
        time::Duration,
    };

    use crate::support::png;

    let (arrived, arrival) = mpsc::channel();
    let (go_on, gone_on) = mpsc::channel();
    let gone_on = Mutex::new(gone_on);
    let length = 16 << 20;
    let server = Server::start(move |connection| {
        let head = connection.read_head()?;
        if head.expects_continue() {
            connection.consent()?;
        }
        connection.read_body(1 << 20)?;
        // Whatever fits into the buffers between the two has left then.
        thread::sleep(Duration::from_millis(300));
        let _ = arrived.send(());
        let _ = gone_on.lock().map(|gone_on| gone_on.recv());
        thread::sleep(Duration::from_millis(500));
        connection.read_body(head.content_length() - (1 << 20))?;
        let asset = format!(
            r#"{{"data":{{"asset_id":"asset_1","mime_type":"image/png","size_bytes":{length},
                "url":"https://files.example/1"}}}}"#
        );
        connection.respond(200, asset.as_bytes())
    });
    let folder = Folder::new();
    let child = heygen()
        .env("HEYGEN_API_BASE", server.url(""))
        .env("HEYGEN_API_KEY", "key")
        .args(["upload", "--max-retries", "0", "--stall-timeout", "2s"])
        .arg(folder.file("a.png", &png(length)))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    arrival.recv().unwrap();
    crate::exits::signal("-STOP", child.id());
    thread::sleep(Duration::from_secs(4));
    crate::exits::signal("-CONT", child.id());
    go_on.send(()).unwrap();
    let done = Run::from(child.wait_with_output().unwrap()).ends_with(0);
    assert_eq!(text(&done.object(), "asset_id"), "asset_1");
    assert_eq!(server.heads().len(), 1, "the file was sent again");
}
