//! The body of a request on its way through hyper.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::Waker,
};

use heygen_client::{Body, BodyError};

use crate::progress::Progress;

mod outgoing;

pub(crate) use outgoing::Outgoing;

/// The end of a request body that stays with the sender of the request.
///
/// hyper owns the other end, [`Outgoing`]. Through this one the body is let go, stopped, or taken
/// back when hyper never touched it.
#[derive(Debug)]
pub(crate) struct Upload {
    state: Mutex<State>,
    progress: Arc<Progress>,
    len_bytes: u64,
}

#[derive(Debug)]
struct State {
    /// `None` while it is being polled, and once it was stopped, taken back or read to its end.
    body: Option<Body>,
    phase: Phase,
    waker: Option<Waker>,
    failure: Option<Failure>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// The server has not said yet that it wants the body.
    Held,
    Ready,
    Begun,
    /// Every byte was handed over.
    Done,
    /// The response is there; whatever is left is not wanted.
    Stopped,
    /// Nobody waits for the response any more.
    Abandoned,
}

/// Why the body of a request ended before its time.
#[derive(Debug)]
pub(crate) enum Failure {
    Body(BodyError),
    /// The body has fewer or more bytes than were announced.
    Length,
}

impl Upload {
    /// Wraps the body of one request. With `held` it waits for [`release`](Self::release).
    pub(crate) fn new(body: Body, len_bytes: u64, held: bool, progress: Arc<Progress>) -> Self {
        let phase = match (len_bytes, held) {
            (0, _) => Phase::Done,
            (_, true) => Phase::Held,
            (_, false) => Phase::Ready,
        };
        Self {
            state: Mutex::new(State {
                body: Some(body),
                phase,
                waker: None,
                failure: None,
            }),
            progress,
            len_bytes,
        }
    }

    /// Lets a held body go.
    pub(crate) fn release(&self) {
        self.advance(|phase| matches!(phase, Phase::Held).then_some(Phase::Ready));
    }

    /// Ends a body that is not wanted any more. The connection is left open for the response.
    pub(crate) fn stop(&self) {
        self.advance(|phase| (phase != Phase::Done).then_some(Phase::Stopped));
    }

    /// Ends the request as a whole.
    pub(crate) fn abandon(&self) {
        self.advance(|phase| (phase != Phase::Done).then_some(Phase::Abandoned));
    }

    /// Takes the body back if nothing of it was read.
    pub(crate) fn take_untouched(&self) -> Option<Body> {
        let mut state = self.lock();
        let untouched = match state.phase {
            Phase::Held | Phase::Ready => true,
            Phase::Done => self.len_bytes == 0,
            Phase::Begun | Phase::Stopped | Phase::Abandoned => false,
        };
        if untouched { state.body.take() } else { None }
    }

    /// Returns why the body itself failed, if it did.
    pub(crate) fn take_failure(&self) -> Option<Failure> {
        self.lock().failure.take()
    }

    /// Notes that the last byte left.
    fn handed_over(&self) {
        self.advance(|phase| (phase == Phase::Begun).then_some(Phase::Done));
        self.progress.body_handed_over();
    }

    fn advance(&self, next: impl FnOnce(Phase) -> Option<Phase>) {
        let (unwanted, waker) = {
            let mut state = self.lock();
            let Some(next) = next(state.phase) else {
                return;
            };
            state.phase = next;
            let unwanted = match next {
                Phase::Stopped | Phase::Abandoned => state.body.take(),
                _ => None,
            };
            (unwanted, state.waker.take())
        };
        // Foreign code runs here, so the lock is free again.
        drop(unwanted);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
