use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError},
    task::{Context, Poll, Waker},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use heygen_client::{Runtime, Sleep};

/// A clock and threads of the standard library, for programs without an asynchronous runtime.
///
/// Each sleep that is waited for has a thread, which ends with it; work that blocks gets a thread,
/// too. A client sleeps seldom: between attempts, and for a deadline. A sleep for which the system
/// has no thread keeps the thread that waits for it, a moment at a time.
#[derive(Clone, Copy, Debug, Default)]
pub struct ThreadRuntime(());

impl ThreadRuntime {
    /// Makes the runtime. All instances share one origin of time.
    #[must_use]
    pub const fn new() -> Self {
        Self(())
    }
}

impl Runtime for ThreadRuntime {
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
        Box::pin(Nap {
            until: Instant::now().checked_add(duration),
            alarm: None,
        })
    }
}

/// A sleep. Its thread starts when it is first waited for.
struct Nap {
    /// `None` is later than any clock can tell.
    until: Option<Instant>,
    alarm: Option<Arc<Alarm>>,
}

#[derive(Default)]
struct Alarm {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waker: Option<Waker>,
    is_off: bool,
}

impl Future for Nap {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(until) = self.until else {
            return Poll::Pending;
        };
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Poll::Ready(());
        }
        let is_new = self.alarm.is_none();
        let alarm = self.alarm.get_or_insert_default();
        alarm.lock().waker = Some(cx.waker().clone());
        if is_new {
            let ringing = Arc::clone(alarm);
            let thread = thread::Builder::new().spawn(move || ringing.ring_at(until));
            if thread.is_err() {
                // What is polled beside this sleep, such as a cancellation, gets its turn in between.
                thread::sleep(left.min(MOMENT));
                self.alarm = None;
                cx.waker().wake_by_ref();
            }
        }
        Poll::Pending
    }
}

impl Drop for Nap {
    fn drop(&mut self) {
        if let Some(alarm) = &self.alarm {
            alarm.lock().is_off = true;
            alarm.changed.notify_one();
        }
    }
}

impl Alarm {
    fn ring_at(&self, until: Instant) {
        let mut state = self.lock();
        while !state.is_off {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let waker = state.waker.take();
                drop(state);
                if let Some(waker) = waker {
                    waker.wake();
                }
                return;
            }
            let waited = self.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long a sleep without a thread of its own keeps the thread that waits for it.
const MOMENT: Duration = Duration::from_millis(10);
