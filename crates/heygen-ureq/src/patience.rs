use std::time::{Duration, Instant};

use heygen_transport::StallClock;

/// One wait and its limit, which time does not count for in which the process was stopped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    since: Instant,
    limit: Duration,
    clock: StallClock<Instant>,
}

impl Patience {
    /// Begins a wait.
    pub(crate) fn new(limit: Duration) -> Self {
        Self {
            since: Instant::now(),
            limit,
            clock: StallClock::new(),
        }
    }

    /// Begins the wait again.
    pub(crate) fn restart(&mut self) {
        self.since = Instant::now();
    }

    /// Returns how long to wait before the next look, or `None` when the limit has passed.
    pub(crate) fn look(&mut self) -> Option<Duration> {
        let now = Instant::now();
        let next = self.clock.look(now, self.since, self.limit)?;
        Some(next - now)
    }

    /// Returns what is left of the limit.
    pub(crate) fn left(&self) -> Duration {
        let end = self.clock.since(self.since) + self.limit;
        end.saturating_duration_since(Instant::now())
    }
}
