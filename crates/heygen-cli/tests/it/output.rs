//! What goes where: results to standard output, the rest to standard error.

use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    process::Stdio,
};

use crate::recorder::{Recorder, Reply};
use crate::support::{Folder, Run, RunExt as _, Service, fields, heygen, objects, png, text};

#[test]
fn people_get_the_id_first_and_errors_elsewhere() {
    let folder = Folder::new();
    let (there, missing) = (folder.png("a.png"), folder.path().join("b.png"));
    let done = heygen()
        .args(["upload", "--emulator", "--output", "human"])
        .args([&there, &missing])
        .run()
        .ends_with(5);
    assert!(done.stdout.starts_with("asset_"), "{done:?}");
    assert_eq!(done.stdout.lines().count(), 2);
    assert!(done.stderr.contains("error: "), "{done:?}");
    assert!(done.stderr.contains("hint: "), "{done:?}");
    assert!(done.stderr.contains("1 of 2 files uploaded"), "{done:?}");
    // The cause is told once.
    assert_eq!(done.stderr.matches("No such file").count(), 1, "{done:?}");
}

#[test]
fn colours_are_for_terminals() {
    let fail = || {
        let mut command = heygen();
        command.args([
            "upload",
            "--emulator",
            "--output",
            "human",
            "/nonexistent.png",
        ]);
        command
    };
    let plain = fail().run().ends_with(6);
    assert!(!plain.stderr.contains('\u{1b}'), "{plain:?}");
    let forced = fail().env("CLICOLOR_FORCE", "1").run().ends_with(6);
    assert!(forced.stderr.contains('\u{1b}'), "{forced:?}");
    let refused = fail()
        .env("CLICOLOR_FORCE", "0")
        .env("NO_COLOR", "1")
        .run()
        .ends_with(6);
    assert!(!refused.stderr.contains('\u{1b}'), "{refused:?}");
    let help = heygen().arg("--help").run().ends_with(0);
    assert!(!help.stdout.contains('\u{1b}'));
}

#[test]
fn the_variable_chooses_the_form() {
    let folder = Folder::new();
    let file = folder.png("a.png");
    let upload = |form: &str| {
        let flags = ["upload", "--emulator"];
        heygen()
            .env("HEYGEN_OUTPUT", form)
            .args(flags)
            .arg(&file)
            .run()
            .ends_with(0)
    };
    assert!(upload("human").stdout.starts_with("asset_"));
    upload("json").object();
}

#[test]
fn a_name_that_contradicts_the_bytes_is_warned_of() {
    let folder = Folder::new();
    let file = folder.file("photo.jpg", &png(2000));
    let upload = |form: &str| {
        let flags = ["upload", "--emulator", "--output", form];
        heygen().args(flags).arg(&file).run().ends_with(0)
    };
    let human = upload("human");
    assert!(human.stderr.contains("warning: "), "{human:?}");
    assert!(human.stderr.contains("image/jpeg") && human.stderr.contains("image/png"));
    let json = upload("json");
    assert_eq!(text(&json.object(), "mime_type"), "image/png");
    let warnings = objects(&json.stderr);
    assert_eq!(warnings.len(), 1);
    assert_eq!(fields(&warnings[0]).len(), 4);
    assert_eq!(text(&warnings[0], "event"), "warning");
    assert_eq!(text(&warnings[0], "code"), "type_contradicts_name");
}

#[test]
fn a_type_that_contradicts_the_bytes_is_sent_with_a_warning() {
    let (service, folder) = (Service::start(), Folder::new());
    let file = folder.file("clip.mp4", b"{\"error\":\"gone\"}");
    for command in [&["upload"][..], &["assets", "upload"]] {
        let run = |flags: &[&str]| {
            let mut heygen = service.heygen();
            heygen.args(command).args(flags).arg(&file).run()
        };
        let plain = run(&["--output", "human"]).ends_with(6);
        assert!(plain.stderr.contains("JSON text"), "{plain:?}");
        assert!(service.emulator.requests().is_empty());

        // The emulator judges the content, as the API does.
        let asked = ["--media-type", "video/mp4", "--output"];
        let human = run(&[&asked[..], &["human"]].concat()).ends_with(1);
        assert!(human.stderr.contains("warning: "), "{human:?}");
        assert!(human.stderr.contains("JSON text"), "{human:?}");
        let json = run(&[&asked[..], &["json"]].concat()).ends_with(1);
        let warning = &objects(&json.stderr)[0];
        assert_eq!(text(warning, "code"), "type_contradicts_content");
        assert!(text(warning, "message").contains("video/mp4"), "{warning}");
        assert_eq!(service.emulator.requests().len(), 2);
        service.emulator.reset().unwrap();
    }
}

#[test]
fn progress_events_tell_the_phases_in_order() {
    let (service, folder) = (Service::start(), Folder::new());
    let file = folder.png("a.png");
    let done = service
        .heygen()
        .args(["upload", "--route", "direct", "--progress", "json"])
        .arg(&file)
        .run()
        .ends_with(0);
    let events = objects(&done.stderr);
    let mut phases: Vec<&str> = events.iter().map(|event| text(event, "event")).collect();
    phases.dedup();
    assert_eq!(phases, ["planned", "hashing", "sending", "finishing"]);
    for phase in ["hashing", "sending"] {
        let last = events
            .iter()
            .rfind(|event| event["event"] == phase)
            .unwrap();
        assert_eq!(last["done_bytes"], 2000);
        assert_eq!(last["total_bytes"], 2000);
    }
    assert!(
        events
            .iter()
            .all(|event| event["file"] == file.to_str().unwrap())
    );
    done.object();
}

#[test]
fn plain_progress_is_text_and_retries_are_told() {
    let (service, folder) = (Service::start(), Folder::new());
    service.emulator.fault(heygen_emulator::Fault::status(
        heygen_emulator::OperationId::UploadAsset,
        503,
        "service_unavailable",
    ));
    let done = service
        .heygen()
        .args(["upload", "--progress", "plain"])
        .arg(folder.png("a.png"))
        .run()
        .ends_with(0);
    assert_eq!(done.object()["attempts"], 2);
    assert!(
        done.stderr.contains("step single failed: 503"),
        "{}",
        done.stderr
    );
}

#[test]
fn what_only_begins_like_json_reaches_a_program_unchanged() {
    for body in [
        "\"na\u{ad}me\",\"size\"\r\n\"a\",1\r\n",
        "[draft\u{200b}]\tnotes",
        "{{ tem\u{feff}plate }}\t",
        "\"open",
    ] {
        let api = Recorder::new(move |_| Reply::from(body));
        let done = api.heygen().args(["api", "GET", "/v3/x"]).run();
        assert_eq!(done.ends_with(0).stdout, format!("{body}\n"));
    }
    // One value per line is JSON.
    let api = Recorder::new(|_| Reply::from("{\"a\":\"\u{ad}\"}\n[1]\n"));
    let done = api.heygen().args(["api", "GET", "/v3/x"]).run();
    assert_eq!(done.ends_with(0).stdout, "{\"a\":\"\\u00ad\"}\n[1]\n\n");
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let (service, folder) = (Service::start(), Folder::new());
    for index in 0..20 {
        folder.png(format!("{index:02}.png"));
    }
    let mut child = service
        .heygen()
        .args(["upload", "--recursive", "--concurrency", "1"])
        .arg(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut first).unwrap();
    drop(stdout);
    let done = Run::from(child.wait_with_output().unwrap()).ends_with(0);
    assert_eq!(done.stderr, "");
    // Reading is the reader's business; the files go up all the same.
    assert_eq!(service.emulator.assets().len(), 20);
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_cannot_be_written_are_an_error() {
    let folder = Folder::new();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let done = heygen()
        .args(["upload", "--emulator"])
        .arg(folder.png("a.png"))
        .stdout(full)
        .run()
        .ends_with(6);
    assert_eq!(text(&done.error(), "code"), "output_failed");

    // An emulator whose address nobody can learn is of no use.
    let full = File::options().write(true).open("/dev/full").unwrap();
    let done = heygen().arg("emulator").stdout(full).run().ends_with(6);
    assert!(done.stderr.contains("output_failed"), "{done:?}");
}

#[test]
fn retries_are_told_where_nobody_watches() {
    let (service, folder) = (Service::start(), Folder::new());
    let file = folder.png("a.png");
    let busy = |endpoint| {
        let fault = heygen_emulator::Fault::status(endpoint, 503, "service_unavailable");
        service.emulator.fault(fault);
    };
    let upload = |flags: &[&str]| {
        busy(heygen_emulator::OperationId::UploadAsset);
        let mut command = service.heygen();
        command
            .arg("upload")
            .args(flags)
            .arg(&file)
            .run()
            .ends_with(0)
    };
    let warnings = objects(&upload(&[]).stderr);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!(text(&warnings[0], "code"), "retrying");
    assert_eq!(text(&warnings[0], "file"), file.to_str().unwrap());
    assert!(
        text(&warnings[0], "message").contains("503"),
        "{warnings:?}"
    );
    let human = upload(&["--output", "human"]).stderr;
    assert!(human.contains("step single failed: 503"), "{human}");
    assert_eq!(upload(&["--progress", "none"]).stderr, "");

    // So it is for a request that is no upload.
    busy(heygen_emulator::OperationId::ListVideos);
    let listed = service.heygen().args(["videos", "list"]).run().ends_with(0);
    let warnings = objects(&listed.stderr);
    assert_eq!(text(&warnings[0], "code"), "retrying");
    assert!(
        text(&warnings[0], "message").contains("503"),
        "{warnings:?}"
    );
}
