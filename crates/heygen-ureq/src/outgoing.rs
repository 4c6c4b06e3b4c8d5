use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::{Buf as _, Bytes};
use heygen_client::{Body, TransportError};
use heygen_transport::refused;
use http_body::Body as _;

use crate::failure::interrupted;

/// The body of a request on its way out.
pub(crate) struct Outgoing {
    /// `None` once it was read to its end, or is not wanted any more.
    body: Option<Body>,
    /// What was read and is still to be written.
    block: Bytes,
    /// What is still to be read.
    left_bytes: u64,
    is_touched: bool,
}

impl Outgoing {
    pub(crate) fn new(body: Body, len_bytes: u64) -> Self {
        Self {
            body: (len_bytes > 0).then_some(body),
            block: Bytes::new(),
            left_bytes: len_bytes,
            is_touched: false,
        }
    }

    /// Wraps bytes that are no body.
    pub(crate) fn bytes(bytes: Vec<u8>) -> Self {
        Self {
            body: None,
            block: bytes.into(),
            left_bytes: 0,
            is_touched: true,
        }
    }

    /// Tells whether nothing of the body was read yet, so that it can go out on another connection.
    pub(crate) fn is_untouched(&self) -> bool {
        !self.is_touched
    }

    /// Tells whether every byte was written.
    pub(crate) fn is_done(&self) -> bool {
        self.left_bytes == 0 && self.block.is_empty()
    }

    /// Returns the next bytes to write; `wrote` takes them off.
    pub(crate) fn poll_block(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<&[u8], TransportError>> {
        while self.block.is_empty() && self.left_bytes > 0 {
            self.is_touched = true;
            let Some(body) = &mut self.body else {
                return Poll::Ready(Err(refused(BAD_LENGTH)));
            };
            let frame = match ready!(Pin::new(body).poll_frame(cx)) {
                Some(Ok(frame)) => frame,
                // An error of the body itself is the cause, whatever became of the connection.
                Some(Err(error)) => return Poll::Ready(Err(interrupted(error))),
                None => return Poll::Ready(Err(refused(BAD_LENGTH))),
            };
            // Trailers have no place after a body of announced length.
            let block = frame.into_data().unwrap_or_default();
            let Some(left_bytes) = self.left_bytes.checked_sub(block.len() as u64) else {
                return Poll::Ready(Err(refused(BAD_LENGTH)));
            };
            (self.block, self.left_bytes) = (block, left_bytes);
            if left_bytes == 0 {
                self.body = None;
            }
        }
        Poll::Ready(Ok(&self.block))
    }

    /// Notes how much of the block was written.
    pub(crate) fn wrote(&mut self, len_bytes: usize) {
        self.block.advance(len_bytes);
    }
}

const BAD_LENGTH: &str = "the body is not as long as its size hint says";
