//! A source on its way into a request: read, and hashed, beside the network.

mod block;
mod body;
mod read;

pub(crate) use body::{StreamPlan, stream};
pub(crate) use read::hash;

use std::{
    fmt, io,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use heygen_types::Sha256Digest;

/// What became of one reading of a source, told to whoever started it.
#[derive(Debug)]
pub(crate) struct Reading {
    size: u64,
    /// The digest that the source has to have, where that is known.
    expected: Option<Sha256Digest>,
    handed_over: AtomicU64,
    end: Mutex<End>,
}

#[derive(Debug, Default)]
struct End {
    digest: Option<Sha256Digest>,
    fault: Option<SourceFault>,
}

impl Reading {
    pub(crate) fn new(size: u64, expected: Option<Sha256Digest>) -> Self {
        Self {
            size,
            expected,
            handed_over: AtomicU64::new(0),
            end: Mutex::default(),
        }
    }

    /// Tells whether the transport has taken every byte of the source.
    pub(crate) fn is_handed_over(&self) -> bool {
        self.handed_over.load(Ordering::Acquire) == self.size
    }

    /// Returns the digest, when the source was hashed to its end.
    pub(crate) fn digest(&self) -> Option<Sha256Digest> {
        self.end().digest
    }

    /// Takes what went wrong with the source.
    pub(crate) fn take_fault(&self) -> Option<SourceFault> {
        self.end().fault.take()
    }

    fn add_handed_over(&self, bytes: usize) -> u64 {
        let bytes = bytes as u64;
        self.handed_over.fetch_add(bytes, Ordering::AcqRel) + bytes
    }

    fn set_digest(&self, digest: Sha256Digest) {
        self.end().digest = Some(digest);
    }

    fn set_fault(&self, fault: SourceFault) {
        self.end().fault = Some(fault);
    }

    fn end(&self) -> std::sync::MutexGuard<'_, End> {
        self.end.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What can go wrong with a source.
#[derive(Debug)]
pub(crate) enum SourceFault {
    /// It is not what it was when the upload began.
    Changed(&'static str),
    /// It cannot be read.
    Unreadable(io::Error),
}

impl fmt::Display for SourceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(what) => f.write_str(what),
            Self::Unreadable(_) => f.write_str("the file could not be read"),
        }
    }
}

impl std::error::Error for SourceFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Changed(_) => None,
            Self::Unreadable(error) => Some(error),
        }
    }
}

impl From<io::Error> for SourceFault {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}
