//! How long other processes are waited for.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// One limit for everything that waits for the locks of a journal.
///
/// Others are at it for moments only, so somebody who is in the way for the whole limit has stopped.
/// From then on nothing waits, and everything is tried once, until something could be written again:
/// a command has many statements, and none of them is to wait for the same lock once more.
#[derive(Debug)]
pub(crate) struct Patience {
    limit: Duration,
    /// Since when somebody has been in the way without a break.
    since: Mutex<Option<Instant>>,
    pauses: AtomicU64,
}

impl Patience {
    pub(crate) const fn new(limit: Duration) -> Self {
        Self {
            limit,
            since: Mutex::new(None),
            pauses: AtomicU64::new(0),
        }
    }

    /// Waits a moment. Returns `false`, without a wait, once the limit is used up.
    pub(crate) fn wait(&self) -> bool {
        let mut since = self.since.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = since.get_or_insert_with(Instant::now).elapsed();
        drop(since);
        if waited >= self.limit {
            return false;
        }
        self.pauses.fetch_add(1, Ordering::Relaxed);
        // Short for those who are nearly through, longer for those who are not.
        thread::sleep((waited / 4).clamp(SHORTEST, LONGEST));
        true
    }

    /// Starts the limit again: nobody is in the way any more.
    pub(crate) fn renew(&self) {
        *self.since.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Returns how often somebody was waited for.
    #[cfg(test)]
    pub(crate) fn pauses(&self) -> u64 {
        self.pauses.load(Ordering::Relaxed)
    }
}

impl Default for Patience {
    fn default() -> Self {
        Self::new(Duration::from_secs(5))
    }
}

/// The time between two attempts.
const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(25);
