use std::time::Duration;

/// What a transport waits for, and how long.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// Until a connection stands: name, socket, proxy and TLS together. Default: 10 seconds.
    pub connect: Duration,
    /// From the last byte of the request to the head of the response, and to its last byte unless it
    /// is a file. Default: 120 seconds.
    pub answer: Duration,
    /// How long a transfer may stand still. Default: 30 seconds.
    pub stall: Duration,
    /// From which size on a body waits for `100 Continue`. Default: 1 MiB.
    pub expect_above_bytes: u64,
    /// How long such a body waits for a server that says nothing. Default: 1 second.
    pub expect_wait: Duration,
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
#[must_use]
pub fn bounded(limit: Duration) -> Duration {
    limit.min(Duration::from_secs(365 * 24 * 60 * 60))
}
