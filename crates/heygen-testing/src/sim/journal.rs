//! A journal between two writes of which a process can die, and whose disk can be full.

use std::sync::Arc;

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

impl SimJournal {
    /// Does something to the journal, unless the process dies before, or the disk is full.
    fn at<T>(
        &self,
        what: &str,
        work: impl FnOnce() -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        if !self.world.point(self.process, &format!("will {what}")) {
            return Err(JournalError::new("the process is dead"));
        }
        if self.world.journal_fails() {
            return Err(JournalError::new("the disk is full"));
        }
        let done = work();
        self.world.point(self.process, &format!("did {what}"));
        done
    }
}

impl Journal for SimJournal {
    fn claim(&self, key: &JournalKey) -> Result<Claim, JournalError> {
        let claim = self.at("claim", || self.journal.claim(key))?;
        Ok(match claim {
            Claim::Elsewhere => Claim::Elsewhere,
            Claim::Held(entry) => Claim::Held(Arc::new(SimEntry {
                journal: self.clone(),
                entry,
            })),
        })
    }

    fn has_finished(&self, account: &AccountId, size: ByteSize) -> Result<bool, JournalError> {
        self.at("look for finished ones", || {
            self.journal.has_finished(account, size)
        })
    }

    fn finished(
        &self,
        account: &AccountId,
        size: ByteSize,
        digest: &Sha256Digest,
    ) -> Result<Vec<JournalRecord>, JournalError> {
        self.at("look for the same bytes", || {
            self.journal.finished(account, size, digest)
        })
    }

    fn forget(&self, account: &AccountId, upload_id: UploadId) -> Result<(), JournalError> {
        self.at("forget", || self.journal.forget(account, upload_id))
    }
}

#[derive(Debug)]
struct SimEntry {
    journal: SimJournal,
    entry: Arc<dyn JournalEntry>,
}

impl JournalEntry for SimEntry {
    fn begun(&self) -> Result<Option<JournalRecord>, JournalError> {
        self.journal
            .at("look for what was begun", || self.entry.begun())
    }

    fn finished(&self) -> Result<Option<JournalRecord>, JournalError> {
        self.journal
            .at("look for what finished", || self.entry.finished())
    }

    fn save(&self, record: &JournalRecord) -> Result<(), JournalError> {
        self.journal.at("save", || self.entry.save(record))
    }

    fn discard(&self) -> Result<(), JournalError> {
        self.journal.at("discard", || self.entry.discard())
    }
}
