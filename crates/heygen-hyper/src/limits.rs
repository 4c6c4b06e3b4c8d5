use std::time::Duration;

/// What the transport waits for, and how long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) connect: Duration,
    pub(crate) answer: Duration,
    pub(crate) stall: Duration,
    pub(crate) expect_above_bytes: u64,
    pub(crate) expect_wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(120),
            stall: Duration::from_secs(30),
            expect_above_bytes: 1 << 20,
            expect_wait: Duration::from_secs(1),
        }
    }
}

/// Cuts a limit to one that can be added to any moment. A year stands for "none".
pub(crate) fn bounded(limit: Duration) -> Duration {
    limit.min(Duration::from_secs(365 * 24 * 60 * 60))
}
