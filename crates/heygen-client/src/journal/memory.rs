use std::{
    collections::{HashMap, HashSet},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use heygen_types::{ByteSize, Sha256Digest};
use heygen_upload_core::UploadId;

use super::{AccountId, Claim, Journal, JournalEntry, JournalError, JournalKey, JournalRecord};

/// A journal that lasts as long as its process: an upload that failed goes on when it is started
/// again, and nothing is sent twice. Clones are the same journal.
#[derive(Clone, Default)]
pub struct MemoryJournal(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    claimed: HashSet<JournalKey>,
    begun: HashMap<JournalKey, JournalRecord>,
    /// The oldest first.
    finished: Vec<(JournalKey, JournalRecord)>,
}

impl MemoryJournal {
    /// Makes a journal that knows nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal for MemoryJournal {
    fn claim(&self, key: &JournalKey) -> Result<Claim, JournalError> {
        if !self.state().claimed.insert(key.clone()) {
            return Ok(Claim::Elsewhere);
        }
        Ok(Claim::Held(Arc::new(Place {
            journal: self.clone(),
            key: key.clone(),
        })))
    }

    fn has_finished(&self, account: &AccountId, size: ByteSize) -> Result<bool, JournalError> {
        Ok(self.state().of(account, size).next().is_some())
    }

    fn finished(
        &self,
        account: &AccountId,
        size: ByteSize,
        digest: &Sha256Digest,
    ) -> Result<Vec<JournalRecord>, JournalError> {
        let state = self.state();
        let same = state
            .of(account, size)
            .filter(|record| record.checkpoint.digest() == Some(*digest));
        Ok(same.cloned().collect())
    }

    fn forget(&self, account: &AccountId, upload_id: UploadId) -> Result<(), JournalError> {
        self.state().finished.retain(|(key, record)| {
            key.account != *account || record.checkpoint.upload_id() != upload_id
        });
        Ok(())
    }
}

impl State {
    /// Returns the finished uploads of so many bytes, the newest first.
    fn of(&self, account: &AccountId, size: ByteSize) -> impl Iterator<Item = &JournalRecord> {
        let finished = self.finished.iter().rev();
        let fitting = finished.filter(move |(key, record)| {
            key.account == *account && record.checkpoint.plan().size == size
        });
        fitting.map(|(_, record)| record)
    }
}

impl fmt::Debug for MemoryJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("MemoryJournal")
            .field("begun", &state.begun.len())
            .field("finished", &state.finished.len())
            .finish_non_exhaustive()
    }
}

#[derive(Debug)]
struct Place {
    journal: MemoryJournal,
    key: JournalKey,
}

impl JournalEntry for Place {
    fn begun(&self) -> Result<Option<JournalRecord>, JournalError> {
        Ok(self.journal.state().begun.get(&self.key).cloned())
    }

    fn finished(&self) -> Result<Vec<JournalRecord>, JournalError> {
        let state = self.journal.state();
        let finished = state.finished.iter().rev();
        let of_this = finished.filter(|(key, _)| *key == self.key);
        Ok(of_this.map(|(_, record)| record.clone()).collect())
    }

    fn save(&self, record: &JournalRecord) -> Result<(), JournalError> {
        let mut state = self.journal.state();
        if record.checkpoint.finished().is_none() {
            state.begun.insert(self.key.clone(), record.clone());
            return Ok(());
        }
        state.begun.remove(&self.key);
        let upload_id = record.checkpoint.upload_id();
        let mut finished = state.finished.iter_mut();
        match finished.find(|(_, known)| known.checkpoint.upload_id() == upload_id) {
            Some((_, known)) => *known = record.clone(),
            None => state.finished.push((self.key.clone(), record.clone())),
        }
        Ok(())
    }

    fn discard(&self) -> Result<(), JournalError> {
        self.journal.state().begun.remove(&self.key);
        Ok(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.journal.state().claimed.remove(&self.key);
    }
}
