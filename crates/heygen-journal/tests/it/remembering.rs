//! What is saved is found again, and nothing else.

use std::time::{Duration, SystemTime};

use heygen_client::{AccountId, Journal as _, JournalKey};
use heygen_journal::{Prune, State};
use heygen_types::ByteSize;

use crate::support::{
    Bench, DAY, SIZE, Stages, account, claim, finished, finished_as, found_again, id, is_elsewhere,
    key,
};

#[test]
fn every_stage_of_an_upload_is_found_as_it_was_saved() {
    let bench = Bench::new();
    let records = Stages::new(1).all();
    let entry = claim(&bench.journal, "/clip.mp4");
    assert_eq!(entry.begun().unwrap(), None);
    for (record, state) in records
        .iter()
        .zip([State::Begun, State::Begun, State::Stored])
    {
        entry.save(record).unwrap();
        assert_eq!(entry.begun().unwrap().as_ref(), Some(record));
        let uploads = bench.again().uploads().unwrap();
        assert_eq!(uploads.len(), 1);
        assert_eq!(uploads[0].state, state);
        assert!(!bench.journal.has_finished(&account(), SIZE).unwrap());
        assert_eq!(entry.finished().unwrap(), []);
    }
    let [.., end] = &records;
    entry.save(end).unwrap();
    entry.save(end).unwrap();
    assert_eq!(entry.begun().unwrap(), None);
    assert_eq!(entry.finished().unwrap(), [found_again(end.clone())]);
    let digest = end.checkpoint.digest().unwrap();
    let found = bench.again().finished(&account(), SIZE, &digest).unwrap();
    assert_eq!(found, [found_again(end.clone())]);

    let uploads = bench.journal.uploads().unwrap();
    let [upload] = &uploads[..] else {
        panic!("{uploads:?}")
    };
    assert_eq!(upload.state, State::Finished);
    assert_eq!(upload.id, id(end));
    assert_eq!(upload.source, "/clip.mp4");
    assert_eq!(upload.fingerprint, end.fingerprint);
    assert_eq!(upload.asset_id.as_ref().unwrap().as_str(), "asset_1");
    assert!(upload.finished.is_some() && upload.digest.is_some());
    assert!(upload.created <= upload.updated && upload.updated <= SystemTime::now());
}

#[test]
fn a_new_upload_takes_the_place_of_what_was_begun() {
    let bench = Bench::new();
    let entry = claim(&bench.journal, "/clip.mp4");
    entry.save(&Stages::new(1).begun()).unwrap();
    let second = Stages::new(2).begun();
    entry.save(&second).unwrap();
    assert_eq!(entry.begun().unwrap(), Some(second));
    assert_eq!(bench.journal.uploads().unwrap().len(), 1);

    entry.discard().unwrap();
    assert_eq!(entry.begun().unwrap(), None);
    assert_eq!(bench.journal.uploads().unwrap(), []);
    // What is discarded can be saved again.
    let third = Stages::new(3).begun();
    entry.save(&third).unwrap();
    entry.discard().unwrap();
    entry.save(&third).unwrap();
    assert_eq!(entry.begun().unwrap(), Some(third));
}

#[test]
fn finished_uploads_are_told_apart_by_account_size_and_digest_and_the_newest_is_first() {
    let bench = Bench::new();
    let [first, second, other] = [finished_as(1, 7), finished_as(2, 7), finished_as(3, 8)];
    for record in [&first, &second, &other] {
        claim(&bench.journal, "/clip.mp4").save(record).unwrap();
    }
    let digest = first.checkpoint.digest().unwrap();
    let found = || bench.journal.finished(&account(), SIZE, &digest).unwrap();
    assert_eq!(found(), [second.clone(), first.clone()]);
    assert!(bench.journal.has_finished(&account(), SIZE).unwrap());
    let of_this = claim(&bench.journal, "/clip.mp4").finished().unwrap();
    assert_eq!(of_this, [other, second.clone(), first.clone()]);
    let elsewhere = claim(&bench.journal, "/other.mp4").finished().unwrap();
    assert_eq!(elsewhere, []);

    let larger = ByteSize::new(SIZE.bytes() + 1);
    let stranger = AccountId::from_text("b".repeat(64));
    for (account, size) in [(&account(), larger), (&stranger, SIZE)] {
        assert!(!bench.journal.has_finished(account, size).unwrap());
        assert_eq!(bench.journal.finished(account, size, &digest).unwrap(), []);
    }

    bench.journal.forget(&stranger, id(&first)).unwrap();
    bench.journal.forget(&account(), id(&second)).unwrap();
    assert_eq!(found(), [first]);
}

#[test]
fn one_source_is_begun_by_each_account_on_its_own() {
    let bench = Bench::new();
    let other = JournalKey::new(AccountId::from_text("b".repeat(64)), "/clip.mp4");
    let mine = claim(&bench.journal, "/clip.mp4");
    let heygen_client::Claim::Held(theirs) = bench.journal.claim(&other).unwrap() else {
        panic!("the accounts are not told apart")
    };
    mine.save(&Stages::new(1).begun()).unwrap();
    theirs.save(&Stages::new(2).begun()).unwrap();
    mine.discard().unwrap();
    assert!(theirs.begun().unwrap().is_some());
}

#[test]
fn claims_exclude_each_other_for_as_long_as_they_are_held() {
    let bench = Bench::new();
    let other = bench.again();
    let entry = claim(&bench.journal, "/clip.mp4");
    assert!(is_elsewhere(&bench.journal, "/clip.mp4"));
    assert!(is_elsewhere(&other, "/clip.mp4"));
    let neighbour = claim(&other, "/other.mp4");
    drop(entry);
    let entry = claim(&other, "/clip.mp4");
    assert!(is_elsewhere(&bench.journal, "/clip.mp4"));
    drop((entry, neighbour));
    // Nothing is left of them.
    let claims = bench.path().with_file_name("journal.db-claims");
    assert_eq!(claims.read_dir().unwrap().count(), 0);
}

#[test]
fn a_claim_is_never_had_twice_however_many_ask_for_it() {
    let bench = Bench::new();
    let held = std::sync::atomic::AtomicU32::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..500 {
                    let claim = bench.journal.claim(&key("/clip.mp4")).unwrap();
                    if let heygen_client::Claim::Held(entry) = claim {
                        use std::sync::atomic::Ordering::SeqCst;
                        assert_eq!(held.fetch_add(1, SeqCst), 0);
                        held.fetch_sub(1, SeqCst);
                        drop(entry);
                    }
                }
            });
        }
    });
}

#[test]
fn an_upload_can_be_forgotten_unless_it_is_going_on() {
    let bench = Bench::new();
    let entry = claim(&bench.journal, "/clip.mp4");
    entry.save(&Stages::new(1).begun()).unwrap();
    let [upload] = &bench.journal.uploads().unwrap()[..] else {
        panic!("one upload was saved")
    };
    assert!(!bench.journal.forget_upload(upload).unwrap());
    drop(entry);
    assert!(bench.journal.forget_upload(upload).unwrap());
    assert_eq!(bench.journal.uploads().unwrap(), []);
    assert!(!bench.journal.forget_upload(upload).unwrap());

    // It has finished since it was looked at: that it was is worth knowing.
    claim(&bench.journal, "/clip.mp4")
        .save(&finished(1))
        .unwrap();
    assert!(!bench.journal.forget_upload(upload).unwrap());
    assert_eq!(bench.journal.uploads().unwrap().len(), 1);
}

#[test]
fn pruning_everything_takes_what_cannot_be_read_too() {
    let bench = Bench::new();
    claim(&bench.journal, "/done.mp4")
        .save(&finished(1))
        .unwrap();
    let other = rusqlite::Connection::open(bench.path()).unwrap();
    other
        .execute_batch("UPDATE uploads SET checkpoint = '{}'")
        .unwrap();
    assert_eq!(bench.journal.prune(&Prune::default()).unwrap(), []);
    let rows = other.query_row("SELECT count(*) FROM uploads", [], |row| row.get(0));
    assert_eq!(rows, Ok(0));
}

#[test]
fn pruning_takes_what_everything_that_is_set_holds_for() {
    let bench = Bench::new();
    let there = bench.folder.path().join("there.mp4");
    std::fs::write(&there, "x").unwrap();
    let there = there.to_str().unwrap();
    for (number, source) in [(1, there), (2, "/nowhere/gone.mp4"), (3, "sha256:0")] {
        let entry = claim(&bench.journal, source);
        entry.save(&Stages::new(number).begun()).unwrap();
    }
    claim(&bench.journal, "/nowhere/done.mp4")
        .save(&finished(4))
        .unwrap();
    let going_on = claim(&bench.journal, "/nowhere/going-on.mp4");
    going_on.save(&Stages::new(5).begun()).unwrap();

    let later = SystemTime::now() + 2 * DAY;
    let taken = |what: &Prune| {
        let uploads = bench.journal.uploads().unwrap();
        let taken = uploads.iter().filter(|upload| what.takes(upload, later));
        taken
            .map(|upload| upload.source.clone())
            .collect::<Vec<_>>()
    };
    let mut what = Prune::default();
    assert_eq!(taken(&what).len(), 5);
    what.older_than = Some(3 * DAY);
    assert_eq!(taken(&what).len(), 0);
    what.older_than = Some(DAY);
    what.is_missing = true;
    what.state = Some(State::Finished);
    assert_eq!(taken(&what), ["/nowhere/done.mp4"]);
    what.older_than = Some(Duration::ZERO);
    what.state = Some(State::Begun);
    assert_eq!(taken(&what), ["/nowhere/gone.mp4", "/nowhere/going-on.mp4"]);

    what.older_than = None;
    let pruned = bench.journal.prune(&what).unwrap();
    let pruned: Vec<&str> = pruned.iter().map(|upload| &*upload.source).collect();
    assert_eq!(pruned, ["/nowhere/gone.mp4"]);
    assert_eq!(bench.journal.uploads().unwrap().len(), 4);
    assert!(going_on.begun().unwrap().is_some());
}
