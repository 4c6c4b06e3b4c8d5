//! The loop behind every wait. It is told the time by the runtime and decides nothing but when to
//! look again.

use std::{future::Future, pin::pin, time::Duration};

use heygen_types::JobState;

use super::{Outcome, PollPolicy};
use crate::{
    Cancellation, Error, ErrorKind, Runtime,
    cancellation::cancelled_by,
    race::{First, first},
};

pub(super) async fn watch<T, F: Future<Output = Result<T, Error>>>(
    runtime: &dyn Runtime,
    policy: &PollPolicy,
    cancellation: Option<&Cancellation>,
    mut fetch: impl FnMut() -> F,
    mut state: impl FnMut(&T) -> JobState<'_>,
    mut on_poll: impl FnMut(&T),
) -> Result<Outcome<T>, Error> {
    let began = runtime.now();
    let mut limit = runtime.sleep(policy.deadline().saturating_add(LAST_LOOK));
    let mut cancelled = pin!(cancelled_by(cancellation));
    let mut last = None;
    let (mut look, mut unreadable) = (0, 0);
    loop {
        let seen = first(fetch(), limit.as_mut());
        let job = match first(cancelled.as_mut(), seen).await {
            First::This(()) => return Err(was_cancelled()),
            First::That(First::This(Ok(job))) => Some(job),
            // It says nothing of the job: the next answer may be a good one.
            First::That(First::This(Err(error))) if error.is_unreadable() => {
                unreadable += 1;
                if unreadable >= UNREADABLE_MAX {
                    return Err(error);
                }
                None
            }
            First::That(First::This(Err(error))) => return Err(error),
            First::That(First::That(())) => return Ok(Outcome::TimedOut { last }),
        };
        if let Some(job) = job {
            unreadable = 0;
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
        }

        let waited = runtime.now().saturating_sub(began);
        let left = policy.deadline().saturating_sub(waited);
        if left.is_zero() {
            return Ok(Outcome::TimedOut { last });
        }
        let pause = runtime.sleep(policy.delay(look).min(left));
        look = look.saturating_add(1);
        if let First::This(()) = first(cancelled.as_mut(), pause).await {
            return Err(was_cancelled());
        }
    }
}

/// How long the look that is made at the deadline may take.
const LAST_LOOK: Duration = Duration::from_secs(2);

/// So many answers in a row that cannot be read are those of a server that has no others.
const UNREADABLE_MAX: u32 = 5;

fn was_cancelled() -> Error {
    Error::local(
        ErrorKind::Cancelled,
        "the wait was cancelled; the job itself goes on",
        "wait for it again to see its end",
    )
}
