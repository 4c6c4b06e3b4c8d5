//! Virtual time: it passes when everything waits, and then up to the timer that is next.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    future::Future,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

use heygen_client::Sleep;

thread_local! {
    // A test has a thread of its own, so every test has a clock of its own.
    static CLOCK: RefCell<Clock> = RefCell::default();
}

#[derive(Default)]
struct Clock {
    now: Duration,
    /// The timers that somebody waits for, by their time and then by their age.
    timers: BTreeMap<(Duration, u64), Waker>,
    made: u64,
}

pub(crate) fn now() -> Duration {
    CLOCK.with_borrow(|clock| clock.now)
}

pub(crate) fn sleep(duration: Duration) -> Sleep {
    let key = CLOCK.with_borrow_mut(|clock| {
        clock.made += 1;
        (clock.now.saturating_add(duration), clock.made)
    });
    Box::pin(Timer(key))
}

/// A timer that nobody waits for any more must not move the clock.
struct Timer((Duration, u64));

impl Future for Timer {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        CLOCK.with_borrow_mut(|clock| {
            if clock.now >= self.0.0 {
                clock.timers.remove(&self.0);
                return Poll::Ready(());
            }
            clock.timers.insert(self.0, cx.waker().clone());
            Poll::Pending
        })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        CLOCK.with_borrow_mut(|clock| clock.timers.remove(&self.0));
    }
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Runs a future to its end.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let woken = Arc::new(Woken(AtomicBool::new(false)));
    let waker = Waker::from(Arc::clone(&woken));
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        if woken.0.swap(false, Ordering::SeqCst) {
            continue;
        }
        CLOCK.with_borrow_mut(|clock| {
            let ((at, _), waker) = clock
                .timers
                .pop_first()
                .expect("nothing is left that could happen");
            clock.now = at;
            waker.wake();
        });
    }
}
