//! Slow links, dead ones, and a file that is written to meanwhile.

use std::{
    fs::OpenOptions,
    io::{BufRead as _, BufReader, Write as _},
    process::Stdio,
    time::Duration,
};

use heygen_emulator::{Endpoint, Fault, Pace, StorageCode};

use crate::support::{Folder, RunExt as _, Service, mp4, text};

const MB: usize = 1_000_000;

/// Has storage take 3 MB in a second.
fn slow() -> Service {
    let service = Service::start();
    let pace = Pace::per_second(3_000_000);
    service
        .emulator
        .fault(Fault::slow_reading(Endpoint::StoragePut, pace).always());
    service
}

fn puts(service: &Service) -> usize {
    let requests = service.emulator.requests();
    let puts = requests
        .iter()
        .filter(|request| request.endpoint == Some(Endpoint::StoragePut));
    puts.count()
}

#[test]
fn a_slow_link_is_no_stall() {
    let (service, folder) = (slow(), Folder::new());
    let file = folder.file("long.mp4", &mp4(36 * MB));
    let done = service
        .heygen()
        .args(["upload", "--json", "--stall-timeout", "3s"])
        .arg(file)
        .run()
        .ends_with(0);
    assert_eq!(done.object()["attempts"], 1);
    assert_eq!(puts(&service), 1);
}

#[test]
fn a_storage_that_never_answers_is_given_up() {
    // Before the first byte is read, and after the last.
    for fault in [
        Fault::stall(Endpoint::StoragePut, 0).always(),
        Fault::storage(StorageCode::SlowDown)
            .with_delay(Duration::from_secs(60))
            .always(),
    ] {
        let (service, folder) = (Service::start(), Folder::new());
        service.emulator.fault(fault);
        let done = service
            .heygen()
            .args(["upload", "--json", "--route=direct", "--max-retries=2"])
            .args(["--stall-timeout=300ms", "--answer-timeout=300ms"])
            .arg(folder.png("a.png"))
            .run()
            .ends_with(4);
        let error = done.file_error();
        assert_eq!(error["retryable"], true, "{error}");
        assert!(text(&error, "message").contains("attempts"), "{error}");
        assert_eq!(puts(&service), 3, "as often as it may be tried");
        let assets = service.emulator.assets();
        assert!(assets.iter().all(|asset| !asset.is_finalised));
    }
}

#[test]
fn a_file_that_is_edited_while_it_is_sent_becomes_no_asset() {
    let (service, folder) = (slow(), Folder::new());
    let file = folder.file("long.mp4", &mp4(36 * MB));
    let mut child = service
        .heygen()
        .args(["upload", "--json", "--progress", "json"])
        .arg(&file)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut progress = BufReader::new(child.stderr.take().unwrap()).lines();
    let sends = progress.any(|line| line.unwrap().contains("\"sending\""));
    assert!(sends, "it ended before it sent anything");
    let mut edited = OpenOptions::new().append(true).open(&file).unwrap();
    edited.write_all(b"edited").unwrap();
    drop(edited);
    // What it has to say is read, or it would wait for that.
    progress.for_each(drop);
    let output = child.wait_with_output().unwrap();
    let done = crate::support::Run::from(output).ends_with(6);
    let error = done.file_error();
    assert_eq!(text(&error, "code"), "source_changed");
    let assets = service.emulator.assets();
    assert!(assets.iter().all(|asset| !asset.is_finalised));
}
