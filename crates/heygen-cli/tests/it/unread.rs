//! Output that nobody reads: a pager that was left open, a terminal that was stopped.
#![cfg(unix)]

use std::{
    io::{BufRead as _, BufReader, Read as _},
    os::unix::process::ExitStatusExt as _,
    process::{Child, Command, Stdio},
};

use serde_json::json;

use crate::{
    exits::signal,
    recorder::{Recorder, Reply},
    support::{Folder, Service, mp4, png, until},
};

/// So many that what is said of them is more than a pipe takes.
const FILES: usize = 400;

/// Interrupts a program once, which has to be enough to end it.
#[track_caller]
fn end_by_interrupt(child: &mut Child) {
    assert!(child.try_wait().unwrap().is_none(), "it has ended before");
    // Not SIGINT: whoever runs the tests in the background of a shell has it ignored.
    signal("-TERM", child.id());
    let mut end = None;
    until("the end after an interrupt", || {
        end = child.try_wait().unwrap();
        end.is_some()
    });
    let end = end.unwrap();
    // A command that has nothing to clean up leaves the signal to the system.
    let is_interrupted = end.code() == Some(130) || end.signal() == Some(15);
    assert!(is_interrupted, "{end}");
}

#[test]
fn transfers_do_not_wait_for_a_reader() {
    let folder = Folder::new();
    for index in 0..FILES {
        folder.file(format!("{index}.png"), &png(64));
    }
    let events = ["--progress", "json"];
    for (unread, flags) in [
        ("stdout", &[][..]),
        ("stderr", &events),
        ("one pipe for both", &events),
    ] {
        let service = Service::start();
        let mut command = service.heygen();
        command
            .args(["upload", "-r"])
            .arg(folder.path())
            .args(flags);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        // Held and never read.
        let (_reader, writer) = std::io::pipe().unwrap();
        if unread != "stderr" {
            command.stdout(writer.try_clone().unwrap());
        }
        if unread != "stdout" {
            command.stderr(writer.try_clone().unwrap());
        }
        let mut child = command.spawn().unwrap();
        drop((writer, command));
        until(unread, || service.emulator.assets().len() == FILES);
        end_by_interrupt(&mut child);
    }
}

#[test]
fn what_was_said_comes_whole_to_a_reader_that_is_late() {
    let (service, folder) = (Service::start(), Folder::new());
    for index in 0..FILES {
        folder.file(format!("{index}.png"), &png(64));
    }
    let mut command = service.heygen();
    command.args(["upload", "-r"]).arg(folder.path());
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    until("all files", || service.emulator.assets().len() == FILES);
    let stdout = BufReader::new(child.stdout.take().unwrap());
    assert_eq!(stdout.lines().count(), FILES);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// Starts a command whose output nobody reads, and interrupts it once it has written some of it.
#[track_caller]
fn stopped_in_the_middle(command: &mut Command) {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 1]).unwrap();
    end_by_interrupt(&mut child);
}

#[test]
fn one_interrupt_ends_a_large_answer_and_a_download() {
    let titles = "x".repeat(1_000_000);
    let page = json!({"data": [{"id": "v", "title": titles}], "has_more": true, "next_token": "t"});
    let page = page.to_string();
    let api = Recorder::new(move |_| Reply(200, Vec::new(), page.clone().into()));
    stopped_in_the_middle(api.heygen().args(["videos", "list"]));
    stopped_in_the_middle(api.heygen().args(["api", "GET", "/v3/videos"]));
    // Pages that nobody reads are not fetched.
    let before = api.seen().len();
    stopped_in_the_middle(api.heygen().args(["videos", "list", "--all"]));
    assert!(api.seen().len() - before <= 2, "{}", api.seen().len());

    let storage = Recorder::new(|_| Reply(200, Vec::new(), mp4(1_000_000)));
    let url = storage.server.url("/v.mp4");
    let api = Recorder::new(
        move |_| json!({"data": {"id": "v1", "status": "completed", "video_url": url}}),
    );
    stopped_in_the_middle(api.heygen().args(["videos", "download", "v1", "-o", "-"]));
}
