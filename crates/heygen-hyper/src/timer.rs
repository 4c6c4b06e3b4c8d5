use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::{Context, Poll, ready},
    time::Duration,
};

use heygen_transport::StallClock;
use tokio::time::{Instant, Sleep, sleep_until};

/// A timer that fires when a wait has lasted too long, however long the process was stopped meanwhile.
///
/// It looks only when its sleep ends, so what restarts a wait never touches a timer.
pub(crate) struct Timer {
    /// Begins when something is first waited for.
    sleep: Option<Pin<Box<Sleep>>>,
    clock: StallClock<Instant>,
}

impl Timer {
    pub(crate) fn new() -> Self {
        Self {
            sleep: None,
            clock: StallClock::new(),
        }
    }

    /// Is ready once a wait has lasted too long. `wait` returns its beginning, its limit and the value
    /// to be ready with. Poll what is waited for first.
    pub(crate) fn poll<T>(
        &mut self,
        cx: &mut Context<'_>,
        wait: impl Fn() -> (Instant, Duration, T),
    ) -> Poll<T> {
        loop {
            if let Some(sleep) = &mut self.sleep {
                ready!(sleep.as_mut().poll(cx));
            }
            let (since, limit, value) = wait();
            let Some(next) = self.clock.look(Instant::now(), since, limit) else {
                return Poll::Ready(value);
            };
            match &mut self.sleep {
                Some(sleep) => sleep.as_mut().reset(next),
                None => self.sleep = Some(Box::pin(sleep_until(next))),
            }
        }
    }
}

/// Runs a future to its end, or returns `None` when that takes longer than the limit.
pub(crate) async fn within<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    let since = Instant::now();
    let (mut future, mut timer) = (pin!(future), Timer::new());
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => timer.poll(cx, || (since, limit, ())).map(|()| None),
    })
    .await
}
