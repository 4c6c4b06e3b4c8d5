use std::time::{Duration, SystemTime};

/// What time the emulator takes it to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    /// What it showed last time somebody touched it.
    shown: Duration,
    /// What the system's clock showed then; `None` stands still.
    runs_since: Option<Duration>,
}

impl Clock {
    /// Goes with the system's clock.
    pub(super) fn system() -> Self {
        let now = system_now();
        Self {
            shown: now,
            runs_since: Some(now),
        }
    }

    /// Stands still at a time.
    pub(super) const fn frozen_at(time: Duration) -> Self {
        Self {
            shown: time,
            runs_since: None,
        }
    }

    pub(super) fn now(&self) -> Duration {
        let gone = self
            .runs_since
            .map(|since| system_now().saturating_sub(since));
        self.shown.saturating_add(gone.unwrap_or_default())
    }

    pub(super) const fn is_frozen(&self) -> bool {
        self.runs_since.is_none()
    }

    pub(super) fn freeze(&mut self) {
        *self = Self::frozen_at(self.now());
    }

    pub(super) fn unfreeze(&mut self) {
        if self.is_frozen() {
            self.runs_since = Some(system_now());
        }
    }

    /// Shows another time, and runs on from there if it ran.
    pub(super) fn set(&mut self, time: Duration) {
        self.shown = time;
        self.runs_since = self.runs_since.map(|_| system_now());
    }

    pub(super) fn advance(&mut self, by: Duration) {
        self.shown = self.shown.saturating_add(by);
    }
}

fn system_now() -> Duration {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap_or_default()
}
