//! A known key, looked for in all that the program writes: both streams, and every file in every
//! folder that it could take for its own.

use std::{fs, path::Path, process::Command};

use heygen_emulator::{Endpoint, Fault, OperationId, SlotOverride, StorageCode};
use heygen_types::UploadHeaders;

use crate::support::{Folder, Run, RunExt as _, Service, mp4, split};

const CANARY: &str = "c4n4ry-0123456789-yr4n4c";

/// A secret of somebody else, which is known by nothing but what stands before it.
const FOREIGN: &str = "f0r31gn-9876543210-n613r0f";

/// What else is secret of an upload: the part of a URL that signs it.
const SIGNED: &str = "X-Amz-Signature";

struct Cage {
    service: Service,
    folder: Folder,
}

impl Cage {
    fn new() -> Self {
        let service = Service::with(|builder| builder.api_key(CANARY));
        let folder = Folder::new();
        folder.file("clip.mp4", &mp4(200_000));
        Self { service, folder }
    }

    /// Prepares to run the program with every log on that anybody could turn on, and with a home of
    /// its own.
    fn heygen(&self) -> Command {
        let home = self.folder.path().join("home");
        fs::create_dir_all(&home).unwrap();
        let mut command = self.service.heygen();
        command
            .env("HEYGEN_CONFIG_DIR", home.join("config"))
            .env("HOME", &home)
            .env("XDG_STATE_HOME", home.join("state"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("TMPDIR", &home)
            .env("RUST_LOG", "trace")
            .env("RUST_BACKTRACE", "full")
            .current_dir(self.folder.path());
        command
    }

    fn run(&self, line: &str) -> Run {
        self.look(line, self.heygen().args(split(line)).run())
    }

    /// Looks at what a command wrote.
    #[track_caller]
    fn look(&self, line: &str, run: Run) -> Run {
        for text in [&run.stdout, &run.stderr] {
            assert!(!text.contains(CANARY), "{line}: {run:#?}");
            assert!(!text.contains(FOREIGN), "{line}: {run:#?}");
            assert!(!text.contains("panicked"), "{line}: {run:#?}");
        }
        // The URL of a result is what the user asked for; everything else keeps URLs to itself.
        let is_result = run.code == Some(0);
        assert!(
            is_result || !run.stdout.contains(SIGNED),
            "{line}: {run:#?}"
        );
        assert!(!run.stderr.contains(SIGNED), "{line}: {run:#?}");
        for (name, content) in files(&self.folder.path().join("home")) {
            let content = String::from_utf8_lossy(&content);
            // The one file that is there for the key.
            let holds_key = content.contains(CANARY) && !name.ends_with("credentials");
            assert!(!holds_key, "{line}: the key is in {name}");
        }
        run
    }
}

/// Returns every file below a folder with its content.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if let Ok(content) = fs::read(&path) {
            found.push((path.display().to_string(), content));
        }
    }
    found
}

#[test]
fn no_command_shows_the_key() {
    let cage = Cage::new();
    for line in [
        "upload clip.mp4",
        "upload clip.mp4 --route direct --progress json",
        "upload clip.mp4 --route direct --progress plain --checksum completion --wait",
        "upload clip.mp4 --dry-run",
        "upload missing.mp4",
        "auth status",
        "users get",
        "api GET /v3/users/me",
        "api GET /v3/nowhere",
        "voices list --limit 1",
        "upload --no-such-flag",
        "--version",
    ] {
        cage.run(line);
    }
    for (name, content) in files(&cage.folder.path().join("home")) {
        let content = String::from_utf8_lossy(&content);
        assert!(!content.contains(SIGNED), "a used URL is kept in {name}");
    }
    assert!(cage.service.emulator.leaks().is_empty());
}

#[test]
fn no_failure_shows_the_key() {
    let cage = Cage::new();
    let says = format!(
        "cannot take {CANARY} at https://b.example/k?{SIGNED}=1 with \
         {{\"password\":\"two {FOREIGN}\"}} and Cookie: a=b; session={FOREIGN}"
    );
    let repeats = || {
        Fault::status(OperationId::CreateDirectUpload, 422, "refused").with_message(says.clone())
    };
    let mut slot = SlotOverride::default();
    slot.upload_headers = Some(UploadHeaders::new().with("x-amz-security-token", CANARY));
    let mut bad_slot = SlotOverride::default();
    bad_slot.upload_headers = Some(UploadHeaders::new().with("x-note", format!("{CANARY}\r\n")));
    for (name, fault) in [
        ("the API repeats the key", repeats()),
        (
            "the key is refused",
            Fault::status(OperationId::CreateDirectUpload, 401, "unauthorized")
                .with_message(says.clone()),
        ),
        (
            "the answer is no JSON",
            Fault::raw(OperationId::CreateDirectUpload, 200, "text/html", CANARY),
        ),
        (
            "the answer is of another type",
            Fault::raw(
                OperationId::CreateDirectUpload,
                200,
                "application/json",
                format!(r#"{{"data":"{CANARY}"}}"#),
            ),
        ),
        (
            "storage refuses",
            Fault::storage(StorageCode::SignatureDoesNotMatch),
        ),
        (
            "storage hangs up",
            Fault::reset(Endpoint::StoragePut, 1_000),
        ),
        ("storage wants a token", Fault::slot(slot)),
        ("storage wants nonsense", Fault::slot(bad_slot)),
        (
            "completion is refused",
            Fault::status(OperationId::CompleteAsset, 422, "refused").with_message(says.clone()),
        ),
    ] {
        cage.service.emulator.fault(fault.times(9));
        for format in ["--json", ""] {
            let line = format!("upload clip.mp4 --route direct {format}");
            let run = cage
                .heygen()
                .args(split(&line))
                .env("HEYGEN_MAX_RETRIES", "1")
                .run();
            cage.look(name, run);
        }
        cage.service.emulator.clear_faults();
    }
    assert!(cage.service.emulator.leaks().is_empty());
}

#[test]
fn a_wrong_key_is_not_repeated() {
    let cage = Cage::new();
    let wrong = format!("{CANARY}-wrong");
    for line in ["upload clip.mp4", "users get", "auth status"] {
        let run = cage
            .heygen()
            .env("HEYGEN_API_KEY", &wrong)
            .args(split(line))
            .run();
        cage.look(line, run);
    }
    // Two lines are no key; what is wrong is said without it.
    let run = cage
        .heygen()
        .env("HEYGEN_API_KEY", format!("{CANARY}\nx"))
        .args(["users", "get"])
        .run();
    cage.look("a broken key", run);
    let flag = cage
        .heygen()
        .args(["--api-key", CANARY, "users", "get"])
        .run();
    assert_eq!(flag.code, Some(2), "the key is no flag");
}

#[cfg(unix)]
#[test]
fn the_stored_key_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let cage = Cage::new();
    let mut command = cage.heygen();
    command.env_remove("HEYGEN_API_KEY").args(["auth", "login"]);
    let run = cage.look("auth login", command.run_with_stdin(CANARY.as_bytes()));
    assert_eq!(run.code, Some(0), "{run:#?}");
    let home = cage.folder.path().join("home");
    let kept: Vec<_> = files(&home)
        .into_iter()
        .filter(|(_, content)| String::from_utf8_lossy(content).contains(CANARY))
        .collect();
    assert_eq!(kept.len(), 1, "the key is kept in one place");
    let mode = fs::metadata(&kept[0].0).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
