//! Names that are hard to say.

use crate::support::{Folder, RunExt as _, Service, heygen, text};

#[test]
fn odd_names_reach_the_server_as_they_are() {
    let (service, folder) = (Service::start(), Folder::new());
    let names = [
        "with space.png",
        "quote\"s;semicolon.png",
        "Übergröße-日本語.png",
        "it's 100%.png",
        "-dash.png",
    ];
    let files = names.map(|name| folder.png(name));
    let done = service
        .heygen()
        .args(["upload", "--concurrency", "1", "--route", "direct"])
        .args(&files)
        .run()
        .ends_with(0);
    let assets = service.emulator.assets();
    let stored: Vec<&str> = assets.iter().map(|asset| asset.name.as_str()).collect();
    assert_eq!(stored, names);
    for (object, path) in done.objects().iter().zip(&files) {
        assert_eq!(text(object, "file"), path.to_str().unwrap());
    }
}

#[cfg(unix)]
#[test]
fn names_cannot_write_to_the_terminal() {
    let folder = Folder::new();
    let file = folder.png("a\n\u{1b}[31mred\u{202E}gnp.png");
    let upload = |form: &str, path: &std::path::Path| {
        let flags = [
            "upload",
            "--emulator",
            "--progress",
            "plain",
            "--output",
            form,
        ];
        heygen().args(flags).arg(path).run()
    };
    let done = upload("human", &file).ends_with(0);
    let seen = format!("{}{}", done.stdout, done.stderr);
    assert!(
        !seen.contains('\u{1b}') && !seen.contains('\u{202E}'),
        "{seen:?}"
    );
    assert!(
        done.stdout.contains("a\\n\\u{1b}[31mred\\u{202e}gnp.png"),
        "{seen:?}"
    );
    let done = upload("json", &file).ends_with(0);
    assert_eq!(text(&done.object(), "file"), file.to_str().unwrap());
    assert!(!done.stdout.contains('\u{1b}'));
    let missing = folder.path().join("b\u{7}.png");
    let done = upload("human", &missing).ends_with(6);
    assert!(done.stderr.contains("b\\u{7}.png"), "{}", done.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_are_shown_as_well_as_can_be() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let folder = Folder::new();
    let file = folder.png(OsStr::from_bytes(b"a\xFFb.png"));
    let upload = |form: &str| {
        let flags = ["upload", "--emulator", "--output", form];
        heygen().args(flags).arg(&file).run().ends_with(0)
    };
    assert!(upload("human").stdout.contains("a\\xFFb.png"));
    assert!(text(&upload("json").object(), "file").ends_with("a\u{FFFD}b.png"));
}
