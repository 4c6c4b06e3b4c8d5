//! Machines that have little to give: few open files, no threads, a small address space.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use heygen_emulator::Endpoint;

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

/// Prepares to upload a folder in a shell that has set a limit first.
fn limited(service: &Service, limit: &str, folder: &Path, flags: &[&str]) -> Command {
    let heygen = service.heygen();
    let mut shell = Command::new("/bin/sh");
    let script = format!("ulimit {limit} && exec \"$0\" \"$@\"");
    shell.args(["-c", &script]).arg(heygen.get_program());
    for (name, value) in heygen.get_envs() {
        if let Some(value) = value {
            shell.env(name, value);
        }
    }
    shell
        .env("HEYGEN_JOURNAL", folder.join("journal.db"))
        .args(["upload", "--json", "-j", "64", "-r"])
        .arg(folder.join("in"))
        .args(flags)
        .stdin(Stdio::null());
    shell
}

#[track_caller]
fn all_stored(run: Run) {
    let results = run.ends_with(0).objects();
    assert_eq!(results.len(), FILES);
    assert!(results.iter().all(|result| result["asset_id"].is_string()));
}

#[test]
fn a_low_limit_of_open_files_fails_no_file_and_doubles_none() {
    // A soft limit is raised; under a hard one fewer files go at once.
    for limit in ["-S -n 32", "-n 32"] {
        for route in ["single", "direct"] {
            let (service, folder) = (Service::start(), files());
            let flags = ["--route", route];
            all_stored(limited(&service, limit, folder.path(), &flags).run());
            all_stored(limited(&service, limit, folder.path(), &flags).run());
            let assets = service.emulator.assets();
            assert_eq!(assets.len(), FILES, "{limit} {route}");
            assert!(assets.iter().all(|asset| asset.is_finalised));
            let requests = service.emulator.requests();
            let is_sent = |request: &&heygen_emulator::RequestRecord| {
                matches!(
                    request.endpoint,
                    Some(Endpoint::UploadAsset | Endpoint::StoragePut)
                )
            };
            assert_eq!(
                requests.iter().filter(is_sent).count(),
                FILES,
                "{limit} {route}"
            );
        }
        let (service, folder) = (Service::start(), files());
        all_stored(limited(&service, limit, folder.path(), &["--emulator"]).run());
    }
}

#[test]
fn a_limit_that_leaves_nothing_is_an_error_of_this_machine() {
    let (service, folder) = (Service::start(), Folder::new());
    folder.file("in/a.png", &png(2000));
    // With the streams, the event queue and the socket there is none left for the file.
    let flags = ["--no-journal", "--deadline", "3s"];
    let run = limited(&service, "-n 8", folder.path(), &flags).run();
    let error = match run.objects().first() {
        Some(result) => result["error"].clone(),
        None => run.error(),
    };
    if run.code != Some(0) {
        assert!(
            run.stdout.contains("open files") || run.stderr.contains("open files"),
            "{run:#?}"
        );
        assert_eq!(error["retryable"], true, "{error}");
        assert!(!run.stderr.contains("panicked"), "{run:#?}");
    }
}

#[test]
fn a_program_without_threads_works_or_says_why() {
    let (service, folder) = (Service::start(), files());
    // The superuser is not limited, and everybody else has a process already.
    let run = limited(&service, "-u 1", folder.path(), &[]).run();
    if run.code == Some(0) {
        return all_stored(run);
    }
    let run = run.ends_with(6);
    assert_eq!(text(&run.error(), "code"), "local_resources");
    assert!(text(&run.error(), "hint").contains("ulimit -u"));
    assert!(service.emulator.requests().is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_small_address_space_is_enough_for_many_uploads() {
    let (service, folder) = (Service::start(), files());
    for flags in [&[][..], &["--emulator", "--no-journal"]] {
        all_stored(limited(&service, "-v 600000", folder.path(), flags).run());
    }
}
