use std::{
    fmt,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use hyper::body::{Body as _, Incoming};

use crate::Cut;

/// The body of a request as a stream of pieces, counted, and cut off where a fault says so.
pub(super) struct Received {
    body: Incoming,
    count: Arc<AtomicU64>,
    cut: Option<Cut>,
}

/// Why a body did not come whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Interrupted {
    /// The client went away, or sent something that is not HTTP.
    Lost,
    /// A fault ends it here.
    Cut(Cut),
}

impl Received {
    pub(super) fn new(body: Incoming, cut: Option<Cut>) -> Self {
        Self {
            body,
            count: Arc::default(),
            cut,
        }
    }

    /// Returns the count of bytes so far, which goes on while the body is read.
    pub(super) fn counter(&self) -> Arc<AtomicU64> {
        self.count.clone()
    }

    /// Collects at most so many bytes; `None` when there are more.
    pub(super) async fn collect(mut self, max_bytes: u64) -> Result<Option<Bytes>, Interrupted> {
        let mut whole = Vec::new();
        while let Some(piece) = self.next().await {
            let piece = piece?;
            if (whole.len() + piece.len()) as u64 > max_bytes {
                return Ok(None);
            }
            whole.extend_from_slice(&piece);
        }
        Ok(Some(whole.into()))
    }

    /// Reads at most so many bytes and throws them away.
    pub(super) async fn skip(mut self, max_bytes: u64) -> Result<(), Interrupted> {
        while self.count.load(Ordering::Relaxed) < max_bytes
            && let Some(piece) = self.next().await
        {
            piece?;
        }
        Ok(())
    }
}

/// A body that two read, one after the other.
#[derive(Clone)]
pub(super) struct SharedReceived {
    received: Arc<Mutex<Received>>,
    interrupted: Arc<Mutex<Option<Interrupted>>>,
}

impl SharedReceived {
    pub(super) fn new(received: Received) -> Self {
        Self {
            received: Arc::new(Mutex::new(received)),
            interrupted: Arc::default(),
        }
    }

    /// Tells whether the body has ended before its end.
    pub(super) fn check(&self) -> Result<(), Interrupted> {
        let interrupted = self.interrupted.lock();
        interrupted
            .unwrap_or_else(PoisonError::into_inner)
            .map_or(Ok(()), Err)
    }

    /// Reads on, to at most so many bytes in all, and throws them away.
    pub(super) async fn drain(mut self, max_bytes: u64) {
        let count = self
            .received
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .counter();
        while count.load(Ordering::Relaxed) < max_bytes && matches!(self.next().await, Some(Ok(_)))
        {
        }
    }
}

impl Stream for SharedReceived {
    type Item = Result<Bytes, Interrupted>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
        let piece = ready!(received.poll_next_unpin(cx));
        if let Some(Err(reason)) = &piece {
            let mut interrupted = self
                .interrupted
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            *interrupted = Some(*reason);
        }
        Poll::Ready(piece)
    }
}

impl Stream for Received {
    type Item = Result<Bytes, Interrupted>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let count = self.count.load(Ordering::Relaxed);
            if let Some(cut) = self.cut
                && count >= cut.after_bytes()
            {
                return Poll::Ready(Some(Err(Interrupted::Cut(cut))));
            }
            let frame = match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Err(_)) => return Poll::Ready(Some(Err(Interrupted::Lost))),
                Some(Ok(frame)) => frame,
            };
            // Trailers carry nothing that the API knows.
            let Ok(piece) = frame.into_data() else {
                continue;
            };
            self.count
                .store(count + piece.len() as u64, Ordering::Relaxed);
            return Poll::Ready(Some(Ok(piece)));
        }
    }
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lost => "the body broke off",
            Self::Cut(_) => "a fault cut the body off",
        })
    }
}

impl std::error::Error for Interrupted {}
