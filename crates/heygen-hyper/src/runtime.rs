use std::{
    sync::OnceLock,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use heygen_client::{Runtime, Sleep};
use tokio::time::Instant;

/// The clock, the timers and the blocking threads of tokio.
///
/// Its methods need a running tokio runtime with the time driver on. The clock is tokio's own, so
/// it stands still where `tokio::time::pause` stopped it.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioRuntime(());

impl TokioRuntime {
    /// Makes the runtime. All instances share one origin of time.
    #[must_use]
    pub const fn new() -> Self {
        Self(())
    }
}

impl Runtime for TokioRuntime {
    fn now(&self) -> Duration {
        static ORIGIN: OnceLock<Instant> = OnceLock::new();
        ORIGIN.get_or_init(Instant::now).elapsed()
    }

    fn wall_clock(&self) -> Duration {
        // A clock before 1970 is wrong by so much that zero serves as well.
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(duration))
    }

    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) {
        drop(tokio::task::spawn_blocking(work));
    }
}
