//! A damaged journal is moved out of the way, and one that is only not for us stays.

use std::{
    fs,
    io::{Seek as _, SeekFrom, Write as _},
    path::Path,
};

use heygen_client::{Journal as _, JournalRecord};
use heygen_journal::{ErrorKind, SqliteJournal};

use crate::support::{Bench, CANARY, SIZE, Stages, account, claim, files_with, finished, path_in};

/// Writes over a part of a file.
fn spoil(path: &Path, at: u64, len_bytes: usize) {
    let mut file = fs::OpenOptions::new().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(&vec![0xa5; len_bytes]).unwrap();
}

/// Fills a journal and closes it.
fn filled() -> Bench {
    let bench = Bench::new();
    for number in 1..=40 {
        let source = format!("/{number}.mp4");
        claim(&bench.journal, &source)
            .save(&finished(number))
            .unwrap();
    }
    bench
}

const PAGE: usize = 4096;

/// Looks for each of the uploads that fill a journal.
fn all_finished(journal: &SqliteJournal) -> Vec<JournalRecord> {
    let digests = (1..=40).map(|number| finished(number).checkpoint.digest().unwrap());
    let found = digests.map(|digest| journal.finished(&account(), SIZE, &digest).unwrap());
    found.flatten().collect()
}

#[track_caller]
fn assert_works(journal: &SqliteJournal) {
    let entry = claim(journal, "/new.mp4");
    let record = Stages::new(99).begun();
    entry.save(&record).unwrap();
    assert_eq!(entry.begun().unwrap(), Some(record));
}

#[test]
fn what_is_no_database_is_set_aside() {
    for content in [
        &b"not a database, and longer than the head of one would be"[..],
        &[0; 8192],
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = path_in(folder.path());
        // Where it has claims, there was a journal.
        fs::create_dir_all(path.with_file_name("journal.db-claims")).unwrap();
        fs::write(&path, content).unwrap();
        let journal = SqliteJournal::open(&path).unwrap();
        let aside = journal.set_aside();
        let [aside] = &aside[..] else {
            panic!("{aside:?}")
        };
        assert_eq!(fs::read(aside).unwrap(), content);
        assert_works(&journal);
        let again = SqliteJournal::open(&path).unwrap();
        assert!(again.set_aside().is_empty());
        assert_eq!(again.uploads().unwrap().len(), 1);
    }
}

#[test]
fn an_empty_file_is_an_empty_journal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    fs::write(&path, "").unwrap();
    let journal = SqliteJournal::open(&path).unwrap();
    assert!(journal.set_aside().is_empty());
    assert_works(&journal);
}

#[test]
fn a_journal_whose_first_process_died_before_it_was_made_is_no_damage() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    // The lock comes first, then the empty file.
    fs::write(path.with_file_name("journal.db-lock"), "").unwrap();
    fs::write(&path, "").unwrap();
    for _ in 0..2 {
        let journal = SqliteJournal::open(&path).unwrap();
        assert!(journal.set_aside().is_empty());
        assert_works(&journal);
    }
}

#[test]
fn what_cannot_be_blanked_stays_where_it_is() {
    let Bench { folder, journal } = filled();
    drop(journal);
    let path = path_in(folder.path());
    fs::File::create(&path).unwrap();
    // A folder is no log that could be blanked.
    let log = path.with_file_name("journal.db-wal");
    fs::create_dir(&log).unwrap();
    for _ in 0..2 {
        let error = SqliteJournal::open(&path).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unusable, "{error}");
        let names = fs::read_dir(path.parent().unwrap()).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let names: Vec<String> = names.collect();
        assert!(
            names.iter().all(|name| !name.contains("damaged")),
            "{names:?}"
        );
        assert!(names.contains(&"journal.db".to_owned()), "{names:?}");
    }
    // It is not forgotten that there was something.
    fs::remove_dir(&log).unwrap();
    let journal = SqliteJournal::open(&path).unwrap();
    assert_eq!(journal.set_aside().len(), 1);
    assert_works(&journal);
}

#[test]
fn a_journal_that_was_emptied_is_set_aside() {
    for keeps_claims in [true, false] {
        let Bench { folder, journal } = filled();
        drop(journal);
        let path = path_in(folder.path());
        fs::File::create(&path).unwrap();
        if !keeps_claims {
            let _ = fs::remove_dir_all(path.with_file_name("journal.db-claims"));
        }
        let journal = SqliteJournal::open(&path).unwrap();
        assert_eq!(journal.set_aside().len(), 1);
        assert_eq!(journal.uploads().unwrap(), []);
        assert_works(&journal);
    }
}

/// Damages a database in one way.
type Damage = fn(&Path);

const SPOILED_TEXT: usize = 2;

#[test]
fn no_url_is_in_what_is_set_aside() {
    let bench = Bench::new();
    let entries: Vec<_> = (1..=20)
        .map(|number| {
            let entry = claim(&bench.journal, &format!("/{number}.mp4"));
            entry.save(&Stages::new(number).with_url()).unwrap();
            entry
        })
        .collect();
    let damages: [Damage; 6] = [
        |path| spoil(path, 0, 100),
        |path| spoil(path, 4096, 4096),
        |path| spoil(path, 20_000, 10),
        |path| {
            let file = fs::OpenOptions::new().write(true).open(path).unwrap();
            file.set_len(file.metadata().unwrap().len() / 2).unwrap();
        },
        |path| fs::write(path, "").unwrap(),
        // Nothing is where it was.
        |path| {
            let content = fs::read(path).unwrap();
            fs::write(path, [&b"moved"[..], &content[..]].concat()).unwrap();
        },
    ];
    // All is in the log first, and in the database once its last process has closed it.
    for is_closed in [false, true] {
        for (number, damage) in damages.iter().enumerate() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("journal.db");
            for suffix in ["", "-wal"] {
                let name = format!("journal.db{suffix}");
                fs::copy(
                    bench.path().with_file_name(&name),
                    folder.path().join(&name),
                )
                .unwrap();
            }
            fs::create_dir(path.with_file_name("journal.db-claims")).unwrap();
            if is_closed {
                drop(SqliteJournal::open(&path).unwrap());
            }
            assert!(!files_with(folder.path(), CANARY).is_empty());
            damage(&path);
            let journal = SqliteJournal::open(&path).unwrap();
            let _ = journal.uploads().unwrap();
            if journal.set_aside().is_empty() {
                // SQLite mends from the log what the log has, and does not see a spoiled text.
                assert!(!is_closed || number == SPOILED_TEXT, "damage {number}");
                continue;
            }
            drop(journal);
            for secret in [CANARY, "storage.example"] {
                let left = files_with(folder.path(), secret);
                assert!(left.is_empty(), "damage {number}: {secret} in {left:?}");
            }
        }
    }
    drop(entries);
}

#[test]
fn a_value_that_is_spoiled_is_found_before_a_file_is_taken_for_unknown() {
    let Bench { folder, journal } = filled();
    drop(journal);
    let whole = fs::read(path_in(folder.path())).unwrap();
    let digest = finished(7).checkpoint.digest().unwrap();
    let text = digest.to_string();
    let places = whole.windows(text.len()).enumerate();
    let places = places.filter(|(_, window)| *window == text.as_bytes());
    let places: Vec<usize> = places.map(|(at, _)| at).collect();
    // In the row, in its checkpoint and in an index.
    assert!(places.len() > 2);
    for at in places {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        fs::create_dir(path.with_file_name("journal.db-claims")).unwrap();
        fs::write(&path, &whole).unwrap();
        spoil(&path, at as u64, 1);
        let journal = SqliteJournal::open(&path).unwrap();
        let found = journal.finished(&account(), SIZE, &digest).unwrap();
        let is_told = journal.set_aside().len() + journal.damaged_records().len() > 0;
        assert!(is_told || !found.is_empty(), "at {at}");
    }
}

#[test]
fn a_page_that_is_spoiled_is_found_at_the_latest_when_it_is_used() {
    let Bench { folder, journal } = filled();
    drop(journal);
    let whole = fs::read(path_in(folder.path())).unwrap();
    assert!(whole.len() > 10 * PAGE);
    for at in (0..whole.len()).step_by(PAGE) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        fs::create_dir(path.with_file_name("journal.db-claims")).unwrap();
        fs::write(&path, &whole).unwrap();
        spoil(&path, at as u64, PAGE / 2);
        let journal = SqliteJournal::open(&path).unwrap();
        // None of these fails, and they return what there is until the damage is found.
        let uploads = journal.uploads().unwrap();
        let found = all_finished(&journal);
        if journal.set_aside().is_empty() {
            assert_eq!((uploads.len(), found.len()), (40, 40), "page {}", at / PAGE);
        } else {
            let is_real =
                |record: &JournalRecord| (1..=40).any(|number| finished(number) == *record);
            assert!(found.iter().all(is_real));
        }
        assert_works(&journal);
    }
}

#[test]
fn a_file_that_was_cut_off_is_set_aside() {
    let Bench { folder, journal } = filled();
    let path = path_in(folder.path());
    drop(journal);
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(3 * 4096).unwrap();
    let journal = SqliteJournal::open(&path).unwrap();
    assert_eq!(journal.uploads().unwrap(), []);
    assert_eq!(journal.set_aside().len(), 1);
    assert_works(&journal);
}

#[test]
fn damage_that_comes_while_it_is_open_costs_the_memory_and_nothing_else() {
    let bench = filled();
    // Its pages are in the file now, and none of them in the memory of the new connection.
    drop(bench.journal);
    let path = path_in(bench.folder.path());
    let journal = SqliteJournal::open(&path).unwrap();
    let entry = claim(&journal, "/new.mp4");
    spoil(&path, 4096, 40 * 1024);
    let record = Stages::new(99).begun();
    entry.save(&record).unwrap();
    assert_eq!(journal.set_aside().len(), 1);
    assert_eq!(entry.begun().unwrap(), Some(record));
    assert_eq!(journal.uploads().unwrap().len(), 1);
}

#[test]
fn what_goes_on_is_saved_in_the_new_file_too() {
    let bench = filled();
    drop(bench.journal);
    let path = path_in(bench.folder.path());
    let journal = SqliteJournal::open(&path).unwrap();
    let entry = claim(&journal, "/new.mp4");
    let [_, _, stored, _] = Stages::new(99).all();
    entry.save(&stored).unwrap();
    drop(SqliteJournal::open(&path).unwrap());
    spoil(&path, 4096, 40 * 1024);
    let other = claim(&journal, "/other.mp4");
    other.save(&Stages::new(98).begun()).unwrap();
    assert_eq!(journal.set_aside().len(), 1);
    // It is equal to what was saved last, but that went aside.
    entry.save(&stored).unwrap();
    assert_eq!(entry.begun().unwrap(), Some(stored));
}

#[test]
fn the_log_goes_aside_with_its_database() {
    let bench = Bench::new();
    claim(&bench.journal, "/clip.mp4")
        .save(&Stages::new(1).begun())
        .unwrap();
    let other = tempfile::tempdir().unwrap();
    let path = other.path().join("journal.db");
    fs::copy(bench.path(), &path).unwrap();
    fs::copy(
        bench.path().with_file_name("journal.db-wal"),
        other.path().join("journal.db-wal"),
    )
    .unwrap();
    spoil(&path, 0, 64);
    let wal = fs::read(other.path().join("journal.db-wal")).unwrap();
    let journal = SqliteJournal::open(&path).unwrap();
    if let [aside] = &journal.set_aside()[..] {
        let mut name = aside.clone().into_os_string();
        name.push("-wal");
        assert_eq!(fs::read(name).unwrap(), wal);
    }
    assert_works(&journal);
}

#[test]
fn what_is_newer_or_foreign_is_left_alone() {
    let cases = [
        (
            "PRAGMA application_id = 1751609971; PRAGMA user_version = 1000; CREATE TABLE a (x)",
            ErrorKind::Newer,
        ),
        ("CREATE TABLE bookmarks (x)", ErrorKind::Foreign),
    ];
    for (schema, kind) in cases {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        rusqlite::Connection::open(&path)
            .unwrap()
            .execute_batch(schema)
            .unwrap();
        let before = fs::read(&path).unwrap();
        let error = SqliteJournal::open(&path).unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(!error.hint().is_empty());
        assert!(error.to_string().contains("journal.db"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[test]
fn a_file_that_never_was_a_journal_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clip.mp4");
    let content = b"the only copy of something, and longer than the head of a database";
    fs::write(&path, content).unwrap();
    let before = fs::metadata(&path).unwrap().permissions();
    // The second time there is more beside it than the first time.
    for _ in 0..2 {
        let error = SqliteJournal::open(&path).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Foreign, "{error}");
        assert_eq!(fs::read(&path).unwrap(), content);
        assert_eq!(fs::metadata(&path).unwrap().permissions(), before);
    }
}

#[test]
fn an_index_that_is_not_of_its_table_is_found_when_it_is_used() {
    let bench = filled();
    drop(bench.journal);
    let path = path_in(bench.folder.path());
    // The rows go behind the back of the index: a quick look does not compare the two.
    let execute = |sql: &str| {
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute_batch(sql).unwrap();
    };
    execute(
        "PRAGMA writable_schema = ON;
        CREATE TABLE hidden AS SELECT * FROM sqlite_schema WHERE name = 'uploads_finished';
        DELETE FROM sqlite_schema WHERE name = 'uploads_finished';",
    );
    execute("DELETE FROM uploads");
    execute(
        "PRAGMA writable_schema = ON;
        INSERT INTO sqlite_schema SELECT * FROM hidden;",
    );
    let journal = SqliteJournal::open(&path).unwrap();
    let digest = finished(1).checkpoint.digest().unwrap();
    let found = journal.finished(&account(), SIZE, &digest).unwrap();
    assert_eq!(found, []);
    assert_eq!(journal.set_aside().len(), 1);
    assert_works(&journal);
}

#[test]
fn a_folder_that_cannot_be_written_is_an_error_and_no_panic() {
    for path in [
        "/dev/null/journal.db",
        "/proc/journal.db",
        "/dev/full/x/journal.db",
    ] {
        let error = SqliteJournal::open(path).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unusable, "{error}");
        assert!(std::error::Error::source(&error).is_some());
    }
}

/// Changes the rows of a journal behind its back.
fn update(bench: &Bench, change: &str) {
    let other = rusqlite::Connection::open(bench.path()).unwrap();
    let update = format!("PRAGMA secure_delete = on; UPDATE uploads SET {change}");
    other.execute_batch(&update).unwrap();
}

/// Remembers an upload that was begun, `/clip.mp4`, and one that has finished, `/done.mp4`.
fn with_two() -> (Bench, JournalRecord) {
    let bench = Bench::new();
    let begun = Stages::new(1).with_url();
    claim(&bench.journal, "/clip.mp4").save(&begun).unwrap();
    claim(&bench.journal, "/done.mp4")
        .save(&finished(2))
        .unwrap();
    (bench, begun)
}

#[test]
fn a_row_that_nobody_understands_is_removed_and_told_of() {
    for change in [
        "checkpoint = '{}'",
        "checkpoint = 'garbage'",
        "checkpoint = ''",
        "checkpoint = CAST(x'ff00' AS TEXT)",
        "checkpoint = replace(checkpoint, '\"version\":1', '\"version\":0')",
        "checkpoint = replace(checkpoint, '\"generation\":1', '\"generation\":0')",
        "modified_ns = 'yesterday'",
        "changed_ns = 'yesterday'",
    ] {
        let (bench, _) = with_two();
        update(&bench, change);
        let entry = claim(&bench.journal, "/clip.mp4");
        assert_eq!(entry.begun().unwrap(), None, "{change}");
        assert_eq!(all_finished(&bench.journal), [], "{change}");
        let damaged = || {
            let damaged = bench.journal.damaged_records();
            let names = damaged.into_iter().map(|it| {
                let asset = it.asset_id.map(|id| id.to_string());
                format!("{} {}", it.source, asset.unwrap_or_default())
            });
            names.collect::<Vec<_>>()
        };
        let expected = ["/clip.mp4 asset_1", "/done.mp4 asset_2"];
        assert_eq!(damaged(), expected, "{change}");
        // Once, and with nothing left of it.
        assert_eq!(bench.journal.uploads().unwrap(), []);
        assert_eq!(entry.begun().unwrap(), None);
        assert_eq!(damaged(), expected);
        assert_eq!(bench.again().damaged_records(), []);
        let record = Stages::new(3).begun();
        entry.save(&record).unwrap();
        assert_eq!(entry.begun().unwrap(), Some(record));
        drop(entry);
        let folder = bench.folder;
        drop(bench.journal);
        assert!(files_with(folder.path(), CANARY).is_empty());
    }
}

#[test]
fn a_row_of_a_newer_version_is_left_to_it() {
    for change in [
        "checkpoint = replace(checkpoint, '\"version\":1', '\"version\":2')",
        "checkpoint = '{\"version\":2,\"all\":\"new\"}', url_expires_ms = 1",
    ] {
        let (bench, _) = with_two();
        update(&bench, change);
        let rows = || {
            let other = rusqlite::Connection::open(bench.path()).unwrap();
            let mut select = other.prepare("SELECT checkpoint FROM uploads").unwrap();
            let rows = select.query_map([], |row| row.get(0)).unwrap();
            rows.collect::<Result<Vec<String>, _>>().unwrap()
        };
        let before = rows();
        // Whoever opens it takes out what has expired.
        let journal = bench.again();
        let entry = claim(&journal, "/clip.mp4");
        assert!(entry.begun().is_err_and(|error| error.is_newer()));
        let digest = finished(2).checkpoint.digest().unwrap();
        let found = journal.finished(&account(), SIZE, &digest);
        assert!(found.is_err_and(|error| error.is_newer()));
        for error in [
            journal.uploads().unwrap_err(),
            journal
                .prune(&heygen_journal::Prune::default())
                .unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Newer);
        }
        assert_eq!((rows(), journal.damaged_records()), (before, vec![]));
    }
}

#[test]
fn a_schema_that_is_not_ours_any_more_is_set_aside_once() {
    for change in [
        "DROP TABLE uploads",
        "DROP INDEX uploads_begun",
        "ALTER TABLE uploads RENAME COLUMN checkpoint TO other",
        "ALTER TABLE uploads DROP COLUMN changed_ns",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = 1",
        "PRAGMA user_version = -1",
    ] {
        let Bench { folder, journal } = filled();
        drop(journal);
        let path = path_in(folder.path());
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.execute_batch(change).unwrap();
        drop(connection);
        let journal = SqliteJournal::open(&path).unwrap();
        assert_eq!(journal.set_aside().len(), 1, "{change}");
        assert!(journal.damaged_records().is_empty(), "{change}");
        assert_works(&journal);
        drop(journal);
        let again = SqliteJournal::open(&path).unwrap();
        assert!(again.set_aside().is_empty(), "{change}");
        assert_eq!(again.uploads().unwrap().len(), 1, "{change}");
    }
}

#[test]
fn what_is_no_file_stays_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = path_in(folder.path());
    // Where it has claims, there was a journal.
    fs::create_dir_all(path.with_file_name("journal.db-claims")).unwrap();
    let kinds: &[fn(&Path)] = &[
        |path| fs::create_dir(path).unwrap(),
        #[cfg(unix)]
        |path| {
            let _ = std::os::unix::net::UnixListener::bind(path).unwrap();
        },
    ];
    for make in kinds {
        make(&path);
        for _ in 0..2 {
            let error = SqliteJournal::open(&path).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Unusable, "{error}");
            let cause = std::error::Error::source(&error).unwrap().to_string();
            assert!(cause.contains("is no file"), "{cause}");
            assert!(!fs::symlink_metadata(&path).unwrap().is_file());
        }
        let _ = fs::remove_dir(&path).or_else(|_| fs::remove_file(&path));
    }
}
