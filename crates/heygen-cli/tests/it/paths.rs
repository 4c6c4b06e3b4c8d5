//! One file under several paths.

use std::{fs, os::unix::fs::symlink};

use heygen_emulator::OperationId;

use crate::support::{Folder, RunExt as _, Service, png, text};

/// A folder with one file under many names, and another file.
fn folder() -> (Folder, Vec<String>) {
    let folder = Folder::new();
    let path = folder.png("a.png");
    fs::create_dir(folder.path().join("sub")).unwrap();
    symlink("a.png", folder.path().join("link.png")).unwrap();
    symlink(".", folder.path().join("here")).unwrap();
    fs::hard_link(&path, folder.path().join("hard.png")).unwrap();
    folder.file("other.png", &png(3000));
    let absolute = path.to_str().unwrap();
    let paths = [
        "a.png",
        "./a.png",
        absolute,
        "link.png",
        "here/a.png",
        "sub/../a.png",
        "hard.png",
    ];
    let paths = paths.map(str::to_owned).into();
    (folder, paths)
}

#[test]
fn a_file_under_several_paths_is_uploaded_once_and_reported_under_each() {
    for (route, journal) in [
        ("single", false),
        ("single", true),
        ("direct", false),
        ("direct", true),
    ] {
        let (service, (folder, paths)) = (Service::start(), folder());
        let mut command = service.heygen();
        if journal {
            command.env("HEYGEN_JOURNAL", folder.path().join("journal.db"));
        }
        let done = command
            .current_dir(folder.path())
            .args(["upload", "--route", route, "other.png"])
            .args(&paths)
            .run()
            .ends_with(0);
        assert_eq!(service.emulator.assets().len(), 2, "{done:#?}");
        let objects = done.objects();
        let of = |path: &str| {
            let is_it = |object: &&serde_json::Value| object["file"] == path;
            objects
                .iter()
                .find(is_it)
                .unwrap_or_else(|| panic!("{path}: {done:#?}"))
        };
        let first = of(&paths[0]);
        assert!(first.get("same_as").is_none());
        assert_ne!(first["asset_id"], of("other.png")["asset_id"]);
        for path in &paths[1..] {
            assert_eq!(of(path)["asset_id"], first["asset_id"], "{path}");
            assert_eq!(text(of(path), "same_as"), paths[0]);
        }
        assert_eq!(objects.len(), paths.len() + 1);
    }
}

#[test]
fn people_and_dry_runs_see_every_path() {
    let (service, (folder, paths)) = (Service::start(), folder());
    let upload = |flag: &str| {
        let mut command = service.heygen();
        command.current_dir(folder.path()).args(["upload", flag]);
        command.args(&paths).run().ends_with(0)
    };
    assert_eq!(upload("--dry-run").objects().len(), paths.len());
    let words = upload("--output=human").stdout;
    let said = words.matches("is the same file as a.png").count();
    assert_eq!(said, paths.len() - 1, "{words}");
}

#[test]
fn a_file_that_fails_under_several_paths_fails_as_one() {
    let (service, folder) = (Service::start(), Folder::new());
    folder.file("empty.png", b"");
    let failed = service
        .heygen()
        .current_dir(folder.path())
        .args(["upload", "empty.png", "./empty.png"])
        .run()
        .ends_with(6);
    let files: Vec<_> = failed
        .objects()
        .iter()
        .map(|it| it["file"].clone())
        .collect();
    assert_eq!(files, ["empty.png", "./empty.png"]);
}

#[test]
fn a_file_that_a_request_names_by_several_paths_is_uploaded_once() {
    let (service, (folder, paths)) = (Service::start(), folder());
    let files = paths.iter().flat_map(|path| ["--file", path]);
    service
        .heygen()
        .current_dir(folder.path())
        .args(["video-agents", "create", "--prompt", "Hello"])
        .args(files)
        .run()
        .ends_with(0);
    assert_eq!(service.emulator.assets().len(), 1);
    let requests = service.emulator.requests();
    let uploads = requests
        .iter()
        .filter(|it| it.endpoint == Some(OperationId::UploadAsset.into()));
    assert_eq!(uploads.count(), 1);
}
