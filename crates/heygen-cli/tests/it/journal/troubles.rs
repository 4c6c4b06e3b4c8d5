//! A journal that cannot be used costs nobody an upload.

use std::fs;

use super::Desk;
use crate::support::{Run, RunExt as _, objects, text};

impl Desk {
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
