use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::OnceLock,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use heygen_client::{BlockingWork, Runtime, Sleep};
use tokio::time::Instant;

/// The clock, the timers and the blocking threads of tokio.
///
/// Its methods need a running tokio runtime with the time driver on. The clock is tokio's own, so
/// it stands still where `tokio::time::pause` stopped it.
///
/// Few blocking threads are enough, however many uploads there are: see
/// [`spawn_blocking`](Runtime::spawn_blocking). Where the system has none the work is done on the
/// thread of the runtime, after tokio has reported a panic that ends there.
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
        let work = BlockingWork::new(work);
        let theirs = work.clone();
        // tokio panics when the system gives no thread and its pool has none. What it has put into
        // its queue by then finds the work done.
        let spawn = AssertUnwindSafe(|| drop(tokio::task::spawn_blocking(|| theirs.run())));
        if catch_unwind(spawn).is_err() {
            work.run();
        }
    }
}
