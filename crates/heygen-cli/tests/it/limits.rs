//! Machines that have little to give: few open files, no threads, a small address space.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use heygen_emulator::{Endpoint, OperationId};

use crate::support::{Folder, Run, RunExt as _, Service, png, text};

const FILES: usize = 60;

/// Files of which no two are alike.
fn files() -> Folder {
    let folder = Folder::new();
    for index in 0..FILES {
        folder.file(format!("in/{index}.png"), &png(2000 + index));
    }
    folder
}

/// Prepares to run a program with the environment of [`Service::heygen`], in a shell that has set a
/// limit first.
fn limited(service: &Service, limit: &str, program: &Path) -> Command {
    let heygen = service.heygen();
    let mut shell = Command::new("/bin/sh");
    let script = format!("{limit} && exec \"$0\" \"$@\"");
    shell.args(["-c", &script]).arg(program);
    for (name, value) in heygen.get_envs() {
        if let Some(value) = value {
            shell.env(name, value);
        }
    }
    shell.stdin(Stdio::null());
    shell
}

/// Prepares to upload a folder under a limit.
fn upload(service: &Service, limit: &str, folder: &Path, flags: &[&str]) -> Command {
    let mut command = limited(service, limit, Path::new(HEYGEN));
    command
        .env("HEYGEN_JOURNAL", folder.join("journal.db"))
        .args(["upload", "--json", "-j", "64", "-r"])
        .arg(folder.join("in"))
        .args(flags);
    command
}

const HEYGEN: &str = env!("CARGO_BIN_EXE_heygen-rs");

#[track_caller]
fn all_stored(run: Run) {
    let results = run.ends_with(0).objects();
    assert_eq!(results.len(), FILES);
    assert!(results.iter().all(|result| result["asset_id"].is_string()));
}

#[test]
fn a_low_limit_of_open_files_fails_no_file_and_doubles_none() {
    // A soft limit is raised; under a hard one fewer files go at once.
    for limit in ["ulimit -S -n 32", "ulimit -n 32"] {
        for route in ["single", "direct"] {
            let (service, folder) = (Service::start(), files());
            let flags = ["--route", route];
            all_stored(upload(&service, limit, folder.path(), &flags).run());
            all_stored(upload(&service, limit, folder.path(), &flags).run());
            let assets = service.emulator.assets();
            assert_eq!(assets.len(), FILES, "{limit} {route}");
            assert!(assets.iter().all(|asset| asset.is_finalised));
            let requests = service.emulator.requests();
            let is_sent = |request: &&heygen_emulator::RequestRecord| {
                matches!(
                    request.endpoint,
                    Some(Endpoint::Api(OperationId::UploadAsset) | Endpoint::StoragePut)
                )
            };
            assert_eq!(
                requests.iter().filter(is_sent).count(),
                FILES,
                "{limit} {route}"
            );
        }
        let (service, folder) = (Service::start(), files());
        all_stored(upload(&service, limit, folder.path(), &["--emulator"]).run());
    }
}

#[test]
fn a_limit_that_leaves_hardly_anything_stores_all_files_or_stops_once() {
    // Which of these is the first that is enough depends on the system.
    let ends = (6..=24).map(|limit| {
        let (service, folder) = (Service::start(), files());
        let shell = format!("ulimit -n {limit}");
        let run = upload(&service, &shell, folder.path(), &["--no-journal"]).run();
        assert!(!run.stderr.contains("retrying"), "{limit}: {run:#?}");
        if run.code == Some(0) {
            assert_eq!(service.emulator.assets().len(), FILES, "{limit}");
            return true;
        }
        let error = run.ends_with(6).error();
        assert_eq!(text(&error, "code"), "local_resources", "{limit}: {error}");
        assert!(service.emulator.requests().is_empty(), "{limit}");
        false
    });
    let ends: Vec<_> = ends.collect();
    assert!(ends.is_sorted(), "{ends:?}");
    assert!(ends[8..].iter().all(|is_stored| *is_stored), "{ends:?}");
}

#[test]
fn a_limit_that_leaves_nothing_is_an_error_of_this_machine() {
    let service = Service::start();
    let folder = Folder::new();
    let file = folder.png("a.png").display().to_string();
    let encoded = format!("base64:{file}");
    let create = [
        "video-agents",
        "create",
        "--prompt",
        "x",
        "--file",
        &encoded,
    ];
    // How many files the program itself has open depends on the system; the lowest of these limits
    // leaves none for the request, and the highest is enough.
    let limits: Vec<u32> = (5..=24).collect();
    for (words, limits) in [
        (&create[..], &limits[..]),
        (&["assets", "upload", &file], &limits),
        (&["upload", "--no-journal", &file], &limits),
    ] {
        let mut codes = Vec::new();
        for limit in limits {
            let context = format!("{words:?} {limit}");
            let limit = format!("ulimit -n {limit}");
            let before = service.emulator.requests().len();
            let run = limited(&service, &limit, Path::new(HEYGEN))
                .args(words)
                .run();
            assert!(!run.stderr.contains("panicked"), "{context}: {run:#?}");
            codes.push(run.code);
            if run.code == Some(0) {
                let object = run.object();
                let id = [
                    &object["asset_id"],
                    &object["data"]["asset_id"],
                    &object["data"]["session_id"],
                ];
                assert!(id.iter().any(|id| id.is_string()), "{context}: {run:#?}");
                assert_eq!(service.emulator.requests().len(), before + 1, "{context}");
                continue;
            }
            let error = match run.objects().first() {
                Some(result) => result["error"].clone(),
                None => run.error(),
            };
            assert_eq!(
                text(&error, "code"),
                "local_resources",
                "{context}: {error}"
            );
            assert_eq!(error["retryable"], true, "{context}: {error}");
            let hint = text(&error, "hint");
            assert!(hint.contains("open files"), "{context}: {error}");
            // What only one command has is advised by that one alone.
            assert!(
                words[0] == "upload" || !hint.contains("-j"),
                "{context}: {error}"
            );
        }
        assert_ne!(codes.first(), Some(&Some(0)), "{words:?}");
        assert_eq!(codes.last(), Some(&Some(0)), "{words:?}");
    }
}

#[test]
fn files_of_a_request_follow_the_limit_of_open_files() {
    let (service, folder) = (Service::start(), Folder::new());
    let mut command = limited(&service, "ulimit -n 32", Path::new(HEYGEN));
    command.args(["video-agents", "create", "--prompt", "x"]);
    for index in 0..20 {
        let file = folder.file(format!("{index}.png"), &png(2000 + index));
        command.arg("--file").arg(file);
    }
    let run = command.run().ends_with(0);
    // Not even one was more than there was room for.
    assert_eq!(run.stderr, "");
    let assets = service.emulator.assets();
    assert_eq!(assets.len(), 20);
    assert!(assets.iter().all(|asset| asset.is_finalised));
}

#[test]
fn a_program_without_threads_works_or_says_why() {
    use std::os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _},
        process::CommandExt as _,
    };
    let (service, folder) = (Service::start(), Folder::new());
    let place = folder.path();
    let file = folder.png("a.png");
    let mut program = Path::new(HEYGEN).to_owned();
    let is_superuser = fs::metadata(place).unwrap().uid() == 0;
    if is_superuser {
        // Which somebody else may run, wherever the tests were built.
        program = place.join("heygen-rs");
        fs::copy(HEYGEN, &program).unwrap();
        fs::set_permissions(place, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut command = limited(&service, NO_THREADS, &program);
    command.args(["upload", "--json"]).arg(file);
    if is_superuser {
        // No limit of processes binds the superuser.
        command.uid(NOBODY).gid(NOBODY);
    }
    let run = command.run();
    // Nor whoever has such a right in another way, as in some containers.
    if run.code == Some(0) {
        assert!(run.object()["asset_id"].is_string(), "{run:#?}");
        return;
    }
    let error = run.ends_with(6).error();
    assert_eq!(text(&error, "code"), "local_resources", "{error}");
    assert!(text(&error, "hint").contains("ulimit -u"), "{error}");
    assert!(service.emulator.requests().is_empty());
}

/// Leaves room for one process, which is there already. Shells have two names for it.
const NO_THREADS: &str = "{ (ulimit -u 1) 2>/dev/null && ulimit -u 1 || ulimit -p 1; }";

/// A user who exists nowhere and owns nothing.
const NOBODY: u32 = 65_534;

#[cfg(target_os = "linux")]
#[test]
fn a_small_address_space_is_enough_for_many_uploads() {
    let (service, folder) = (Service::start(), files());
    for flags in [&[][..], &["--emulator", "--no-journal"]] {
        let limit = "ulimit -v 600000";
        all_stored(upload(&service, limit, folder.path(), flags).run());
    }
}
