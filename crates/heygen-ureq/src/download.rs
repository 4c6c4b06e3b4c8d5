//! The body of a response on its way to the caller.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use async_channel::{Receiver, Sender};
use bytes::Bytes;
use futures_core::Stream as _;
use heygen_client::{Body, BodyError, TransportError, TransportErrorKind};
use http_body::{Body as HttpBody, Frame, SizeHint};

use crate::{
    chunks::Piece,
    failure::{interrupted, unreadable},
    patience::Patience,
    reply::Framing,
    waiter::{Stop, StopOnDrop, Waiter},
    wire::{Filled, Wire},
};

/// A block of a body, `None` for its end, or why there are no more.
type Block = Result<Option<Bytes>, TransportError>;

/// The end of a response body that stays with the thread of the exchange.
pub(crate) struct Reading {
    wire: Wire,
    framing: Framing,
    limits: BodyLimits,
    demand: Receiver<()>,
    blocks: Sender<Block>,
}

/// How long the body of a response may take.
pub(crate) struct BodyLimits {
    /// How long it may stand still.
    pub(crate) stall: Duration,
    /// How long all of it may take. A file may take as long as it likes.
    pub(crate) answer: Option<Patience>,
    /// What to call the server in an error.
    pub(crate) server: Box<str>,
}

/// The end of a response body that the caller reads. Dropping it closes the connection, unless
/// the body was read to its end.
struct Download {
    demand: Sender<()>,
    blocks: Pin<Box<Receiver<Block>>>,
    left_bytes: Option<u64>,
    is_asked: bool,
    is_ended: bool,
    _exchange: StopOnDrop,
}

/// Makes both ends of the body.
pub(crate) fn start(
    wire: Wire,
    framing: Framing,
    limits: BodyLimits,
    exchange: StopOnDrop,
) -> (Reading, Body) {
    let (demand, is_wanted) = async_channel::bounded(1);
    let (blocks, received) = async_channel::bounded(1);
    let download = Download {
        demand,
        blocks: Box::pin(received),
        left_bytes: framing.len_bytes(),
        is_asked: false,
        is_ended: false,
        _exchange: exchange,
    };
    let reading = Reading {
        wire,
        framing,
        limits,
        demand: is_wanted,
        blocks,
    };
    (reading, Body::stream(download))
}

impl Reading {
    /// Reads a block whenever one is asked for, so a response is never read faster than its reader
    /// takes it, and only time in which somebody waits counts as a stall. `keep` gets the
    /// connection back after the whole body.
    pub(crate) fn run(mut self, waiter: &mut Waiter, keep: impl FnOnce(Wire, &Waiter)) {
        // An error means that the body was dropped.
        while self.demand.recv_blocking().is_ok() {
            let block = match self.next(waiter) {
                Ok(block) => Ok(block),
                Err(Stop::Failed(error)) => Err(error.with_server(self.limits.server.clone())),
                Err(Stop::Dropped) => return,
            };
            let is_last = matches!(block, Ok(None) | Err(_));
            if block.is_ok() && (is_last || self.framing.is_done()) {
                // Before the last block is handed over: whoever has it may ask for the next
                // response at once.
                keep(self.wire, waiter);
                let _ = self.blocks.send_blocking(block);
                if !is_last {
                    let _ = self.blocks.send_blocking(Ok(None));
                }
                return;
            }
            if self.blocks.send_blocking(block).is_err() || is_last {
                return;
            }
        }
    }

    /// Returns the next block. Whatever moves starts the patience again.
    fn next(&mut self, waiter: &mut Waiter) -> Result<Option<Bytes>, Stop> {
        let mut stall = Patience::new(self.limits.stall);
        loop {
            waiter.check()?;
            if let Some(block) = self.framing.take(&mut self.wire)? {
                return Ok(Some(block));
            }
            if self.framing.is_done() {
                return Ok(None);
            }
            match self.wire.fill().map_err(interrupted)? {
                Filled::Some => stall.restart(),
                Filled::None => {
                    let answer = self.limits.answer.as_mut();
                    if answer.is_some_and(|answer| answer.look().is_none()) {
                        return Err(TransportError::new(TransportErrorKind::AnswerTimeout).into());
                    }
                    waiter
                        .wait(Some(&mut stall))?
                        .map_err(|_late| TransportError::new(TransportErrorKind::Stall))?;
                }
                Filled::End if matches!(self.framing, Framing::Close) => {
                    self.framing = Framing::Length(0);
                }
                Filled::End => return Err(interrupted("the response broke off").into()),
            }
        }
    }
}

impl Framing {
    /// Takes the next bytes of the body out of the input, if there are any.
    pub(crate) fn take(&mut self, wire: &mut Wire) -> Result<Option<Bytes>, TransportError> {
        loop {
            let len_bytes = wire.input().len();
            let block = match self {
                Self::Close => wire.take(len_bytes),
                Self::Length(left) => {
                    let len_bytes = usize::try_from(*left).map_or(len_bytes, |l| l.min(len_bytes));
                    *left -= len_bytes as u64;
                    wire.take(len_bytes)
                }
                Self::Chunked(chunks) => match chunks.next(wire.input()).map_err(unreadable)? {
                    Piece::Framing(len_bytes) => {
                        drop(wire.take(len_bytes));
                        continue;
                    }
                    Piece::Data(len_bytes) => wire.take(len_bytes),
                    Piece::Unfinished | Piece::End => Bytes::new(),
                },
            };
            return Ok((!block.is_empty()).then_some(block));
        }
    }

    /// Tells whether the body is at its end.
    pub(crate) fn is_done(&self) -> bool {
        match self {
            Self::Length(left) => *left == 0,
            Self::Chunked(chunks) => chunks.is_done(),
            Self::Close => false,
        }
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
        if this.is_ended {
            return Poll::Ready(None);
        }
        if !this.is_asked {
            // There is room for one, and there is never more than one; an error shows below.
            let _ = this.demand.try_send(());
            this.is_asked = true;
        }
        let block = ready!(this.blocks.as_mut().poll_next(cx));
        this.is_asked = false;
        let block = match block {
            Some(Ok(Some(block))) => block,
            ended => {
                this.is_ended = true;
                let error = match ended {
                    Some(Ok(_)) => return Poll::Ready(None),
                    Some(Err(error)) => error,
                    None => interrupted("the thread of the exchange ended"),
                };
                return Poll::Ready(Some(Err(BodyError::new(error))));
            }
        };
        if let Some(left) = &mut this.left_bytes {
            *left = left.saturating_sub(block.len() as u64);
            this.is_ended = *left == 0;
        }
        Poll::Ready(Some(Ok(Frame::data(block))))
    }

    fn is_end_stream(&self) -> bool {
        self.is_ended
    }

    fn size_hint(&self) -> SizeHint {
        self.left_bytes
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
