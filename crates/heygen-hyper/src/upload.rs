//! The body of a request on its way through hyper.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker, ready},
    time::Duration,
};

use bytes::Bytes;
use heygen_client::{Body, BodyError};
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::progress::Progress;

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

/// The end of a request body that hyper reads.
pub(crate) struct Outgoing {
    upload: Arc<Upload>,
    remaining_bytes: u64,
    fallback: Option<Pin<Box<Sleep>>>,
    framing: Framing,
}

/// How the body goes into the connection.
pub(crate) enum Framing {
    /// Blocks as they come; the socket watches the progress.
    Http1,
    /// Small frames, so that each one that leaves is a sign of life from the peer.
    Http2 { rest: Bytes },
}

const HTTP2_FRAME_BYTES: usize = 16 * 1024;

impl Outgoing {
    pub(crate) fn new(upload: Arc<Upload>, http2: bool) -> Self {
        Self {
            remaining_bytes: upload.len_bytes,
            upload,
            fallback: None,
            framing: if http2 {
                Framing::Http2 { rest: Bytes::new() }
            } else {
                Framing::Http1
            },
        }
    }

    /// Holds the body back for no longer than `wait`.
    pub(crate) fn hold(mut self, wait: Duration) -> Self {
        self.fallback = Some(Box::pin(sleep(wait)));
        self
    }

    fn poll_block(&mut self, cx: &mut Context<'_>) -> Poll<Result<Bytes, Stop>> {
        loop {
            let mut body = ready!(self.poll_turn(cx))?;
            let polled = Pin::new(&mut body).poll_frame(cx);
            let mut state = self.upload.lock();
            if state.phase != Phase::Begun {
                // Stopped while it was being read. Its destructor must not run under the lock.
                drop(state);
                continue;
            }
            let failure = match polled {
                Poll::Pending => {
                    state.body = Some(body);
                    state.waker = Some(cx.waker().clone());
                    return Poll::Pending;
                }
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) if data.len() as u64 > self.remaining_bytes => Failure::Length,
                    Ok(data) => {
                        self.remaining_bytes -= data.len() as u64;
                        if self.remaining_bytes > 0 {
                            state.body = Some(body);
                        } else {
                            state.phase = Phase::Done;
                        }
                        return Poll::Ready(Ok(data));
                    }
                    // Trailers have no place after a body of announced length.
                    Err(_) => {
                        state.body = Some(body);
                        continue;
                    }
                },
                Poll::Ready(Some(Err(error))) => Failure::Body(error),
                Poll::Ready(None) => Failure::Length,
            };
            state.failure = Some(failure);
            state.phase = Phase::Abandoned;
        }
    }

    /// Waits until the body may be read and takes it out of its place for that.
    fn poll_turn(&mut self, cx: &mut Context<'_>) -> Poll<Result<Body, Stop>> {
        let mut state = self.upload.lock();
        if state.phase == Phase::Held {
            if let Some(timer) = &mut self.fallback
                && timer.as_mut().poll(cx).is_pending()
            {
                state.waker = Some(cx.waker().clone());
                return Poll::Pending;
            }
            state.phase = Phase::Ready;
        }
        match (state.phase, state.body.take()) {
            (Phase::Abandoned, _) => Poll::Ready(Err(Stop)),
            (Phase::Ready | Phase::Begun, Some(body)) => {
                state.phase = Phase::Begun;
                Poll::Ready(Ok(body))
            }
            _ => {
                state.waker = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl HttpBody for Outgoing {
    type Data = Bytes;
    type Error = Stop;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Stop>>> {
        let this = &mut *self;
        if this.is_end_stream() {
            return Poll::Ready(None);
        }
        let data = if let Framing::Http2 { rest } = &mut this.framing {
            this.upload.progress.moved();
            let mut block = std::mem::take(rest);
            if block.is_empty() {
                block = ready!(this.poll_block(cx))?;
            }
            let frame = block.split_to(block.len().min(HTTP2_FRAME_BYTES));
            this.framing = Framing::Http2 { rest: block };
            frame
        } else {
            ready!(this.poll_block(cx))?
        };
        let progress = &this.upload.progress;
        if this.is_end_stream() {
            progress.body_handed_over();
        }
        if let Framing::Http2 { .. } = this.framing {
            if this.is_end_stream() {
                progress.flushed();
            } else {
                progress.blocked();
            }
        }
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.remaining_bytes == 0
            && match &self.framing {
                Framing::Http1 => true,
                Framing::Http2 { rest } => rest.is_empty(),
            }
    }

    fn size_hint(&self) -> SizeHint {
        let rest = match &self.framing {
            Framing::Http1 => 0,
            Framing::Http2 { rest } => rest.len() as u64,
        };
        SizeHint::with_exact(self.remaining_bytes + rest)
    }
}

/// Tells hyper to give the request up. Why is told by [`Upload::take_failure`].
#[derive(Debug)]
pub(crate) struct Stop;

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the body of the request ended early")
    }
}

impl std::error::Error for Stop {}
