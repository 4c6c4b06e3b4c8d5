//! The loop behind every wait. It is told the time by the runtime and decides nothing but when to
//! look again.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::Poll,
};

use heygen_types::JobState;

use super::{Outcome, PollPolicy};
use crate::{Cancellation, Error, ErrorKind, Runtime, cancellation::cancelled_by};

/// What ended a race that the future did not win.
enum Ended {
    OutOfTime,
    Cancelled,
}

pub(super) async fn watch<T, F: Future<Output = Result<T, Error>>>(
    runtime: &dyn Runtime,
    policy: &PollPolicy,
    cancellation: Option<&Cancellation>,
    mut fetch: impl FnMut() -> F,
    state: impl Fn(&T) -> JobState<'_>,
    mut on_poll: impl FnMut(&T),
) -> Result<Outcome<T>, Error> {
    let began = runtime.now();
    let mut limit = runtime.sleep(policy.deadline().saturating_add(policy.cap()));
    let mut cancelled = pin!(cancelled_by(cancellation));
    let mut last = None;
    let mut look = 0;
    loop {
        let job = match race(fetch(), limit.as_mut(), cancelled.as_mut()).await {
            Ok(seen) => seen?,
            Err(Ended::OutOfTime) => return Ok(Outcome::TimedOut { last }),
            Err(Ended::Cancelled) => return Err(was_cancelled()),
        };
        on_poll(&job);
        let failed = match state(&job) {
            JobState::Completed => return Ok(Outcome::Completed(job)),
            JobState::NeedsInput => return Ok(Outcome::NeedsInput(job)),
            JobState::Failed { code, message } => {
                Some((code.map(str::to_owned), message.map(str::to_owned)))
            }
            // A state of a later version is one that this version does not know: it runs.
            _ => None,
        };
        if let Some((code, message)) = failed {
            return Ok(Outcome::Failed { job, code, message });
        }
        last = Some(job);

        let waited = runtime.now().saturating_sub(began);
        let left = policy.deadline().saturating_sub(waited);
        if left.is_zero() {
            return Ok(Outcome::TimedOut { last });
        }
        let pause = runtime.sleep(policy.delay(look).min(left));
        look = look.saturating_add(1);
        match race(pause, limit.as_mut(), cancelled.as_mut()).await {
            Ok(()) => {}
            Err(Ended::OutOfTime) => return Ok(Outcome::TimedOut { last }),
            Err(Ended::Cancelled) => return Err(was_cancelled()),
        }
    }
}

/// Waits for a future, but no longer than a limit, and not after a switch was thrown.
async fn race<F: Future>(
    future: F,
    mut limit: Pin<&mut (impl Future<Output = ()> + ?Sized)>,
    mut cancelled: Pin<&mut impl Future<Output = ()>>,
) -> Result<F::Output, Ended> {
    let mut future = pin!(future);
    poll_fn(|cx| {
        if cancelled.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Err(Ended::Cancelled));
        }
        if let Poll::Ready(output) = future.as_mut().poll(cx) {
            return Poll::Ready(Ok(output));
        }
        limit.as_mut().poll(cx).map(|()| Err(Ended::OutOfTime))
    })
    .await
}

fn was_cancelled() -> Error {
    Error::local(
        ErrorKind::Cancelled,
        "the wait was cancelled; the job itself goes on",
        "wait for it again to see its end",
    )
}
