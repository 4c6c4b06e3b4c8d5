//! Nobody but the owner reads any of it.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use heygen_journal::SqliteJournal;

use crate::support::{Bench, Stages, claim};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn every_file_is_private_and_so_is_the_folder() {
    let bench = Bench::new();
    let entry = claim(&bench.journal, "/clip.mp4");
    entry.save(&Stages::new(1).with_url()).unwrap();
    let folder = bench.path().parent().unwrap().to_owned();
    assert_eq!(mode(&folder), 0o700);
    let mut names = Vec::new();
    for file in fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode(&path), expected, "{}", path.display());
        names.push(path.file_name().unwrap().to_str().unwrap().to_owned());
    }
    names.sort();
    let expected = ["", "-claims", "-lock", "-shm", "-wal"].map(|end| format!("journal.db{end}"));
    assert_eq!(names, expected);
    for claim in fs::read_dir(folder.join("journal.db-claims")).unwrap() {
        assert_eq!(mode(&claim.unwrap().path()), 0o600);
    }
}

#[test]
fn a_file_that_others_could_read_is_closed_to_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    drop(SqliteJournal::open(&path).unwrap());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let journal = SqliteJournal::open(&path).unwrap();
    claim(&journal, "/clip.mp4")
        .save(&Stages::new(1).begun())
        .unwrap();
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&folder.path().join("journal.db-wal")), 0o600);
    // A folder that was there is somebody else's matter.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    drop(SqliteJournal::open(&path).unwrap());
    assert_eq!(mode(folder.path()), 0o755);
}
