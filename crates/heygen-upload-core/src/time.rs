use core::time::Duration;

use serde::{Deserialize, Serialize};

/// A moment, as the time since the Unix epoch.
///
/// The driver makes it: it reads the wall clock once, when it starts, and adds what its monotonic
/// clock counts from there. So moments never run backwards within one process, and a checkpoint
/// still means something in another process on another day.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(Duration);

impl Timestamp {
    /// Makes a moment from the time since the Unix epoch.
    #[must_use]
    pub const fn from_unix(since_epoch: Duration) -> Self {
        Self(since_epoch)
    }

    /// Returns the time since the Unix epoch.
    #[must_use]
    pub const fn since_unix(self) -> Duration {
        self.0
    }

    /// Returns the moment `duration` later.
    #[must_use]
    pub const fn after(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration))
    }

    /// Returns the time that has passed since `earlier`, zero when it is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}
