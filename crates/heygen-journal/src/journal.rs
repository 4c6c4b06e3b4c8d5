use std::{
    cell::Cell,
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use heygen_client::{AccountId, Claim, Journal, JournalError, JournalKey, JournalRecord};
use heygen_types::{ByteSize, Sha256Digest};
use heygen_upload_core::UploadId;
use rusqlite::Connection;

use crate::{
    DamagedRecord, Error, ErrorKind, Prune, RememberedUpload, State,
    claims::Claims,
    database::{self, Database, Durability, Residue, Suspicion, is_busy, is_damage},
    entry::Entry,
    patience::Patience,
    place::{Place, default_path},
    rows::{self, Flaw, Found},
};

/// A journal in a SQLite file. Clones share it, and so can any number of processes.
#[derive(Clone)]
pub struct SqliteJournal {
    shared: Arc<Shared>,
}

/// What the clones of a journal and the entries in it have in common.
pub(crate) struct Shared {
    place: Place,
    claims: Claims,
    /// `None` after a damaged file could not be replaced.
    database: Mutex<Option<Database>>,
    patience: Patience,
    set_aside: Mutex<Vec<PathBuf>>,
    damaged: Mutex<Vec<(i64, DamagedRecord)>>,
}

impl SqliteJournal {
    /// Opens a journal, and makes it where there is none.
    ///
    /// A damaged journal is moved aside and a new one begun: see [`set_aside`](Self::set_aside). A
    /// file that never was a journal stays where it is, as it is.
    ///
    /// # Errors
    ///
    /// [`Unusable`](ErrorKind::Unusable) when the disk or the folder does not allow it,
    /// [`Newer`](ErrorKind::Newer), [`Foreign`](ErrorKind::Foreign) and [`Link`](ErrorKind::Link) for
    /// files that are left as they are, [`Busy`](ErrorKind::Busy) when another process keeps it
    /// locked for 5 seconds.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::open_with(path.as_ref(), Patience::default())
    }

    fn open_with(path: &Path, patience: Patience) -> Result<Self, Error> {
        let place = Place::new(path).map_err(|error| Error::io(path, error))?;
        let (database, aside) = database::open(&place, Suspicion::None, &patience)?;
        let claims = Claims::new(place.claims());
        Ok(Self {
            shared: Arc::new(Shared {
                place,
                claims,
                database: Mutex::new(Some(database)),
                patience,
                damaged: Mutex::default(),
                set_aside: Mutex::new(aside.into_iter().collect()),
            }),
        })
    }

    /// Opens the journal of the user at [`default_path`], which `heygen-rs` has too.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), and [`NoPlace`](ErrorKind::NoPlace) for a user without a home.
    pub fn open_default() -> Result<Self, Error> {
        match default_path() {
            Some(path) => Self::open(path),
            None => Err(Error::new(ErrorKind::NoPlace, Path::new(""))),
        }
    }

    /// Returns the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.shared.place.database
    }

    /// Returns where damaged files went that were in the way since the journal was opened. What
    /// they held is not remembered any more. Presigned URLs in them are overwritten.
    #[must_use]
    pub fn set_aside(&self) -> Vec<PathBuf> {
        lock(&self.shared.set_aside).clone()
    }

    /// Returns the records that could not be read since the journal was opened. They were removed,
    /// and the files are uploaded again.
    #[must_use]
    pub fn damaged_records(&self) -> Vec<DamagedRecord> {
        let damaged = lock(&self.shared.damaged);
        damaged.iter().map(|(_, record)| record.clone()).collect()
    }

    /// Returns every upload that is remembered, of all accounts, the newest last.
    ///
    /// # Errors
    ///
    /// When the journal cannot be read, also because a newer version wrote a record in it.
    pub fn uploads(&self) -> Result<Vec<RememberedUpload>, Error> {
        self.shared.read(rows::all)
    }

    /// Forgets an upload, whatever its state. Tells whether it did: it does not while the upload is
    /// going on, nor when it has finished or was forgotten since it was looked at.
    ///
    /// Nothing that is stored at HeyGen is deleted.
    ///
    /// # Errors
    ///
    /// When the journal cannot be written.
    pub fn forget_upload(&self, upload: &RememberedUpload) -> Result<bool, Error> {
        let key = JournalKey::new(upload.account.clone(), upload.source.clone());
        let is_finished = upload.state == State::Finished;
        let claim = match is_finished {
            true => None,
            false => match self.shared.claim_file(&key)? {
                Some(claim) => Some(claim),
                None => return Ok(false),
            },
        };
        let forgot = self.shared.forget(&upload.account, upload.id, is_finished);
        drop(claim);
        forgot
    }

    /// Forgets what is not worth being remembered, but for uploads that are going on, and gives
    /// the space back. Returns what it forgot.
    ///
    /// # Errors
    ///
    /// When the journal cannot be written.
    pub fn prune(&self, what: &Prune) -> Result<Vec<RememberedUpload>, Error> {
        let now = SystemTime::now();
        let mut pruned = Vec::new();
        for upload in self.uploads()? {
            if what.takes(&upload, now) && self.forget_upload(&upload)? {
                pruned.push(upload);
            }
        }
        let shared = &self.shared;
        // What is forgotten is forgotten, even where the disk is too full for a smaller copy.
        let _ = shared.with(|database| database.connection().execute_batch("VACUUM"));
        let sweep = shared.claims.sweep();
        sweep.map_err(|error| Error::io(self.path(), error))?;
        Ok(pruned)
    }
}

impl Journal for SqliteJournal {
    fn claim(&self, key: &JournalKey) -> Result<Claim, JournalError> {
        let file = self.shared.claim_file(key)?;
        Ok(match file {
            Some(file) => {
                let shared = Arc::clone(&self.shared);
                Claim::Held(Arc::new(Entry::new(shared, key.clone(), file)))
            }
            None => Claim::Elsewhere,
        })
    }

    fn has_finished(&self, account: &AccountId, size: ByteSize) -> Result<bool, JournalError> {
        let read =
            |database: &mut Database| rows::has_finished(database.connection(), account, size);
        Ok(self.shared.with(read)?)
    }

    fn finished(
        &self,
        account: &AccountId,
        size: ByteSize,
        digest: &Sha256Digest,
    ) -> Result<Vec<JournalRecord>, JournalError> {
        let finished = |connection: &Connection| rows::finished(connection, account, size, digest);
        Ok(self.shared.read(finished)?)
    }

    fn forget(&self, account: &AccountId, upload_id: UploadId) -> Result<(), JournalError> {
        self.shared.forget(account, upload_id, true)?;
        Ok(())
    }
}

impl Shared {
    /// Works with the database. When it turns out to be damaged, it is replaced, and the work is
    /// done again; when somebody else has locked it, it is waited for.
    pub(crate) fn with<T>(
        &self,
        work: impl Fn(&mut Database) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let mut open = lock(&self.database);
        let mut suspicion = Suspicion::None;
        let mut has_waited = false;
        loop {
            let database = match &mut *open {
                Some(database) => database,
                none => {
                    let (database, aside) = database::open(&self.place, suspicion, &self.patience)?;
                    lock(&self.set_aside).extend(aside);
                    none.insert(database)
                }
            };
            match (work(database), suspicion.next()) {
                (Err(error), _) if is_busy(&error) && self.patience.wait() => has_waited = true,
                (Err(error), Some(next)) if is_damage(&error) => {
                    // First, so that this process has no lock on a file that is moved away.
                    *open = None;
                    suspicion = next;
                }
                (end, _) => {
                    if has_waited && end.is_ok() {
                        self.patience.renew();
                    }
                    return end.map_err(|error| Error::sqlite(&self.place.database, error));
                }
            }
        }
    }

    pub(crate) fn write(
        &self,
        durability: Durability,
        work: impl Fn(&rusqlite::Transaction<'_>) -> rusqlite::Result<Residue>,
    ) -> Result<(), Error> {
        self.with(|database| database.write(durability, &work))?;
        self.patience.renew();
        Ok(())
    }

    /// Reads records. Those of which nothing can be made are removed, so that nobody stumbles over
    /// them again, and can be asked for.
    pub(crate) fn read<T>(
        &self,
        rows: impl Fn(&Connection) -> rusqlite::Result<Vec<Found<T>>>,
    ) -> Result<Vec<T>, Error> {
        let mut whole = Vec::new();
        let mut damaged = Vec::new();
        let mut has_newer = false;
        for found in self.with(|database| rows(database.connection()))? {
            match found {
                Ok(record) => whole.push(record),
                Err(Flaw::Newer) => has_newer = true,
                Err(Flaw::Damaged(id, record)) => damaged.push((id, record)),
            }
        }
        if !damaged.is_empty() {
            // Where it cannot be done now, they are met again.
            let _ = self.write(Durability::Process, |transaction| {
                rows::forget_rows(transaction, &damaged)
            });
            let mut known = lock(&self.damaged);
            damaged.retain(|(id, _)| known.iter().all(|(other, _)| other != id));
            known.extend(damaged);
        }
        match has_newer {
            true => Err(Error::new(ErrorKind::Newer, &self.place.database)),
            false => Ok(whole),
        }
    }

    /// Counts the damaged files that were replaced, which tells each file from the next.
    pub(crate) fn files_set_aside(&self) -> usize {
        lock(&self.set_aside).len()
    }

    /// Tells whether there was such an upload.
    fn forget(&self, account: &AccountId, id: UploadId, is_finished: bool) -> Result<bool, Error> {
        let was_there = Cell::new(false);
        self.write(Durability::Process, |transaction| {
            let residue = rows::forget(transaction, account, id, is_finished)?;
            was_there.set(residue.is_some());
            Ok(residue.unwrap_or(Residue::None))
        })?;
        Ok(was_there.get())
    }

    fn claim_file(&self, key: &JournalKey) -> Result<Option<crate::claims::ClaimFile>, Error> {
        let taken = self.claims.take(key);
        taken.map_err(|error| Error::io(&self.place.database, error))
    }
}

impl fmt::Debug for SqliteJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SqliteJournal").field(&self.path()).finish()
    }
}

/// What panicked while it held a lock has not left anything half done: SQLite rolls it back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn somebody_who_keeps_the_lock_is_waited_for_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        let patience = Patience::new(Duration::from_millis(100));
        let journal = SqliteJournal::open_with(&path, patience).unwrap();
        let shared = &journal.shared;
        let pauses = || shared.patience.pauses();
        let write = || shared.write(Durability::Process, |_| Ok(Residue::None));
        let other = Connection::open(&path).unwrap();
        let mut before = 0;
        for _ in 0..2 {
            other.execute_batch("BEGIN IMMEDIATE").unwrap();
            assert_eq!(write().unwrap_err().kind(), ErrorKind::Busy);
            let waited = pauses();
            assert!(waited > before);
            for _ in 0..20 {
                assert_eq!(write().unwrap_err().kind(), ErrorKind::Busy);
                // What is known is known.
                assert_eq!(journal.uploads().unwrap(), []);
            }
            assert_eq!(pauses(), waited);
            // Once it is free again, it is used again, and waited for.
            other.execute_batch("COMMIT").unwrap();
            write().unwrap();
            before = pauses();
        }
    }

    #[test]
    fn time_that_was_spent_on_opening_it_is_given_back() {
        let folder = tempfile::tempdir().unwrap();
        let patience = Patience::new(Duration::from_millis(50));
        // Others were opening it.
        while patience.wait() {}
        let journal = SqliteJournal::open_with(&folder.path().join("journal.db"), patience);
        assert!(journal.unwrap().shared.patience.wait());
    }

    #[test]
    fn who_opens_a_locked_journal_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        drop(SqliteJournal::open(&path).unwrap());
        let other = Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let journal = SqliteJournal::open_with(&path, Patience::new(Duration::ZERO)).unwrap();
        assert_eq!(journal.uploads().unwrap(), []);
        assert_eq!(journal.shared.patience.pauses(), 0);
    }
}
