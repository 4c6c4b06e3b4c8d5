use std::{ops::Add, time::Duration};

/// Tells when a wait has lasted too long, and leaves out time in which the process was stopped: by
/// Ctrl-Z, a debugger or a suspended machine.
///
/// It reads no clock. Whoever waits looks at it whenever its timer fires, which is in steps well below
/// the limit. A timer that fires much later than it was due shows that the process did not run in
/// between; the wait starts again then, because what the other side did meanwhile has not been looked
/// at.
///
/// ```
/// use std::time::{Duration, Instant};
/// use heygen_transport::StallClock;
///
/// let (limit, start) = (Duration::from_secs(30), Instant::now());
/// let mut clock = StallClock::new();
/// let next = clock.look(start, start, limit).ok_or("too early")?;
/// let stopped_for = Duration::from_secs(600);
/// assert!(clock.look(next + stopped_for, start, limit).is_some());
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct StallClock<I> {
    /// When the timer was to fire.
    due: Option<I>,
    /// When the process was seen to run again.
    resumed: Option<I>,
}

impl<I: Copy + Ord + Add<Duration, Output = I>> StallClock<I> {
    /// Creates a clock that nobody has looked at.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            due: None,
            resumed: None,
        }
    }

    /// Returns when to look again, or `None` if a wait that began at `since` has lasted longer than
    /// `limit`. Look at what is waited for first: it may be there by now.
    pub fn look(&mut self, now: I, since: I, limit: Duration) -> Option<I> {
        if self.due.is_some_and(|due| now > due + tolerance(limit)) {
            self.resumed = Some(now);
        }
        let end = self.since(since) + limit;
        if end <= now {
            return None;
        }
        let next = end.min(now + step(limit));
        self.due = Some(next);
        Some(next)
    }

    /// Returns the moment from which a wait that began at `since` counts.
    pub fn since(&self, since: I) -> I {
        self.resumed.map_or(since, |resumed| resumed.max(since))
    }
}

impl<I: Copy + Ord + Add<Duration, Output = I>> Default for StallClock<I> {
    fn default() -> Self {
        Self::new()
    }
}

/// Short enough that a stop shows while the wait still has time left.
fn step(limit: Duration) -> Duration {
    (limit / 8).clamp(Duration::from_millis(1), Duration::from_secs(1))
}

/// A busy machine is late, too, but seldom by this much; if it is, the wait is merely longer.
fn tolerance(limit: Duration) -> Duration {
    (limit / 2).min(Duration::from_secs(1))
}
