//! A journal between two writes of which a process can die, and whose disk can be full.

use std::sync::{Arc, Mutex, PoisonError};

use heygen_client::{
    AccountId, Claim, Journal, JournalEntry, JournalError, JournalKey, JournalRecord, UploadId,
};
use heygen_types::{ByteSize, Sha256Digest};

use super::world::World;

#[derive(Clone, Debug)]
pub(super) struct SimJournal {
    pub(super) world: World,
    pub(super) process: usize,
    pub(super) journal: Arc<dyn Journal>,
}

/// How something ended that a process asked of its journal.
enum Done<T> {
    /// The process died before.
    Never,
    /// Not at all, as the process was told.
    Failed,
    /// In truth, but the process was told that it failed.
    InSecret(T),
    Openly(T),
}

impl<T> Done<T> {
    /// Returns what the process is told.
    fn told(self) -> Result<T, JournalError> {
        match self {
            Self::Never => Err(JournalError::new("the process is dead")),
            Self::Failed | Self::InSecret(_) => Err(JournalError::new("the disk is full")),
            Self::Openly(value) => Ok(value),
        }
    }
}

impl SimJournal {
    /// Does something to the journal, unless the process dies before, or the disk is full.
    fn at<T>(
        &self,
        what: &str,
        work: impl FnOnce() -> Result<T, JournalError>,
    ) -> Result<Done<T>, JournalError> {
        if !self.world.point(self.process, format_args!("will {what}")) {
            return Ok(Done::Never);
        }
        Ok(match self.world.journal_fails() {
            Some(false) => Done::Failed,
            Some(true) => Done::InSecret(work()?),
            None => Done::Openly(work()?),
        })
    }

    /// Looks for what is finished. Who cannot be told goes astray.
    fn look<T>(
        &self,
        what: &str,
        look: impl FnOnce() -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        let found = self.at(what, look)?.told();
        if found.is_err() {
            self.goes_astray();
        }
        self.after(what);
        found
    }

    fn goes_astray(&self) {
        let mut state = self.world.state();
        state.processes[self.process].run.blindness.is_astray = true;
    }

    /// What comes after something was done to the journal.
    fn after(&self, what: &str) {
        self.world.point(self.process, format_args!("did {what}"));
    }
}

impl Journal for SimJournal {
    fn claim(&self, key: &JournalKey) -> Result<Claim, JournalError> {
        let claim = self.at("claim", || self.journal.claim(key))?.told();
        if claim.is_err() {
            self.world.state().processes[self.process]
                .run
                .blindness
                .is_unremembered = true;
        }
        let claim = claim.map(|claim| match claim {
            Claim::Elsewhere => Claim::Elsewhere,
            Claim::Held(entry) => {
                let place = Place(Arc::new(Mutex::new(Some(entry))));
                self.world.holds(self.process, place.clone());
                Claim::Held(Arc::new(SimEntry {
                    journal: self.clone(),
                    place,
                }))
            }
        });
        self.after("claim");
        claim
    }

    fn has_finished(&self, account: &AccountId, size: ByteSize) -> Result<bool, JournalError> {
        self.look("look for finished ones", || {
            self.journal.has_finished(account, size)
        })
    }

    fn finished(
        &self,
        account: &AccountId,
        size: ByteSize,
        digest: &Sha256Digest,
    ) -> Result<Vec<JournalRecord>, JournalError> {
        self.look("look for the same bytes", || {
            self.journal.finished(account, size, digest)
        })
    }

    fn forget(&self, account: &AccountId, upload_id: UploadId) -> Result<(), JournalError> {
        let forget = || self.journal.forget(account, upload_id);
        self.world.forgets(self.process);
        let done = self.at("forget", forget)?.told();
        if done.is_err() {
            // An asset that was denied comes back when it is there after all, and what was begun in
            // its place is given up for it.
            self.goes_astray();
        }
        self.after("forget");
        done
    }
}

/// The place of a claim, which is empty once its process is dead.
#[derive(Clone, Debug)]
pub(super) struct Place(Arc<Mutex<Option<Arc<dyn JournalEntry>>>>);

impl Place {
    fn entry(&self) -> Result<Arc<dyn JournalEntry>, JournalError> {
        let place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = place.as_ref().map(Arc::clone);
        entry.ok_or_else(|| JournalError::new("the process is dead"))
    }

    /// Gives the claim back, as the system does for a dead process.
    pub(super) fn release(&self) {
        let entry = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(entry);
    }
}

#[derive(Debug)]
struct SimEntry {
    journal: SimJournal,
    place: Place,
}

impl Drop for SimEntry {
    fn drop(&mut self) {
        self.place.release();
    }
}

impl JournalEntry for SimEntry {
    fn begun(&self) -> Result<Option<JournalRecord>, JournalError> {
        let (journal, entry) = (&self.journal, self.place.entry()?);
        let done = journal.at("look for what was begun", || entry.begun())?;
        let is_failed = matches!(done, Done::Failed | Done::InSecret(_));
        let begun = done.told();
        if is_failed && let Ok(Some(lost)) = entry.begun() {
            journal.world.forgot(&lost);
        }
        if let Ok(Some(begun)) = &begun {
            journal.world.found(journal.process, begun);
        }
        journal.after("look for what was begun");
        begun
    }

    fn finished(&self) -> Result<Vec<JournalRecord>, JournalError> {
        let entry = self.place.entry()?;
        let what = "look for what finished";
        self.journal.look(what, || entry.finished())
    }

    fn save(&self, record: &JournalRecord) -> Result<(), JournalError> {
        let (journal, entry) = (&self.journal, self.place.entry()?);
        let done = journal.at("save", || entry.save(record))?;
        match &done {
            Done::Never => {}
            Done::Failed => journal.world.saved(journal.process, record, false),
            Done::InSecret(()) | Done::Openly(()) => {
                journal.world.saved(journal.process, record, true);
            }
        }
        journal.after("save");
        done.told()
    }

    fn discard(&self) -> Result<(), JournalError> {
        let (journal, entry) = (&self.journal, self.place.entry()?);
        let done = journal.at("discard", || entry.discard())?;
        journal.after("discard");
        done.told()
    }
}
