use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::support::{Folder, RunExt as _, Service, fields, mp4, png, run, text};

fn hex_sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn small_and_large_files_take_their_routes() {
    let folder = Folder::new();
    let (image, video) = (png(200_000), mp4(40_000_000));
    let (a, b) = (folder.file("A.png", &image), folder.file("B.mp4", &video));

    let done = run([
        "upload",
        "--emulator",
        "--json",
        a.to_str().unwrap(),
        b.to_str().unwrap(),
    ])
    .ends_with(0);

    assert_eq!(done.stderr, "");
    let mut objects = done.objects();
    objects.sort_by_key(|object| text(object, "file").to_owned());
    let expected = [
        (&a, "image/png", &image, "single", json!(null)),
        (&b, "video/mp4", &video, "direct", json!("processing")),
    ];
    assert_eq!(objects.len(), 2);
    for (object, (path, media_type, content, route, status)) in objects.iter().zip(expected) {
        let names = [
            "file",
            "asset_id",
            "url",
            "mime_type",
            "size_bytes",
            "sha256",
            "route",
            "status",
            "attempts",
            "elapsed_ms",
            "reused",
            "resumed",
        ];
        let mut names = names.to_vec();
        names.sort_unstable();
        let mut found = fields(object);
        found.sort_unstable();
        assert_eq!(found, names);
        assert_eq!(text(object, "file"), path.to_str().unwrap());
        assert_eq!(text(object, "mime_type"), media_type);
        assert_eq!(object["size_bytes"], content.len());
        assert_eq!(text(object, "sha256"), hex_sha256(content));
        assert_eq!(text(object, "route"), route);
        assert_eq!(object["status"], status);
        assert_eq!(object["attempts"], 1);
        assert!(object["elapsed_ms"].is_u64());
        assert!(text(object, "url").starts_with("http://127.0.0.1:"));
    }
}

#[test]
fn a_missing_file_does_not_keep_the_other_from_going_up() {
    let (service, folder) = (Service::start(), Folder::new());
    let there = folder.png("there.png");
    let missing = folder.path().join("missing.png");

    let done = service
        .heygen()
        .arg("upload")
        .args([&missing, &there])
        .run()
        .ends_with(5);

    let objects = done.objects();
    let of = |path: &std::path::Path| {
        let path = path.to_str().unwrap();
        objects
            .iter()
            .find(|object| object["file"] == path)
            .unwrap()
    };
    assert_eq!(objects.len(), 2);
    let assets = service.emulator.assets();
    assert_eq!(assets.len(), 1);
    assert_eq!(text(of(&there), "asset_id"), assets[0].id.as_str());
    let error = &of(&missing)["error"];
    assert_eq!(text(error, "code"), "source_unreadable");
    assert_eq!(text(error, "step"), "prepare");
    assert_eq!(error["retryable"], false);
}

#[test]
fn route_and_checksum_are_the_users_choice() {
    let (service, folder) = (Service::start(), Folder::new());
    let file = folder.png("a.png");
    let upload = |flags: &[&str]| {
        service
            .heygen()
            .arg("upload")
            .args(flags)
            .arg(&file)
            .run()
            .ends_with(0)
            .object()
    };
    assert_eq!(text(&upload(&["--route", "single"]), "route"), "single");
    let declared = upload(&["--route", "direct"]);
    assert_eq!(text(&declared, "route"), "direct");
    assert_eq!(text(&declared, "sha256"), hex_sha256(&png(2000)));
    let later = upload(&["--route", "direct", "--checksum", "completion"]);
    assert_eq!(later["sha256"], declared["sha256"]);
    let none = upload(&["--route", "direct", "--checksum", "off"]);
    assert_eq!(none["sha256"], json!(null));
}

#[test]
fn waiting_ends_with_a_processed_asset() {
    let service = Service::with(|builder| {
        builder.configure(|settings| settings.processing_time = std::time::Duration::ZERO)
    });
    let folder = Folder::new();
    let file = folder.png("a.png");
    let done = service
        .heygen()
        .args(["upload", "--wait"])
        .arg(file)
        .run()
        .ends_with(0);
    assert_eq!(text(&done.object(), "status"), "completed");
}

#[test]
fn a_name_can_be_given_to_a_single_file() {
    let (service, folder) = (Service::start(), Folder::new());
    let (a, b) = (folder.png("a.png"), folder.png("b.png"));
    let named = ["upload", "--name", "holiday.png"];
    service.heygen().args(named).arg(&a).run().ends_with(0);
    assert_eq!(service.emulator.assets()[0].name, "holiday.png");
    service
        .heygen()
        .args(named)
        .args([&a, &b])
        .run()
        .ends_with(2);
    assert_eq!(service.emulator.assets().len(), 1);
}

#[test]
fn a_given_media_type_goes_before_the_bytes() {
    let folder = Folder::new();
    let file = folder.file("notes.bin", b"no known kind of content");
    let plan =
        |flags: &[&str]| run([&["upload", "--dry-run"], flags, &[file.to_str().unwrap()]].concat());
    plan(&[]).ends_with(6);
    let planned = plan(&["--media-type", "mp3"]).ends_with(0).object();
    assert_eq!(text(&planned, "mime_type"), "audio/mpeg");
    let refused = plan(&["--media-type", "video/quicktime"]).ends_with(2);
    assert!(refused.stderr.contains("video/mp4"), "{refused:?}");
}

#[test]
fn folders_need_a_flag_and_are_taken_in_order() {
    let (service, folder) = (Service::start(), Folder::new());
    for name in ["b.png", "a/2.png", "a/1.png", ".hidden.png", ".git/x.png"] {
        folder.png(name);
    }
    let root = folder.path();
    let refused = service.heygen().arg("upload").arg(root).run().ends_with(6);
    let error = refused.file_error();
    assert_eq!(text(&error, "code"), "is_a_directory");
    assert!(text(&error, "hint").contains("--recursive"));
    assert!(service.emulator.requests().is_empty());

    // A file that is named beside its folder is uploaded once.
    let done = service
        .heygen()
        .args(["upload", "--recursive", "--concurrency", "1"])
        .arg(root)
        .arg(root.join("b.png"))
        .run()
        .ends_with(0);
    let objects = done.objects();
    let names: Vec<_> = objects
        .iter()
        .map(|object| {
            std::path::Path::new(text(object, "file"))
                .strip_prefix(root)
                .unwrap()
        })
        .collect();
    let expected = ["a/1.png", "a/2.png", "b.png"].map(std::path::Path::new);
    assert_eq!(names, expected);
}

#[test]
fn a_folder_without_files_is_an_error() {
    let folder = Folder::new();
    let path = folder.path().to_str().unwrap();
    let done = run(["upload", "--emulator", "--recursive", path]).ends_with(6);
    assert_eq!(text(&done.file_error(), "code"), "no_files");
}

#[cfg(unix)]
#[test]
fn links_in_folders_are_followed_and_loops_end() {
    use std::os::unix::fs::symlink;
    let (folder, elsewhere) = (Folder::new(), Folder::new());
    folder.png("dir/a.png");
    symlink(folder.path(), folder.path().join("dir/back")).unwrap();
    symlink(elsewhere.png("far.png"), folder.path().join("near.png")).unwrap();
    symlink("nowhere", folder.path().join("dangling.png")).unwrap();

    let path = folder.path().to_str().unwrap();
    let done = run(["upload", "--dry-run", "--recursive", path]).ends_with(5);
    let objects = done.objects();
    assert_eq!(objects.len(), 3, "{objects:?}");
    let failed: Vec<_> = objects
        .iter()
        .filter(|object| object.get("error").is_some())
        .collect();
    assert_eq!(failed.len(), 1);
    assert!(text(failed[0], "file").ends_with("dangling.png"));
}

#[test]
fn a_dry_run_sends_nothing_and_needs_no_key() {
    let (service, folder) = (Service::start(), Folder::new());
    let small = folder.png("a.png");
    let large = folder.file("b.mp4", &mp4(40_000_000));
    let empty = folder.file("c.png", b"");
    let done = service
        .heygen()
        .env_remove("HEYGEN_API_KEY")
        .args(["upload", "--dry-run"])
        .args([&small, &large, &empty])
        .run()
        .ends_with(5);
    let objects = done.objects();
    assert_eq!(
        objects[0],
        json!({
            "file": small, "mime_type": "image/png", "size_bytes": 2000, "route": "single",
            "dry_run": true,
        })
    );
    assert_eq!(text(&objects[1], "route"), "direct");
    assert_eq!(text(&objects[2]["error"], "step"), "prepare");
    assert!(service.emulator.requests().is_empty());
    assert_eq!(done.stderr, "");
}

#[test]
fn many_files_share_connections() {
    let (service, folder) = (Service::start(), Folder::new());
    for index in 0..40 {
        folder.png(format!("{index:02}.png"));
    }
    let done = service
        .heygen()
        .args(["upload", "--recursive", "-j", "4"])
        .arg(folder.path())
        .run()
        .ends_with(0);
    assert_eq!(done.objects().len(), 40);
    assert_eq!(service.emulator.assets().len(), 40);
    // Nobody sees the key but the API.
    assert!(service.emulator.leaks().is_empty());
    assert!(!format!("{done:?}").contains(&service.emulator.api_key()));
}
