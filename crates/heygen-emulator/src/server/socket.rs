use std::{
    fmt, io,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Sleep, sleep},
};

use super::brake::Brake;
use crate::Pace;

/// A socket that can be slowed down, and told to end with a reset.
pub(super) struct Socket {
    stream: TcpStream,
    control: Arc<Control>,
    farewell: Option<Pin<Box<Sleep>>>,
}

/// What a request may do to the socket below it.
#[derive(Debug, Default)]
pub(super) struct Control {
    is_to_reset: AtomicBool,
    resets_when_flushed: AtomicBool,
    reading: Mutex<Brake>,
    writing: Mutex<Brake>,
}

impl Control {
    /// Has the socket end with a reset when the connection is dropped.
    pub(super) fn reset(&self) {
        self.is_to_reset.store(true, Ordering::Relaxed);
    }

    /// Has the socket end with a reset once all that was written so far is on its way.
    pub(super) fn reset_when_flushed(&self) {
        self.resets_when_flushed.store(true, Ordering::Relaxed);
    }

    /// Sets how fast bytes are read from now on.
    pub(super) fn read_at(&self, pace: Option<Pace>) {
        lock(&self.reading).set(pace);
    }

    /// Sets how fast bytes are written from now on.
    pub(super) fn write_at(&self, pace: Option<Pace>) {
        lock(&self.writing).set(pace);
    }
}

/// The answer of a request that gets none; it ends the connection.
#[derive(Debug)]
pub(super) struct Aborted;

impl fmt::Display for Aborted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection ends without an answer")
    }
}

impl std::error::Error for Aborted {}

impl Socket {
    pub(super) fn new(stream: TcpStream) -> (Self, Arc<Control>) {
        let control = Arc::<Control>::default();
        let socket = Self {
            stream,
            control: control.clone(),
            farewell: None,
        };
        (socket, control)
    }

    /// Waits until what was written has arrived, most likely: a reset throws away what is still in
    /// the buffers of the system.
    fn poll_farewell(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let farewell = self
            .farewell
            .get_or_insert_with(|| Box::pin(sleep(FAREWELL)));
        farewell.as_mut().poll(cx)
    }

    /// Writes as many bytes of some slices as may pass now.
    fn poll_write_some(
        &mut self,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let mut brake = lock(&self.control.writing);
        let max = ready!(brake.poll_allowance(cx));
        let stream = Pin::new(&mut self.stream);
        let written = if max == usize::MAX {
            ready!(stream.poll_write_vectored(cx, slices))?
        } else {
            let slice = slices.iter().find(|slice| !slice.is_empty());
            let slice = slice.map_or(&[][..], |slice| &slice[..max.min(slice.len())]);
            ready!(stream.poll_write(cx, slice))?
        };
        brake.passed(written);
        Poll::Ready(Ok(written))
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.control.is_to_reset.load(Ordering::Relaxed) {
            // Where this fails the connection ends all the same, only more politely.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let mut brake = lock(&this.control.reading);
        let max = ready!(brake.poll_allowance(cx));
        let stream = Pin::new(&mut this.stream);
        if max >= buf.remaining() {
            let before = buf.filled().len();
            ready!(stream.poll_read(cx, buf))?;
            brake.passed(buf.filled().len() - before);
            return Poll::Ready(Ok(()));
        }
        let mut part = ReadBuf::new(buf.initialize_unfilled_to(max));
        ready!(stream.poll_read(cx, &mut part))?;
        let read = part.filled().len();
        buf.advance(read);
        brake.passed(read);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_write_some(cx, &[io::IoSlice::new(buf)])
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
        if self.control.resets_when_flushed.load(Ordering::Relaxed) {
            ready!(self.poll_farewell(cx));
            self.control.reset();
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.control.is_to_reset.load(Ordering::Relaxed) {
            // A polite end would come before the reset.
            return self.poll_farewell(cx).map(Ok);
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_write_some(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

fn lock(brake: &Mutex<Brake>) -> MutexGuard<'_, Brake> {
    brake.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Long enough for a client that reads.
const FAREWELL: Duration = Duration::from_millis(50);
