//! `heygen-rs emulator`, as another program uses it.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::Value;

use crate::support::{Folder, Run, RunExt as _, fields, heygen, text, until};

/// The emulator in a process of its own.
struct Process {
    child: Child,
    address: Value,
}

impl Process {
    fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = serde_json::from_str(&line).unwrap();
        Self { child, address }
    }

    fn heygen(&self) -> Command {
        let mut command = heygen();
        command
            .env("HEYGEN_API_BASE", text(&self.address, "url"))
            .env("HEYGEN_API_KEY", text(&self.address, "api_key"));
        command
    }

    fn signal(self, name: &str) -> Run {
        let process = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &process])
                .status()
                .unwrap()
                .success()
        );
        Run::from(self.child.wait_with_output().unwrap())
    }
}

fn emulator(flags: &[&str]) -> Command {
    let mut command = heygen();
    command.arg("emulator").args(flags);
    command
}

#[cfg(unix)]
#[test]
fn it_serves_until_a_signal_and_ends_well() {
    let folder = Folder::new();
    let file = folder.png("a.png");
    for signal in ["-INT", "-TERM"] {
        // A real key in the environment is nothing for the emulator, which prints its own.
        let process = Process::start(emulator(&[]).env("HEYGEN_API_KEY", "real-secret"));
        let mut names = fields(&process.address);
        names.sort_unstable();
        assert_eq!(names, ["api_key", "url"]);
        assert_ne!(text(&process.address, "api_key"), "real-secret");
        assert!(text(&process.address, "url").starts_with("http://127.0.0.1:"));
        process.heygen().arg("upload").arg(&file).run().ends_with(0);
        let done = process.signal(signal).ends_with(0);
        assert_eq!(done.stderr, "");
    }
}

#[cfg(unix)]
#[test]
fn its_settings_reach_it() {
    let folder = Folder::new();
    let small = folder.png("a.png");
    let mut command = emulator(&["--single-request-max", "1000", "--complete-conflicts", "1"]);
    let process = Process::start(command.env("HEYGEN_EMULATOR_API_KEY", "chosen"));
    assert_eq!(text(&process.address, "api_key"), "chosen");
    let object = process
        .heygen()
        .arg("upload")
        .arg(small)
        .run()
        .ends_with(0)
        .object();
    // Too large for one request after all; and once not there yet, which is a repetition.
    assert_eq!(text(&object, "route"), "direct");
    assert_eq!(object["attempts"].as_u64().unwrap(), 2, "{object}");
    process.signal("-TERM").ends_with(0);
}

#[cfg(unix)]
#[test]
fn its_key_may_do_what_it_is_told() {
    let folder = Folder::new();
    let file = folder.png("a.png");
    let process = Process::start(&mut emulator(&["--key-scopes", "videos:read"]));
    process.heygen().args(["videos", "list"]).run().ends_with(0);
    let done = process.heygen().arg("upload").arg(&file).run().ends_with(3);
    let error = done.file_error();
    assert_eq!(text(&error, "code"), "insufficient_api_key_scope");
    assert!(text(&error, "message").contains("assets:write"), "{error}");
    assert!(text(&error, "hint").contains("assets:write"), "{error}");
    // What has the key may still look into the emulator.
    process
        .heygen()
        .args(["api", "GET", "/_emulator/clock"])
        .run()
        .ends_with(0);
    process.signal("-TERM").ends_with(0);

    let error = emulator(&["--key-scopes", "video:read"])
        .run()
        .ends_with(2)
        .error();
    assert!(text(&error, "message").contains("video:read"), "{error}");
}

#[cfg(unix)]
#[test]
fn it_limits_rates_where_it_is_told_to() {
    let folder = Folder::new();
    let file = folder.png("a.png");
    let process = Process::start(&mut emulator(&[
        "--rate-limit",
        "1",
        "--rate-window",
        "24h",
    ]));
    let upload = || process.heygen().arg("upload").arg(&file).run();
    upload().ends_with(0);
    let failure = upload().ends_with(1).object();
    assert_eq!(text(&failure["error"], "code"), "rate_limit_exceeded");
    process.signal("-TERM").ends_with(0);
}

#[cfg(unix)]
#[test]
fn a_data_folder_outlives_it() {
    let folder = Folder::new();
    let data = folder.path().join("data");
    let flags = ["--data", data.to_str().unwrap()];
    let process = Process::start(&mut emulator(&flags));
    let file = folder.png("a.png");
    let first = process
        .heygen()
        .arg("upload")
        .arg(&file)
        .run()
        .ends_with(0)
        .object();
    process.signal("-TERM").ends_with(0);
    let process = Process::start(&mut emulator(&flags));
    let second = process
        .heygen()
        .arg("upload")
        .arg(&file)
        .run()
        .ends_with(0)
        .object();
    assert_ne!(first["asset_id"], second["asset_id"]);
    process.signal("-TERM").ends_with(0);
    assert_eq!(std::fs::read_dir(data.join("objects")).unwrap().count(), 2);
}

#[cfg(unix)]
#[test]
fn it_fails_as_it_is_told_to() {
    let folder = Folder::new();
    let file = folder.png("a.png");
    let process = Process::start(&mut emulator(&[
        "--output",
        "human",
        "--fault",
        "create_direct_upload:status=503,times=2",
        "--fault",
        r#"{"at": "storage_put", "reset_after": 10}"#,
        "--fault",
        "webhook:dropped",
    ]));
    let object = process
        .heygen()
        .args(["upload", "--route", "direct"])
        .arg(&file)
        .run()
        .ends_with(0)
        .object();
    assert_eq!(object["attempts"].as_u64().unwrap(), 4, "{object}");
    let done = process.signal("-TERM").ends_with(0);
    let notes: Vec<&str> = done
        .stderr
        .lines()
        .filter(|line| line.contains("met"))
        .collect();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].ends_with("a fault was not met: webhook:dropped"));
}

#[test]
fn what_is_no_fault_is_refused_with_the_reason() {
    for (fault, said) in [
        ("storage_put", "has no colon; write TARGET:WORD"),
        ("storage_putt:close", "did you mean storage_put"),
        ("storage_put:reset-afer=1", "did you mean reset_after?"),
        (
            "get_user:status=99",
            "status: takes a number from 200 to 599",
        ),
    ] {
        let error = emulator(&["--fault", fault]).run().ends_with(2).error();
        let message = text(&error, "message");
        assert!(
            message.contains("--fault") && message.contains(said),
            "{message}"
        );
    }
}

#[cfg(unix)]
#[test]
fn its_clock_can_stand_still() {
    let bad = emulator(&["--freeze-clock=noon"]).run().ends_with(2);
    assert!(text(&bad.error(), "message").contains("2030-01-31T12:00:00Z"));
    for (flag, is_past) in [
        ("--freeze-clock=2001-01-31T12:00:00Z", true),
        ("--freeze-clock", false),
    ] {
        let process = Process::start(&mut emulator(&[flag]));
        // `api` sends to any path, so also to the control endpoint.
        let shown = process
            .heygen()
            .args(["api", "GET", "/_emulator/clock"])
            .run();
        let clock = shown.ends_with(0).object();
        assert_eq!(clock["frozen"], true);
        assert_eq!(
            text(&clock, "now") == "2001-01-31T12:00:00Z",
            is_past,
            "{clock}"
        );
        process.signal("-TERM").ends_with(0);
    }
}

#[test]
fn other_machines_need_a_key_that_cannot_be_guessed() {
    let done = emulator(&["--listen", "0.0.0.0:0"]).run().ends_with(2);
    assert!(text(&done.error(), "hint").contains("HEYGEN_EMULATOR_API_KEY"));
}

#[test]
fn a_busy_port_is_an_error() {
    let busy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = busy.local_addr().unwrap().to_string();
    let done = emulator(&["--listen", &address]).run().ends_with(2);
    assert_eq!(text(&done.error(), "code"), "emulator_failed");
}

#[cfg(unix)]
#[test]
fn a_client_that_stops_in_the_middle_keeps_it_from_ending_only_for_a_while() {
    use std::{io::Write as _, net::TcpStream};
    let half_a_request = |process: &Process| {
        let url = text(&process.address, "url");
        let mut client = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
        let key = text(&process.address, "api_key");
        let head = "POST /v3/assets HTTP/1.1\r\nhost: 127.0.0.1\r\nexpect: 100-continue\r\n\
                    content-type: multipart/form-data; boundary=b\r\ncontent-length: 9";
        write!(client, "{head}\r\nx-api-key: {key}\r\n\r\n").unwrap();
        // It has begun to read the request when it asks for the rest.
        let mut answer = String::new();
        BufReader::new(&client).read_line(&mut answer).unwrap();
        assert!(answer.contains("100"), "{answer}");
        client
    };
    let process = Process::start(&mut emulator(&[]));
    let _client = half_a_request(&process);
    process.signal("-TERM").ends_with(0);

    // The second signal does not wait at all.
    let mut process = Process::start(&mut emulator(&[]));
    let _client = half_a_request(&process);
    let mut end = None;
    until("the end after a second signal", || {
        crate::exits::interrupt(process.child.id());
        end = process.child.try_wait().unwrap();
        end.is_some()
    });
    assert_eq!(end.unwrap().code(), Some(130));
}
