use std::{
    fmt, io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

/// A socket that can be told to end with a reset.
pub(super) struct Socket {
    stream: TcpStream,
    control: Arc<Control>,
}

/// What a request may do to the socket below it.
#[derive(Debug, Default)]
pub(super) struct Control {
    is_to_reset: AtomicBool,
}

impl Control {
    /// Has the socket end with a reset when the connection is dropped.
    pub(super) fn reset(&self) {
        self.is_to_reset.store(true, Ordering::Relaxed);
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
        };
        (socket, control)
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
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
