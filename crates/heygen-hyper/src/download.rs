//! The body of a response on its way to the caller.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use heygen_client::{BodyError, TransportError, TransportErrorKind};
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::Instant;

use crate::{failure::receiving, lease::Lease, timer::Timer};

/// The body of a response. It keeps the connection until it was read to its end, and closes it
/// when it is dropped before.
pub(crate) struct Download {
    body: Incoming,
    lease: Option<Lease>,
    limits: Patience,
    waiting_since: Option<Instant>,
    stall: Timer,
}

/// How long the body of a response may take.
pub(crate) struct Patience {
    /// How long it may stand still.
    pub(crate) stall: Duration,
    /// How long all of it may take. A file may take as long as it likes.
    pub(crate) answer: Option<Deadline>,
    /// What to call the server in an error.
    pub(crate) server: Box<str>,
}

/// The limit for an answer, which has been counting since the request was sent.
pub(crate) struct Deadline {
    pub(crate) sent: Instant,
    pub(crate) limit: Duration,
    /// The one that counted until the head was there. A new one would take time in which the process
    /// was stopped until then for a wait.
    pub(crate) timer: Timer,
}

impl Download {
    pub(crate) fn new(body: Incoming, lease: Lease, limits: Patience) -> Self {
        Self {
            body,
            lease: Some(lease),
            limits,
            waiting_since: None,
            stall: Timer::new(),
        }
    }

    /// Only a caller that asks for bytes waits for them, so only that time counts as a stall.
    fn poll_late(&mut self, cx: &mut Context<'_>) -> Poll<TransportErrorKind> {
        let since = *self.waiting_since.get_or_insert_with(Instant::now);
        if let Some(Deadline { sent, limit, timer }) = &mut self.limits.answer {
            let late = timer.poll(cx, || (*sent, *limit, ()));
            if late.is_ready() {
                return Poll::Ready(TransportErrorKind::AnswerTimeout);
            }
        }
        let stall = self.limits.stall;
        self.stall
            .poll(cx, || (since, stall, TransportErrorKind::Stall))
    }

    fn failed(&self, error: TransportError) -> BodyError {
        BodyError::new(error.with_server(self.limits.server.clone()))
    }
}

impl HttpBody for Download {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = &mut *self;
        if this.lease.is_none() {
            return Poll::Ready(None);
        }
        let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(cx) else {
            return this.poll_late(cx).map(|kind| {
                if let Some(lease) = this.lease.take() {
                    lease.give_up();
                }
                Some(Err(this.failed(TransportError::new(kind))))
            });
        };
        this.waiting_since = None;
        if (frame.is_none() || this.body.is_end_stream())
            && let Some(lease) = this.lease.take()
        {
            lease.finish();
        }
        Poll::Ready(frame.map(|frame| {
            frame.map_err(|error| {
                this.lease = None;
                this.failed(receiving(error))
            })
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
