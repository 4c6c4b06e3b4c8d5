//! A presigned URL is in the files for as long as it is needed, and not a moment longer.

use std::time::SystemTime;

use heygen_journal::SqliteJournal;

use crate::support::{Bench, CANARY, DAY, Stages, claim, files_with};

impl Bench {
    #[track_caller]
    fn assert_clean(&self) {
        let found = files_with(self.folder.path(), CANARY);
        assert!(found.is_empty(), "{found:?}");
    }

    #[track_caller]
    fn assert_needed(&self) {
        let found = files_with(self.folder.path(), CANARY);
        assert!(!found.is_empty(), "the test would not see a URL that stays");
    }
}

#[test]
fn a_url_goes_with_the_acceptance_of_the_bytes() {
    let bench = Bench::new();
    let mut stages = Stages::new(1);
    let entry = claim(&bench.journal, "/clip.mp4");
    entry.save(&stages.begun()).unwrap();
    bench.assert_clean();
    entry.save(&stages.with_url()).unwrap();
    bench.assert_needed();
    entry.save(&stages.stored()).unwrap();
    bench.assert_clean();
    entry.save(&stages.finished()).unwrap();
    bench.assert_clean();
}

#[test]
fn a_url_goes_with_what_is_discarded_replaced_forgotten_or_pruned() {
    let bench = Bench::new();
    let ends: [fn(&Bench); 4] = [
        |bench| claim(&bench.journal, "/clip.mp4").discard().unwrap(),
        |bench| {
            let entry = claim(&bench.journal, "/clip.mp4");
            entry.save(&Stages::new(2).begun()).unwrap();
        },
        |bench| {
            let [upload] = &bench.journal.uploads().unwrap()[..] else {
                panic!("one upload was begun")
            };
            assert!(bench.journal.forget_upload(upload).unwrap());
        },
        |bench| {
            bench
                .journal
                .prune(&heygen_journal::Prune::default())
                .unwrap();
        },
    ];
    for end in ends {
        let entry = claim(&bench.journal, "/clip.mp4");
        entry.save(&Stages::new(1).with_url()).unwrap();
        bench.assert_needed();
        drop(entry);
        end(&bench);
        bench.assert_clean();
    }
}

#[test]
fn a_url_that_has_expired_goes_when_the_journal_is_opened() {
    let bench = Bench::new();
    let record = Stages::begun_at(1, SystemTime::now() - DAY).with_url();
    claim(&bench.journal, "/clip.mp4").save(&record).unwrap();
    bench.assert_needed();

    let again = bench.again();
    bench.assert_clean();
    let begun = claim(&again, "/clip.mp4").begun().unwrap().unwrap();
    assert_eq!(begun.checkpoint, record.checkpoint.without_signatures());
    assert_eq!(begun.fingerprint, record.fingerprint);
}

#[test]
fn a_url_that_a_reader_kept_in_the_log_goes_with_the_next_write() {
    let bench = Bench::new();
    let mut stages = Stages::new(1);
    let entry = claim(&bench.journal, "/clip.mp4");
    entry.save(&stages.with_url()).unwrap();

    let reader = rusqlite::Connection::open(bench.path()).unwrap();
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM uploads")
        .unwrap();
    entry.save(&stages.stored()).unwrap();
    reader.execute_batch("COMMIT").unwrap();
    entry.save(&stages.finished()).unwrap();
    bench.assert_clean();
}

#[test]
fn no_row_leaves_a_copy_of_its_url_behind_however_rows_move() {
    let bench = Bench::new();
    let mut uploads: Vec<_> = (0..200)
        .map(|number| {
            let entry = claim(&bench.journal, &format!("/{number}.mp4"));
            let mut stages = Stages::new(number);
            entry.save(&stages.begun()).unwrap();
            (entry, stages)
        })
        .collect();
    // Rows that grow push others onto new pages, in an order in which they come to lie between
    // some that stay as they are.
    let order: Vec<usize> = (0..200).map(|index| index * 73 % 200).collect();
    let growing = || order.iter().filter(|index| *index % 4 != 0);
    for index in growing() {
        let (entry, stages) = &mut uploads[*index];
        entry.save(&stages.with_url()).unwrap();
    }
    bench.assert_needed();
    for index in growing() {
        let (entry, stages) = &mut uploads[*index];
        match index % 2 {
            0 => entry.discard().unwrap(),
            _ => entry.save(&stages.stored()).unwrap(),
        }
    }
    bench.assert_clean();
}

#[test]
fn no_debug_shows_a_url() {
    let bench = Bench::new();
    let entry = claim(&bench.journal, "/clip.mp4");
    entry.save(&Stages::new(1).with_url()).unwrap();
    let uploads = bench.journal.uploads().unwrap();
    let shown = format!("{:?} {entry:?} {uploads:?}", bench.journal);
    assert!(
        !shown.contains(CANARY) && shown.contains("asset_1"),
        "{shown}"
    );
}

#[test]
fn a_url_that_a_process_left_in_the_log_goes_with_the_upload() {
    let bench = Bench::new();
    let mut stages = Stages::new(1);
    let entry = claim(&bench.journal, "/clip.mp4");
    entry.save(&stages.with_url()).unwrap();
    // The files of a process that was killed, copied while it could not close them.
    let other = tempfile::tempdir().unwrap();
    let state = bench.path();
    for name in ["journal.db", "journal.db-wal"] {
        std::fs::copy(state.with_file_name(name), other.path().join(name)).unwrap();
    }
    assert!(!files_with(other.path(), CANARY).is_empty());
    let journal = SqliteJournal::open(other.path().join("journal.db")).unwrap();
    let entry = claim(&journal, "/clip.mp4");
    assert!(entry.begun().unwrap().is_some());
    entry.save(&stages.stored()).unwrap();
    assert!(files_with(other.path(), CANARY).is_empty());
}
