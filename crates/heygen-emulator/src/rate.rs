use std::time::Duration;

use crate::RateLimit;

/// Counts the requests of a window.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gate {
    opened_at: Option<Duration>,
    taken: u32,
}

impl Gate {
    /// Lets a request through, or says how many seconds are left until another one is let through.
    pub(crate) fn admit(&mut self, now: Duration, limit: RateLimit) -> Result<(), u64> {
        let end = self.opened_at.map(|at| at.saturating_add(limit.window));
        match end.filter(|end| now < *end) {
            None => {
                self.opened_at = Some(now);
                self.taken = 1;
                Ok(())
            }
            Some(_) if self.taken < limit.requests => {
                self.taken += 1;
                Ok(())
            }
            Some(end) => Err(whole_seconds(end.saturating_sub(now))),
        }
    }
}

/// Rounds up, so that whoever waits as long has waited long enough.
pub(crate) fn whole_seconds(time: Duration) -> u64 {
    let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    seconds.max(1)
}
