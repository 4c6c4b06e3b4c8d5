//! No file of somebody else is written to, made, opened to others or deleted.

use std::{
    fs,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::{Path, PathBuf},
};

use heygen_client::Journal as _;
use heygen_journal::{ErrorKind, Prune, SqliteJournal};

use crate::support::{Bench, Stages, claim, key};

const SUFFIXES: [&str; 6] = ["", "-wal", "-shm", "-journal", "-lock", "-claims"];

fn beside(path: &Path, suffix: &str) -> PathBuf {
    path.with_file_name(format!("journal.db{suffix}"))
}

#[test]
fn no_link_is_followed_to_a_file_of_somebody_else() {
    for suffix in SUFFIXES {
        for is_used in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("journal.db");
            if is_used {
                let journal = SqliteJournal::open(&path).unwrap();
                claim(&journal, "/a.mp4")
                    .save(&Stages::new(1).begun())
                    .unwrap();
            }
            let theirs = folder.path().join("theirs");
            let content = b"the only copy of something";
            fs::write(&theirs, content).unwrap();
            fs::set_permissions(&theirs, fs::Permissions::from_mode(0o644)).unwrap();
            for target in [&theirs, &folder.path().join("nothing")] {
                let link = beside(&path, suffix);
                let _ = fs::remove_file(&link);
                let _ = fs::remove_dir_all(&link);
                symlink(target, &link).unwrap();
                let error = SqliteJournal::open(&path).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Link, "{suffix}: {error:?}");
                assert!(!error.hint().is_empty());
                assert_eq!(fs::read(&theirs).unwrap(), content);
                let mode = fs::metadata(&theirs).unwrap().permissions().mode();
                assert_eq!(mode & 0o777, 0o644, "{suffix}");
                assert!(!folder.path().join("nothing").exists(), "{suffix}");
                assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            }
        }
    }
}

#[test]
fn the_folder_may_be_reached_through_links() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("disk")).unwrap();
    symlink(folder.path().join("disk"), folder.path().join("home")).unwrap();
    let path = folder.path().join("home/state/journal.db");
    let journal = SqliteJournal::open(&path).unwrap();
    let entry = claim(&journal, "/a.mp4");
    entry.save(&Stages::new(1).begun()).unwrap();
    // It is one journal whichever way leads to it.
    let other = SqliteJournal::open(folder.path().join("disk/state/journal.db")).unwrap();
    assert!(crate::support::is_elsewhere(&other, "/a.mp4"));
    assert_eq!(other.uploads().unwrap().len(), 1);
}

#[test]
fn pruning_leaves_what_is_no_claim() {
    let bench = Bench::new();
    drop(claim(&bench.journal, "/a.mp4"));
    let claims = beside(&bench.path(), "-claims");
    let outside = bench.folder.path().join("outside");
    fs::write(&outside, "").unwrap();
    let name = |digit: &str| digit.repeat(64);
    let theirs = ["notes.txt", &name("A"), &name("1"), &name("2"), &name("3")];
    fs::write(claims.join(theirs[0]), "").unwrap();
    fs::write(claims.join(theirs[1]), "").unwrap();
    fs::write(claims.join(theirs[2]), "content").unwrap();
    symlink(&outside, claims.join(theirs[3])).unwrap();
    fs::create_dir(claims.join(theirs[4])).unwrap();
    fs::write(claims.join(name("4")), "").unwrap();
    bench.journal.prune(&Prune::default()).unwrap();
    let mut left: Vec<String> = fs::read_dir(&claims)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    let mut theirs = theirs.map(str::to_owned);
    theirs.sort();
    assert_eq!(left, theirs);
    assert!(outside.exists());
}

#[test]
fn a_file_in_the_place_of_a_claim_is_kept() {
    let bench = Bench::new();
    let held = claim(&bench.journal, "/a.mp4");
    let claims = beside(&bench.path(), "-claims");
    let path = fs::read_dir(&claims)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    drop(held);
    fs::write(&path, "content").unwrap();
    drop(bench.journal.claim(&key("/a.mp4")).unwrap());
    assert_eq!(fs::read_to_string(&path).unwrap(), "content");

    // Nor is a claim made somewhere else.
    let elsewhere = tempfile::tempdir().unwrap();
    fs::remove_dir_all(&claims).unwrap();
    symlink(elsewhere.path(), &claims).unwrap();
    fs::write(elsewhere.path().join("5".repeat(64)), "").unwrap();
    bench.journal.claim(&key("/a.mp4")).unwrap_err();
    let error = bench.journal.prune(&Prune::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Link);
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
}
