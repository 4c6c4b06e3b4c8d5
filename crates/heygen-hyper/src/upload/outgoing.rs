use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use heygen_client::Body;
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use super::{Failure, Phase, Upload};

/// The end of a request body that hyper reads.
///
/// On HTTP/1.1 the blocks go as they come, and the socket watches the progress. On HTTP/2 they are
/// cut into small frames, so that each one that leaves is a sign of life from the peer.
pub(crate) struct Outgoing {
    upload: Arc<Upload>,
    /// What is still to be read from the body.
    remaining_bytes: u64,
    /// What was read and is still to be cut.
    rest: Bytes,
    http2: bool,
    fallback: Option<Pin<Box<Sleep>>>,
}

const HTTP2_FRAME_BYTES: usize = 16 * 1024;

impl Outgoing {
    pub(crate) fn new(upload: Arc<Upload>, http2: bool) -> Self {
        Self {
            remaining_bytes: upload.len_bytes,
            upload,
            rest: Bytes::new(),
            http2,
            fallback: None,
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

    /// Ends what is not wanted any more although it was read already.
    fn poll_wanted(&self, cx: &Context<'_>) -> Poll<Result<(), Stop>> {
        let mut state = self.upload.lock();
        match state.phase {
            Phase::Begun => Poll::Ready(Ok(())),
            Phase::Abandoned => Poll::Ready(Err(Stop)),
            _ => {
                state.waker = Some(cx.waker().clone());
                Poll::Pending
            }
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
        let data = if this.http2 {
            this.upload.progress.moved();
            if this.rest.is_empty() {
                this.rest = ready!(this.poll_block(cx))?;
            } else {
                ready!(this.poll_wanted(cx))?;
            }
            this.rest.split_to(this.rest.len().min(HTTP2_FRAME_BYTES))
        } else {
            ready!(this.poll_block(cx))?
        };
        if this.is_end_stream() {
            this.upload.handed_over();
        }
        let progress = &this.upload.progress;
        match (this.http2, this.is_end_stream()) {
            (true, true) => progress.flushed(),
            (true, false) => progress.blocked(),
            (false, _) => {}
        }
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.remaining_bytes == 0 && self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.remaining_bytes + self.rest.len() as u64)
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
