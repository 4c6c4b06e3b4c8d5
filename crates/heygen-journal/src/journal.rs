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

use crate::{
    Error, ErrorKind, Prune, RememberedUpload, State,
    claims::Claims,
    database::{self, Database, Durability, Residue, Suspicion, is_damage},
    entry::Entry,
    place::{Place, default_path},
    rows,
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
    set_aside: Mutex<Vec<PathBuf>>,
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
    /// [`Newer`](ErrorKind::Newer) and [`Foreign`](ErrorKind::Foreign) for files that are left as
    /// they are, [`Busy`](ErrorKind::Busy) when other processes do not let go of it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let place = Place::new(path).map_err(|error| Error::io(path, error))?;
        let (database, aside) = database::open(&place, Suspicion::None)?;
        let claims = Claims::new(place.claims());
        Ok(Self {
            shared: Arc::new(Shared {
                place,
                claims,
                database: Mutex::new(Some(database)),
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
    /// they held is not remembered any more.
    #[must_use]
    pub fn set_aside(&self) -> Vec<PathBuf> {
        lock(&self.shared.set_aside).clone()
    }

    /// Returns every upload that is remembered, of all accounts, the newest last.
    ///
    /// # Errors
    ///
    /// When the journal cannot be read.
    pub fn uploads(&self) -> Result<Vec<RememberedUpload>, Error> {
        self.shared
            .with(|database| rows::all(database.connection()))
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
    /// Where everything goes, so do records that cannot be read any more.
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
        if *what == Prune::default() {
            shared.write(Durability::Process, rows::forget_unreadable)?;
        }
        // What is forgotten is forgotten, even where the disk is too full for a smaller copy.
        let _ = shared.with(|database| database.connection().execute_batch("VACUUM"));
        let sweep = shared.claims.sweep();
        sweep.map_err(|error| Error::io(self.path(), error))?;
        Ok(pruned)
    }
}

impl Journal for SqliteJournal {
    fn claim(&self, key: &JournalKey) -> Result<Claim, JournalError> {
        let file = self.shared.claim_file(key).map_err(JournalError::new)?;
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
        self.shared.with(read).map_err(JournalError::new)
    }

    fn finished(
        &self,
        account: &AccountId,
        size: ByteSize,
        digest: &Sha256Digest,
    ) -> Result<Vec<JournalRecord>, JournalError> {
        let read =
            |database: &mut Database| rows::finished(database.connection(), account, size, digest);
        self.shared.with(read).map_err(JournalError::new)
    }

    fn forget(&self, account: &AccountId, upload_id: UploadId) -> Result<(), JournalError> {
        let forgotten = self.shared.forget(account, upload_id, true);
        forgotten.map(drop).map_err(JournalError::new)
    }
}

impl Shared {
    /// Works with the database. When it turns out to be damaged, it is replaced, and the work is
    /// done again.
    pub(crate) fn with<T>(
        &self,
        work: impl Fn(&mut Database) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let mut open = lock(&self.database);
        let mut suspicion = Suspicion::None;
        loop {
            let database = match &mut *open {
                Some(database) => database,
                none => {
                    let (database, aside) = database::open(&self.place, suspicion)?;
                    lock(&self.set_aside).extend(aside);
                    none.insert(database)
                }
            };
            match (work(database), suspicion.next()) {
                (Err(error), Some(next)) if is_damage(&error) => {
                    // First, so that this process has no lock on a file that is moved away.
                    *open = None;
                    suspicion = next;
                }
                (end, _) => {
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
        self.with(|database| database.write(durability, &work))
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
