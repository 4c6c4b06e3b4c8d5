use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use heygen_transport::keep_unsent_low;
use hyper_util::client::legacy::connect::{Connected, Connection};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

use crate::progress::Progress;

/// A TCP stream that reports what moves, and that can still be read once it cannot be written.
pub(crate) struct Socket {
    tcp: TcpStream,
    progress: Arc<Progress>,
    cannot_write: bool,
    has_read: bool,
}

impl Socket {
    pub(crate) fn new(tcp: TcpStream, progress: Arc<Progress>) -> Self {
        keep_unsent_low(&tcp);
        Self {
            tcp,
            progress,
            cannot_write: false,
            has_read: false,
        }
    }

    fn note_write(&mut self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match &written {
            Poll::Ready(Ok(_)) => self.progress.moved(),
            Poll::Pending => self.progress.blocked(),
            // A server that refuses a request while its body is under way answers and closes. The
            // answer is in the receive buffer then, and giving up on the write would lose it. The
            // reading side wakes the task: with the answer, or with the end of the connection.
            Poll::Ready(Err(_)) => {
                self.cannot_write = true;
                self.progress.blocked();
                return Poll::Pending;
            }
        }
        written
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.progress.is_cut() {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        let before = buf.filled().len();
        let read = Pin::new(&mut self.tcp).poll_read(cx, buf);
        if !self.has_read && buf.filled().len() > before {
            self.has_read = true;
            self.progress.received_first(&buf.filled()[before..]);
        }
        read
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.cannot_write {
            return Poll::Pending;
        }
        let written = Pin::new(&mut self.tcp).poll_write(cx, buf);
        self.note_write(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.cannot_write {
            return Poll::Pending;
        }
        let written = Pin::new(&mut self.tcp).poll_write_vectored(cx, bufs);
        self.note_write(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.tcp).poll_flush(cx);
        // hyper and the TLS stream flush what is below them only once they have nothing left to
        // write, so this is where the last byte is known to be with the kernel.
        if let Poll::Ready(Ok(())) = flushed {
            self.progress.flushed();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}

impl Connection for Socket {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}
