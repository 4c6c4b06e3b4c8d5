//! The loop that drives the machine. It decides nothing: it carries out what the machine asks
//! for, in the order in which it asks, and tells it what came of it.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::Poll,
};

use heygen_upload_core::{Event, Finished, Output, StepId, StepKind};

use super::{
    Settings,
    prepare::Job,
    steps::{Outcome, StepEnd, perform},
};
use crate::{Error, Progress, cancellation::cancelled_by, exchange::Refusal};

type Running = (StepId, Pin<Box<dyn Future<Output = StepEnd> + Send>>);

/// What ends a wait.
enum Next {
    Ended(StepId, StepEnd),
    Timeout,
    Cancelled,
}

pub(super) async fn drive(job: &mut Job, settings: &Settings) -> Result<Finished, Error> {
    let mut running: Option<Running> = None;
    let mut last_cause = None;
    let mut cancelled = pin!(cancelled_by(settings.cancellation.as_ref()));
    loop {
        // 1. Carry out what the machine asks for.
        while let Some(output) = job.machine.poll_output() {
            match output {
                Output::Start { id, step } => {
                    match step.kind() {
                        StepKind::Complete => job.hands.observe(&Progress::Finishing),
                        StepKind::Status => job.hands.observe(&Progress::Waiting),
                        _ => {}
                    }
                    running = Some((id, perform(job.hands.clone(), *step)));
                }
                Output::Abort { .. } => running = None,
                Output::Event(Event::Checkpoint) => job.save(settings).await,
                Output::Event(Event::Retrying {
                    step,
                    failure,
                    wait,
                }) => job.hands.observe(&Progress::Retrying {
                    step,
                    failure: &failure,
                    wait,
                }),
                Output::Event(Event::GoingDirect) => job.hands.observe(&Progress::GoingDirect),
                Output::Event(Event::NewUrl) => job.hands.observe(&Progress::NewUrl),
                Output::Event(Event::Completed(finished)) => return Ok(*finished),
                Output::Event(Event::Failed(failure)) => {
                    let error = Error::upload(*failure, last_cause);
                    return Err(error.with_checkpoint(job.machine.checkpoint()));
                }
                Output::Event(Event::Cancelled { stored }) => {
                    return Err(Error::cancelled(stored).with_checkpoint(job.machine.checkpoint()));
                }
                Output::Event(_) => {}
            }
        }

        // 2. Wait for the running step, the machine's deadline, or the user.
        let next = {
            let mut timeout = pin!(job.clock.sleep_until(job.machine.poll_timeout()));
            poll_fn(|cx| {
                if cancelled.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(Next::Cancelled);
                }
                if let Some((id, step)) = &mut running
                    && let Poll::Ready(end) = step.as_mut().poll(cx)
                {
                    return Poll::Ready(Next::Ended(*id, end));
                }
                timeout.as_mut().poll(cx).map(|()| Next::Timeout)
            })
            .await
        };

        // 3. Tell the machine.
        let now = job.clock.now();
        match next {
            Next::Timeout => job.machine.handle_timeout(now),
            Next::Cancelled => job.machine.cancel(now),
            Next::Ended(id, end) => {
                running = None;
                last_cause = None;
                if let Some(digest) = end.digest {
                    job.machine.handle_digest(now, id, digest);
                    // A digest can end the upload; what it asks for then goes first.
                    if job.machine.state().is_terminal() {
                        continue;
                    }
                }
                match end.outcome {
                    Ok(Outcome::Hashed(digest)) => {
                        job.is_unverified = false;
                        job.machine.handle_hashed(now, id, digest);
                    }
                    Ok(Outcome::Refreshed) => job.machine.handle_refreshed(now, id),
                    Ok(Outcome::Uploaded(answer)) => job.machine.handle_uploaded(now, id, answer),
                    Ok(Outcome::Created(slot)) => job.machine.handle_created(now, id, slot),
                    Ok(Outcome::Stored) => job.machine.handle_stored(now, id),
                    Ok(Outcome::Completed(answer)) => {
                        job.machine.handle_completed(now, id, answer);
                    }
                    Ok(Outcome::Status(entries)) => job.machine.handle_status(now, id, &entries),
                    Err(Refusal { failure, cause, .. }) => {
                        last_cause = cause;
                        job.machine.handle_failure(now, id, *failure);
                    }
                }
            }
        }
    }
}
