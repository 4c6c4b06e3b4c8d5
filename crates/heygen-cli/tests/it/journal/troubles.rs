//! A journal that cannot be used costs nobody an upload.

use std::fs;

use heygen_emulator::{Endpoint, Fault};

use super::Desk;
use crate::support::{Run, RunExt as _, mp4, objects, text};

impl Desk {
    /// Changes every place in the database where something stands, as long as it is closed.
    fn patch(&self, from: &str, to: &str) {
        let mut bytes = fs::read(self.journal()).unwrap();
        assert_eq!(from.len(), to.len());
        let places: Vec<usize> = (0..bytes.len() - from.len())
            .filter(|at| bytes[*at..].starts_with(from.as_bytes()))
            .collect();
        assert!(!places.is_empty());
        for at in places {
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
        fs::write(self.journal(), bytes).unwrap();
    }

    fn run_with(&self, journal: &str, line: &str) -> Run {
        let mut command = self.heygen();
        command.env("HEYGEN_JOURNAL", journal);
        command
            .current_dir(self.folder.path())
            .args(line.split_whitespace())
            .run()
    }
}

#[test]
fn a_place_that_cannot_be_written_is_warned_of_once() {
    let desk = Desk::new();
    desk.folder.png("a.png");
    desk.folder.file("b.png", &crate::support::png(3000));
    let done = desk
        .run_with("/dev/null/journal.db", "upload a.png b.png")
        .ends_with(0);
    assert_eq!(done.objects().len(), 2);
    let warnings = objects(&done.stderr);
    let [warning] = &warnings[..] else {
        panic!("{warnings:?}")
    };
    assert_eq!(text(warning, "code"), "journal_unusable");
    assert!(
        text(warning, "message").contains("/dev/null/journal.db"),
        "{warning}"
    );
    assert!(warning.get("file").is_none());

    let line = "upload --output human a.png";
    let words = desk.run_with("/dev/null/journal.db", line).ends_with(0);
    assert!(
        words.stderr.starts_with("warning: the journal /dev/null"),
        "{words:?}"
    );
    desk.run_with("/dev/null/journal.db", "upload --no-journal a.png")
        .ends_with(0);
}

#[test]
fn a_damaged_journal_is_begun_anew() {
    let desk = Desk::new();
    desk.folder.png("a.png");
    desk.run("upload a.png").ends_with(0);
    fs::write(desk.journal(), [0xa5; 5000]).unwrap();
    let done = desk.run("upload a.png").ends_with(0);
    assert_eq!(done.object()["reused"], false);
    let warnings = objects(&done.stderr);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!(text(&warnings[0], "code"), "journal_damaged");
    let aside = text(&warnings[0], "message").rsplit(' ').next().unwrap();
    assert_eq!(fs::read(aside).unwrap(), [0xa5; 5000]);
    assert_eq!(
        desk.run("upload a.png").ends_with(0).object()["reused"],
        true
    );
}

#[test]
fn damage_that_is_met_later_is_told_too() {
    for command in ["journal list", "journal resume"] {
        let desk = Desk::new();
        desk.folder.png("a.png");
        desk.run("upload a.png").ends_with(0);
        // The head of the file is whole, and the page with the rows is not.
        let mut bytes = fs::read(desk.journal()).unwrap();
        bytes[4096..8192].fill(0xa5);
        fs::write(desk.journal(), bytes).unwrap();
        let looked = desk.run(command).ends_with(0);
        assert!(looked.stderr.contains("journal_damaged"), "{looked:?}");
    }
}

#[test]
fn the_commands_about_it_say_why_it_cannot_be_used() {
    let desk = Desk::new();
    let error = desk
        .run_with("/dev/null/j.db", "journal list")
        .ends_with(6)
        .error();
    assert_eq!(text(&error, "code"), "journal_unusable");
    let error = desk.run_with("off", "journal list").ends_with(2).error();
    assert!(text(&error, "hint").contains("HEYGEN_JOURNAL"), "{error}");
}

#[test]
fn a_journal_of_a_newer_version_stops_what_it_may_know() {
    let newer_file = |desk: &Desk| {
        // Where SQLite keeps the version of the tables.
        let mut bytes = fs::read(desk.journal()).unwrap();
        bytes[60..64].copy_from_slice(&1000_u32.to_be_bytes());
        fs::write(desk.journal(), bytes).unwrap();
    };
    let newer_record = |desk: &Desk| desk.patch(r#""version":1"#, r#""version":2"#);
    type Change<'a> = &'a dyn Fn(&Desk);
    for (change, is_file) in [(&newer_file as Change<'_>, true), (&newer_record, false)] {
        let desk = Desk::new();
        desk.folder.png("a.png");
        desk.run("upload a.png").ends_with(0);
        change(&desk);
        let before = desk.service.emulator.requests().len();
        let create = "video-agents create --prompt Hello --file a.png";
        for line in ["upload a.png", create, "journal list"] {
            let stopped = desk.run(line).ends_with(6);
            let is_of_file = line == "upload a.png" && !is_file;
            let error = match is_of_file {
                true => stopped.file_error(),
                false => stopped.error(),
            };
            assert_eq!(text(&error, "code"), "journal_newer", "{line}: {error}");
            let is_upload = line != "journal list";
            let hint = text(&error, "hint");
            assert_eq!(hint.contains("--no-journal"), is_upload, "{line}: {error}");
            let message = text(&error, "message");
            assert_eq!(message.contains("nothing was sent"), is_upload, "{error}");
        }
        assert_eq!(desk.service.emulator.requests().len(), before);
        desk.run("upload --no-journal a.png").ends_with(0);
    }
}

#[test]
fn a_journal_that_was_emptied_is_told_of() {
    let desk = Desk::new();
    desk.folder.png("a.png");
    desk.run("upload a.png").ends_with(0);
    fs::write(desk.journal(), "").unwrap();
    let done = desk.run("upload a.png").ends_with(0);
    let warnings = objects(&done.stderr);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!(text(&warnings[0], "code"), "journal_damaged");
}

#[test]
fn a_damaged_record_is_told_of_with_its_file_and_its_asset() {
    let desk = Desk::new();
    desk.folder.png("a.png");
    let first = desk.run("upload a.png").ends_with(0).object();
    desk.patch(r#""version":1"#, r#""xxxxxxx":1"#);
    let done = desk.run("upload a.png").ends_with(0);
    assert_eq!(done.object()["reused"], false);
    let warnings = objects(&done.stderr);
    let [warning] = &warnings[..] else {
        panic!("{warnings:?}")
    };
    assert_eq!(text(warning, "code"), "journal_damaged");
    assert!(text(warning, "file").ends_with("a.png"));
    assert!(text(warning, "message").contains(text(&first, "asset_id")));
    let again = desk.run("upload a.png").ends_with(0);
    assert_eq!(
        (&again.object()["reused"], &*again.stderr),
        (&true.into(), "")
    );
}

#[test]
fn no_url_is_left_in_a_damaged_journal() {
    let desk = Desk::new();
    desk.folder.file("clip.mp4", &mp4(400_000));
    let fault = Fault::close(Endpoint::StoragePut);
    desk.service.emulator.fault(fault.times(100));
    desk.run("upload --route direct --max-retries 0 clip.mp4")
        .ends_with(1);
    assert!(desk.holds("X-Amz-Signature"));
    let mut bytes = fs::read(desk.journal()).unwrap();
    bytes[..100].fill(0xa5);
    fs::write(desk.journal(), bytes).unwrap();
    let listed = desk.run("journal list").ends_with(0);
    assert!(listed.stderr.contains("journal_damaged"), "{listed:?}");
    assert!(!desk.holds("X-Amz-") && !desk.holds("http"));
}

#[test]
fn a_journal_that_another_process_keeps_locked_is_waited_for_once() {
    let desk = Desk::new();
    let files = ["a.png", "b.png", "c.png", "d.png"];
    for (number, name) in files.iter().enumerate() {
        desk.folder.file(name, &crate::support::png(2000 + number));
    }
    desk.run("upload a.png").ends_with(0);
    let other = rusqlite::Connection::open(desk.journal()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let line = format!("upload --concurrency 1 {}", files.join(" "));
    let done = desk.run(&line).ends_with(0);
    // What can be read is known.
    let reused = done
        .objects()
        .iter()
        .filter(|it| it["reused"] == true)
        .count();
    assert_eq!((done.objects().len(), reused), (4, 1));
    let warnings = objects(&done.stderr);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!(text(&warnings[0], "code"), "journal_unusable");
    assert!(
        text(&warnings[0], "message").contains("busy"),
        "{warnings:?}"
    );
}
