//! The body of a response on its way to the caller.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use heygen_client::{BodyError, TransportError, TransportErrorKind};
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::{failure::exchanging, lease::Lease};

/// The body of a response. It keeps the connection until it was read to its end, and closes it
/// when it is dropped before.
pub(crate) struct Download {
    body: Incoming,
    lease: Option<Lease>,
    stall: Duration,
    waiting_since: Option<Instant>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Download {
    pub(crate) fn new(body: Incoming, lease: Lease, stall: Duration) -> Self {
        Self {
            body,
            lease: Some(lease),
            stall,
            waiting_since: None,
            timer: None,
        }
    }

    /// Only a caller that asks for bytes waits for them, so only that time counts.
    fn poll_stalled(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let deadline = *self.waiting_since.get_or_insert_with(Instant::now) + self.stall;
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if timer.deadline() != deadline {
            timer.as_mut().reset(deadline);
        }
        timer.as_mut().poll(cx)
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
            return this.poll_stalled(cx).map(|()| {
                if let Some(lease) = this.lease.take() {
                    lease.give_up();
                }
                Some(Err(BodyError::new(TransportError::new(
                    TransportErrorKind::Stall,
                ))))
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
                BodyError::new(exchanging(error))
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
