//! What is remembered from one command to the next.

mod commands;
mod troubles;

use std::{fs, path::PathBuf, process::Command};

use heygen_emulator::{Endpoint, Fault, OperationId};

use crate::support::{Folder, Run, RunExt as _, Service, mp4, text};

/// A server, a folder with files, and a journal beside them.
pub(super) struct Desk {
    pub(super) service: Service,
    pub(super) folder: Folder,
}

impl Desk {
    pub(super) fn new() -> Self {
        let (service, folder) = (Service::start(), Folder::new());
        Self { service, folder }
    }

    pub(super) fn journal(&self) -> PathBuf {
        self.folder.path().join("state/journal.db")
    }

    pub(super) fn heygen(&self) -> Command {
        let mut command = self.service.heygen();
        command.env("HEYGEN_JOURNAL", self.journal());
        command
    }

    pub(super) fn run(&self, line: &str) -> Run {
        let words = line.split_whitespace();
        self.heygen()
            .current_dir(self.folder.path())
            .args(words)
            .run()
    }

    pub(super) fn count(&self, endpoint: impl Into<Endpoint>) -> usize {
        let endpoint = Some(endpoint.into());
        let requests = self.service.emulator.requests();
        let to_it = |request: &&heygen_emulator::RequestRecord| request.endpoint == endpoint;
        requests.iter().filter(to_it).count()
    }

    /// Returns how many assets can be used.
    pub(super) fn finalised(&self) -> usize {
        let assets = self.service.emulator.assets();
        assets.iter().filter(|asset| asset.is_finalised).count()
    }

    /// Begins an upload whose bytes storage accepts, and which is not completed.
    pub(super) fn begin(&self, name: &str) {
        self.begin_with(name, "");
    }

    fn begin_with(&self, name: &str, options: &str) {
        // Names of different lengths have different bytes, or they would be one asset.
        self.folder.file(name, &mp4(300_000 + name.len()));
        let fault = Fault::status(OperationId::CompleteAsset, 503, "unavailable");
        self.service.emulator.fault(fault.times(100));
        let line = format!("upload --route direct --max-retries 0 {options} {name}");
        self.run(&line).ends_with(1);
        self.service.emulator.clear_faults();
    }
}

#[test]
fn what_is_stored_already_is_not_sent_again() {
    for route in ["single", "direct"] {
        let desk = Desk::new();
        desk.folder.png("a.png");
        let line = format!("upload --route {route} a.png");
        let first = desk.run(&line).ends_with(0).object();
        assert_eq!(
            (&first["reused"], &first["resumed"]),
            (&false.into(), &false.into())
        );
        let before = desk.service.emulator.requests().len();

        let second = desk.run(&line).ends_with(0).object();
        assert_eq!(text(&second, "asset_id"), text(&first, "asset_id"));
        assert_eq!(second["reused"], true);
        assert!(text(&second, "url").starts_with("http://127.0.0.1"));
        for field in ["mime_type", "size_bytes", "sha256", "route"] {
            assert_eq!(second[field], first[field], "{field}");
        }
        // One look whether the asset is still there, and nothing else.
        assert_eq!(desk.service.emulator.requests().len(), before + 1);
        assert_eq!(desk.count(OperationId::GetAsset), 1);

        // Another name for the same bytes changes nothing.
        fs::copy(
            desk.folder.path().join("a.png"),
            desk.folder.path().join("b.png"),
        )
        .unwrap();
        let other = desk.run("upload b.png").ends_with(0).object();
        assert_eq!(text(&other, "asset_id"), text(&first, "asset_id"));
        assert_eq!(desk.finalised(), 1);

        let words = desk
            .run("upload --output human --progress plain a.png")
            .ends_with(0);
        assert!(words.stdout.contains("was stored already"), "{words:?}");
        assert!(
            words.stderr.contains("stored already as asset_"),
            "{words:?}"
        );
        let events = desk.run("upload --progress json a.png").ends_with(0);
        assert!(
            events.stderr.contains(r#""event":"already_stored""#),
            "{events:?}"
        );
    }
}

#[test]
fn the_same_command_finishes_what_was_begun() {
    let desk = Desk::new();
    desk.begin("clip.mp4");
    assert_eq!((desk.count(Endpoint::StoragePut), desk.finalised()), (1, 0));
    let again = desk
        .run("upload --route direct --progress json clip.mp4")
        .ends_with(0);
    assert!(
        again.stderr.contains(r#""event":"resumed","stored":true"#),
        "{again:?}"
    );
    let object = again.object();
    assert_eq!(
        (&object["reused"], &object["resumed"]),
        (&false.into(), &true.into())
    );
    assert_eq!((desk.count(Endpoint::StoragePut), desk.finalised()), (1, 1));

    desk.begin("other.mp4");
    let words = desk.run("upload --route direct --output human --progress plain other.mp4");
    let words = words.ends_with(0);
    assert!(words.stdout.contains("was begun before"), "{words:?}");
    assert!(words.stderr.contains("storage has all of it"), "{words:?}");
}

#[cfg(unix)]
#[test]
fn bytes_that_are_not_those_of_the_file_any_more_are_not_completed() {
    for checksum in ["declared", "completion", "off"] {
        for line in ["upload --route direct clip.mp4", "journal resume"] {
            let desk = Desk::new();
            let path = desk.folder.path().join("clip.mp4");
            let options = format!("--checksum {checksum}");
            desk.begin_with("clip.mp4", &options);
            // As `touch -r` does it.
            let time = fs::metadata(&path).unwrap().modified().unwrap();
            let mut content = fs::read(&path).unwrap();
            content[200_000] ^= 1;
            fs::write(&path, &content).unwrap();
            let file = fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(time).unwrap();

            let is_upload = line.starts_with("upload");
            let done = match is_upload {
                true => desk.run(&format!("{line} {options}")),
                false => desk.run(line),
            };
            // To resume an upload of which nobody knows the digest would be to begin another one.
            if !is_upload && checksum == "off" {
                let error = done.ends_with(6).file_error();
                assert_eq!(text(&error, "code"), "source_changed");
                continue;
            }
            done.ends_with(0);
            let assets = desk.service.emulator.assets();
            let finalised: Vec<_> = assets.iter().filter(|it| it.is_finalised).collect();
            let [asset] = &finalised[..] else {
                panic!("{finalised:?}")
            };
            let stored = asset.content.as_ref().unwrap().read().unwrap();
            assert!(stored == content, "{checksum}, {line}");
        }
    }
}

#[test]
fn fresh_sends_anyway_and_without_a_journal_nothing_is_remembered() {
    let desk = Desk::new();
    desk.folder.png("a.png");
    desk.run("upload --no-journal a.png").ends_with(0);
    assert!(!desk.journal().exists());
    desk.run("upload a.png").ends_with(0);
    desk.run("upload --no-journal a.png").ends_with(0);
    let fresh = desk.run("upload --fresh a.png").ends_with(0).object();
    assert_eq!(fresh["reused"], false);
    assert_eq!(desk.finalised(), 4);
    // The newest is the one that is found.
    let found = desk.run("upload a.png").ends_with(0).object();
    assert_eq!(text(&found, "asset_id"), text(&fresh, "asset_id"));
}

#[test]
fn an_asset_that_is_gone_is_uploaded_again() {
    let desk = Desk::new();
    desk.folder.png("a.png");
    let first = desk.run("upload a.png").ends_with(0).object();
    let first = text(&first, "asset_id");
    desk.run(&format!("assets delete {first} --yes"))
        .ends_with(0);
    let second = desk.run("upload a.png").ends_with(0).object();
    assert_ne!(text(&second, "asset_id"), first);
    assert_eq!(second["reused"], false);
    assert_eq!(desk.run("journal list").objects().len(), 1);
}

#[test]
fn files_of_a_request_are_remembered_too() {
    let desk = Desk::new();
    desk.folder.png("a.png");
    let create = "video-agents create --prompt Hello --file a.png";
    desk.run(create).ends_with(0);
    desk.run(create).ends_with(0);
    assert_eq!(desk.finalised(), 1);
    desk.run(&format!("{create} --fresh")).ends_with(0);
    assert_eq!(desk.finalised(), 2);
    desk.run(&format!("{create} --no-journal")).ends_with(0);
    assert_eq!(desk.finalised(), 3);
}

#[test]
fn what_uploads_nothing_touches_no_journal() {
    let desk = Desk::new();
    desk.folder.png("a.png");
    for line in [
        "--version",
        "upload --dry-run a.png",
        "upload --emulator a.png",
        "users me get",
        "videos create --request-schema",
    ] {
        desk.run(line).ends_with(0);
        assert!(!desk.journal().parent().unwrap().exists(), "{line}");
    }
}

#[test]
fn no_secret_is_in_its_files() {
    let desk = Desk::new();
    desk.begin("clip.mp4");
    desk.folder.file("big.mp4", &mp4(400_000));
    // A URL that is still needed: the bytes did not arrive.
    let fault = Fault::close(Endpoint::StoragePut);
    desk.service.emulator.fault(fault.times(100));
    desk.run("upload --route direct --max-retries 0 big.mp4")
        .ends_with(1);
    let key = desk.service.emulator.api_key();
    let signature = "X-Amz-Signature";
    assert!(!desk.holds(&key));
    assert!(
        desk.holds(signature),
        "the test would not see a URL that stays"
    );

    desk.service.emulator.clear_faults();
    desk.run("journal resume").ends_with(0);
    assert_eq!(desk.finalised(), 2);
    assert!(!desk.holds(&key) && !desk.holds(signature));
}

impl Desk {
    /// Tells whether a text stands in a file of the journal.
    pub(super) fn holds(&self, text: &str) -> bool {
        let files = fs::read_dir(self.journal().parent().unwrap()).unwrap();
        files.map(|file| file.unwrap().path()).any(|path| {
            let bytes = if path.is_file() {
                fs::read(path).unwrap()
            } else {
                Vec::new()
            };
            bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        })
    }
}
