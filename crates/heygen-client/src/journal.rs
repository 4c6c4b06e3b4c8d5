mod memory;

use std::{error::Error as StdError, fmt, sync::Arc};

use heygen_types::{ByteSize, Sha256Digest};
use heygen_upload_core::{Checkpoint, UploadId};
use sha2::{Digest as _, Sha256};

pub use memory::MemoryJournal;

use crate::{BaseUrl, Fingerprint};

/// Where uploads are remembered, so that they survive their process.
///
/// An upload is given one by [`Upload::journal`](crate::Upload::journal), which also says what it
/// does with it. `heygen-journal` keeps it in a file that several processes may share; [`MemoryJournal`]
/// keeps it in this process; implement this trait to keep it elsewhere.
///
/// The methods block; they are called away from the asynchronous code. An error does not stop an
/// upload: it goes on without being remembered, and its observer receives the error. The one
/// exception is a [newer](JournalError::newer) journal before anything is sent: whether the file is
/// stored already is written there, and this program cannot read it.
pub trait Journal: fmt::Debug + Send + Sync + 'static {
    /// Claims the upload of a source for one account, so that nobody else begins it.
    ///
    /// The claim lasts as long as the entry, and no longer than its process: that of a process
    /// that has died is free.
    ///
    /// # Errors
    ///
    /// When the journal cannot be used.
    fn claim(&self, key: &JournalKey) -> Result<Claim, JournalError>;

    /// Tells whether an account has finished an upload of so many bytes. Only then is it worth
    /// reading a source for its digest, to ask for that.
    ///
    /// # Errors
    ///
    /// When the journal cannot be read.
    fn has_finished(&self, account: &AccountId, size: ByteSize) -> Result<bool, JournalError>;

    /// Returns the finished uploads of an account that had these bytes, the newest first.
    ///
    /// # Errors
    ///
    /// When the journal cannot be read.
    fn finished(
        &self,
        account: &AccountId,
        size: ByteSize,
        digest: &Sha256Digest,
    ) -> Result<Vec<JournalRecord>, JournalError>;

    /// Forgets a finished upload: its asset is gone.
    ///
    /// # Errors
    ///
    /// When the journal cannot be written.
    fn forget(&self, account: &AccountId, upload_id: UploadId) -> Result<(), JournalError>;
}

impl<T: Journal + ?Sized> Journal for Arc<T> {
    fn claim(&self, key: &JournalKey) -> Result<Claim, JournalError> {
        (**self).claim(key)
    }

    fn has_finished(&self, account: &AccountId, size: ByteSize) -> Result<bool, JournalError> {
        (**self).has_finished(account, size)
    }

    fn finished(
        &self,
        account: &AccountId,
        size: ByteSize,
        digest: &Sha256Digest,
    ) -> Result<Vec<JournalRecord>, JournalError> {
        (**self).finished(account, size, digest)
    }

    fn forget(&self, account: &AccountId, upload_id: UploadId) -> Result<(), JournalError> {
        (**self).forget(account, upload_id)
    }
}

/// The answer to [`Journal::claim`].
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "whoever claims has to handle both")]
pub enum Claim {
    /// The upload is the caller's.
    Held(Arc<dyn JournalEntry>),
    /// Somebody else is at it.
    Elsewhere,
}

/// The place of one claimed upload in a journal. Dropping it gives the claim back; what was saved
/// stays.
pub trait JournalEntry: fmt::Debug + Send + Sync + 'static {
    /// Returns what was begun and not finished.
    ///
    /// # Errors
    ///
    /// When the journal cannot be read.
    fn begun(&self) -> Result<Option<JournalRecord>, JournalError>;

    /// Returns the finished uploads of this source, the newest first.
    ///
    /// # Errors
    ///
    /// When the journal cannot be read.
    fn finished(&self) -> Result<Vec<JournalRecord>, JournalError>;

    /// Writes an upload down, in place of what was begun before.
    ///
    /// A checkpoint that [is stored](Checkpoint::is_stored) and has not finished has to survive a
    /// loss of power when this returns, any other the end of the process. One that [has
    /// finished](Checkpoint::finished) is no longer begun: [`Journal::finished`] and
    /// [`finished`](Self::finished) return it.
    ///
    /// # Errors
    ///
    /// When the journal cannot be written.
    fn save(&self, record: &JournalRecord) -> Result<(), JournalError>;

    /// Forgets what was begun.
    ///
    /// # Errors
    ///
    /// When the journal cannot be written.
    fn discard(&self) -> Result<(), JournalError>;
}

/// What one upload is remembered by: whose it is, and of what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct JournalKey {
    /// Whose upload it is.
    pub account: AccountId,
    /// What is uploaded: the absolute path of a file, or `sha256:` and the digest of other content.
    pub source: String,
}

impl JournalKey {
    /// Makes the key of an upload.
    pub fn new(account: AccountId, source: impl Into<String>) -> Self {
        let source = source.into();
        Self { account, source }
    }
}

/// One upload as it is remembered.
///
/// Its checkpoint contains a presigned URL until storage has accepted the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JournalRecord {
    /// The version of the source that is uploaded.
    pub fingerprint: Fingerprint,
    /// Where the upload stands.
    pub checkpoint: Checkpoint,
}

impl JournalRecord {
    /// Makes the record of an upload.
    #[must_use]
    pub const fn new(fingerprint: Fingerprint, checkpoint: Checkpoint) -> Self {
        Self {
            fingerprint,
            checkpoint,
        }
    }
}

/// One account at one server, by a hash: a journal never holds a credential.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct AccountId(String);

impl AccountId {
    /// Takes the account apart from all others by its server and by what only it has.
    pub(crate) fn of(base_url: &BaseUrl, kind: &str, secret: &str) -> Self {
        let mut hasher = Sha256::new();
        // The lengths keep the parts from running into one another.
        for part in ["heygen account 1", base_url.as_str(), kind, secret] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        let hash = Sha256Digest::from_bytes(hasher.finalize().into());
        Self(hash.to_string())
    }

    /// Takes an account as a journal has written it down.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the hash as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AccountId").field(&self.0).finish()
    }
}

/// A journal that could not be used.
///
/// `Display` says what happened; it never contains a URL or a credential.
#[derive(Debug)]
pub struct JournalError {
    cause: Box<dyn StdError + Send + Sync>,
    is_newer: bool,
}

impl JournalError {
    /// Wraps what went wrong.
    pub fn new(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            cause: cause.into(),
            is_newer: false,
        }
    }

    /// Wraps the reason why a newer version of this program is needed to read what was asked for.
    /// The upload ends before anything is sent.
    pub fn newer(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            is_newer: true,
            ..Self::new(cause)
        }
    }

    /// Returns `true` if a newer version of this program is needed.
    #[must_use]
    pub const fn is_newer(&self) -> bool {
        self.is_newer
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.is_newer {
            true => "a newer version of this program wrote the journal",
            false => "the journal could not be used",
        })
    }
}

impl StdError for JournalError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.cause)
    }
}
