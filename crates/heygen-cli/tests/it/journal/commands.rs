//! `heygen-rs journal`.

use heygen_client::{Journal as _, JournalKey};
use heygen_emulator::Endpoint;
use heygen_journal::SqliteJournal;
use serde_json::Value;

use super::Desk;
use crate::support::{Service, mp4, text};

impl Desk {
    /// Returns what is remembered, as `file name state`.
    fn remembered(&self) -> Vec<String> {
        let list = self.run("journal list").ends_with(0).objects();
        let lines = list.iter().map(|upload| {
            let file = text(upload, "file").rsplit('/').next().unwrap();
            format!("{file} {}", text(upload, "state"))
        });
        lines.collect()
    }

    fn id(&self, name: &str) -> String {
        let list = self.run("journal list").ends_with(0).objects();
        let is_it = |upload: &&Value| text(upload, "file").ends_with(name);
        text(list.iter().find(is_it).unwrap(), "id").to_owned()
    }
}

#[test]
fn what_is_remembered_can_be_looked_at() {
    let desk = Desk::new();
    assert_eq!(desk.run("journal list").ends_with(0).stdout, "");
    assert_eq!(
        desk.run("journal list --output human").ends_with(0).stdout,
        "none\n"
    );
    desk.folder.png("a.png");
    let uploaded = desk.run("upload a.png").ends_with(0).object();
    desk.begin("clip.mp4");
    assert_eq!(desk.remembered(), ["a.png finished", "clip.mp4 stored"]);
    let stored = desk.run("journal list --state stored").ends_with(0);
    assert_eq!(text(&stored.object(), "name"), "clip.mp4");

    let id = desk.id("a.png");
    let shown = desk
        .run(&format!("journal show {}", &id[..6]))
        .ends_with(0)
        .object();
    for (field, same) in [
        ("asset_id", "asset_id"),
        ("size_bytes", "size_bytes"),
        ("sha256", "sha256"),
        ("mime_type", "mime_type"),
        ("route", "route"),
    ] {
        assert_eq!(shown[field], uploaded[same], "{field}");
    }
    assert_eq!(text(&shown, "id"), id);
    assert_eq!(text(&shown, "account").len(), 64);
    assert!(text(&shown, "begun_at") <= text(&shown, "updated_at"));

    let table = desk.run("journal list --output human").ends_with(0).stdout;
    let lines: Vec<&str> = table.lines().collect();
    assert!(
        lines[0].starts_with("ID            STATE     ASSET_ID"),
        "{table}"
    );
    assert!(
        lines[1].contains("finished") && lines[1].ends_with("a.png"),
        "{table}"
    );
    assert!(
        lines[2].contains("stored") && lines[2].ends_with("clip.mp4"),
        "{table}"
    );
    let page = desk
        .run(&format!("journal show {id} --output human"))
        .ends_with(0)
        .stdout;
    assert!(page.contains("state       finished\n"), "{page}");

    for (line, code) in [
        (
            "journal show 00000000000000000000000000000000",
            "unknown_upload",
        ),
        ("journal show xyz", "usage"),
    ] {
        assert_eq!(
            text(&desk.run(line).ends_with(2).error(), "code"),
            code,
            "{line}"
        );
    }
}

#[test]
fn everything_that_was_begun_is_gone_on_with() {
    let desk = Desk::new();
    for name in ["one.mp4", "second.mp4", "changed.mp4", "gone.mp4"] {
        desk.begin(name);
    }
    desk.folder.png("a.png");
    desk.run("upload a.png").ends_with(0);
    let puts = desk.count(Endpoint::StoragePut);
    desk.folder.file("changed.mp4", &mp4(500_000));
    std::fs::remove_file(desk.folder.path().join("gone.mp4")).unwrap();

    let done = desk.run("journal resume").ends_with(5);
    let mut ends: Vec<String> = done
        .objects()
        .iter()
        .map(|end| {
            let file = text(end, "file").rsplit('/').next().unwrap();
            match end.get("error") {
                Some(error) => format!("{file} {}", text(error, "code")),
                None => format!("{file} {}", end["resumed"]),
            }
        })
        .collect();
    ends.sort();
    let expected = [
        "changed.mp4 source_changed",
        "gone.mp4 source_unreadable",
        "one.mp4 true",
        "second.mp4 true",
    ];
    assert_eq!(ends, expected);
    assert_eq!(desk.count(Endpoint::StoragePut), puts);
    let id = desk.id("one.mp4");
    let error = desk
        .run(&format!("journal resume {id}"))
        .ends_with(2)
        .file_error();
    assert_eq!(text(&error, "code"), "finished");
}

#[test]
fn what_was_begun_elsewhere_is_left_to_others() {
    let desk = Desk::new();
    desk.begin("clip.mp4");
    let other = Service::start();
    let resume = |line: &str| {
        let mut command = desk.heygen();
        command.env("HEYGEN_API_BASE", other.emulator.url());
        let command = command.args(line.split_whitespace());
        crate::support::RunExt::run(command)
    };
    let all = resume("journal resume --output human").ends_with(0);
    assert!(all.stderr.contains("1 more were begun"), "{all:?}");
    let id = desk.id("clip.mp4");
    let error = resume(&format!("journal resume {id}"))
        .ends_with(2)
        .file_error();
    assert_eq!(text(&error, "code"), "other_account");
    assert_eq!(other.emulator.assets().len(), 0);
    let error = resume("journal resume --emulator").ends_with(2).error();
    assert!(text(&error, "hint").contains("--emulator"), "{error}");
}

#[test]
fn forgetting_is_asked_for_or_confirmed() {
    let desk = Desk::new();
    desk.begin("clip.mp4");
    desk.folder.png("a.png");
    desk.run("upload a.png").ends_with(0);
    let id = desk.id("clip.mp4");
    desk.run(&format!("journal forget {id}")).ends_with(2);
    desk.run("journal prune --all").ends_with(2);
    desk.run("journal prune --yes").ends_with(2);
    assert_eq!(desk.remembered().len(), 2);
    let forgotten = desk.run(&format!("journal forget {id} --yes")).ends_with(0);
    assert_eq!(text(&forgotten.object(), "id"), id);
    assert_eq!(desk.remembered(), ["a.png finished"]);
    // What is stored at HeyGen stays there.
    assert_eq!(desk.service.emulator.assets().len(), 2);
}

#[test]
fn what_goes_on_is_not_forgotten() {
    let desk = Desk::new();
    desk.begin("clip.mp4");
    let forget = format!("journal forget {} --yes", desk.id("clip.mp4"));
    let journal = SqliteJournal::open(desk.journal()).unwrap();
    let upload = journal.uploads().unwrap().remove(0);
    let key = JournalKey::new(upload.account, upload.source);
    let claim = journal.claim(&key).unwrap();
    let error = desk.run(&forget).ends_with(6).error();
    assert_eq!(text(&error, "code"), "upload_in_progress");
    assert!(text(&error, "hint").contains("journal list"), "{error}");
    assert_eq!(desk.remembered(), ["clip.mp4 stored"]);
    drop(claim);
    desk.run(&forget).ends_with(0);
}

#[test]
fn pruning_takes_what_the_conditions_say() {
    let desk = Desk::new();
    desk.folder.png("a.png");
    desk.run("upload a.png").ends_with(0);
    desk.begin("clip.mp4");
    desk.begin("gone.mp4");
    std::fs::remove_file(desk.folder.path().join("gone.mp4")).unwrap();
    let pruned = |conditions: &str| {
        let done = desk.run(&format!("journal prune --yes {conditions}"));
        done.ends_with(0).objects().len()
    };
    assert_eq!(pruned("--older-than 1h"), 0);
    assert_eq!(pruned("--missing --state finished"), 0);
    assert_eq!(pruned("--missing"), 1);
    assert_eq!(desk.remembered(), ["a.png finished", "clip.mp4 stored"]);
    assert_eq!(pruned("--state finished"), 1);
    let words = desk
        .run("journal prune --all --yes --output human")
        .ends_with(0);
    assert_eq!(
        words.stdout,
        "1 upload forgotten; nothing at HeyGen was deleted\n"
    );
    assert_eq!(desk.remembered().len(), 0);
}
