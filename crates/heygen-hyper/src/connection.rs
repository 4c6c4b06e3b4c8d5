use std::{future::Future, pin::Pin, sync::Arc};

use heygen_transport::{MAX_HEAD_BYTES, MAX_HEADERS};
use hyper::{
    body::Incoming,
    client::conn::{TrySendError, http1, http2},
};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::task::AbortHandle;

use crate::{head::Form, progress::Progress, upload::Outgoing};

/// The bytes below HTTP: a socket, with or without TLS.
pub(crate) trait Io: hyper::rt::Read + hyper::rt::Write + Send + Unpin {}

impl<T: hyper::rt::Read + hyper::rt::Write + Send + Unpin> Io for T {}

/// An open connection before HTTP is spoken on it.
pub(crate) struct Opened {
    pub(crate) io: Box<dyn Io>,
    pub(crate) http2: bool,
    pub(crate) form: Form,
    pub(crate) progress: Arc<Progress>,
}

impl Opened {
    /// Starts HTTP on the connection.
    pub(crate) async fn handshake(self) -> hyper::Result<Connection> {
        if self.http2 {
            let (sender, driver) = http2::Builder::new(TokioExecutor::new())
                .timer(TokioTimer::new())
                .max_header_list_size(HTTP2_HEAD_BYTES)
                // What waits in here looks sent to the answer timer, so it is kept small.
                .max_send_buf_size(HTTP2_SEND_BUFFER_BYTES)
                .handshake(self.io)
                .await?;
            drop(tokio::spawn(driver));
            Ok(Connection::Http2(Http2 { sender }))
        } else {
            let (sender, driver) = http1::Builder::new()
                // A body block leaves before the next one is taken, so that it is still in the cache
                // of the core when the kernel copies it. It is also the limit for the head of a response.
                .max_buf_size(MAX_HEAD_BYTES)
                .max_headers(MAX_HEADERS)
                // Old gateways write such lines, and browsers take them.
                .allow_obsolete_multiline_headers_in_responses(true)
                .allow_spaces_after_header_name_in_responses(true)
                .handshake(self.io)
                .await?;
            let driver = tokio::spawn(async move {
                // Whoever waits for a response hears of an error by its own channel.
                drop(driver.await);
            });
            Ok(Connection::Http1(Http1 {
                sender,
                form: self.form,
                progress: self.progress,
                _driver: AbortOnDrop(driver.abort_handle()),
            }))
        }
    }
}

pub(crate) enum Connection {
    Http1(Http1),
    Http2(Http2),
}

/// An HTTP/1.1 connection. It belongs to one request at a time and closes when it is dropped.
pub(crate) struct Http1 {
    sender: http1::SendRequest<Outgoing>,
    form: Form,
    progress: Arc<Progress>,
    _driver: AbortOnDrop,
}

/// One handle of a shared HTTP/2 connection, which closes after its last handle.
#[derive(Clone)]
pub(crate) struct Http2 {
    sender: http2::SendRequest<Outgoing>,
}

/// What hyper answers to a request.
pub(crate) type Answer = Pin<
    Box<
        dyn Future<Output = Result<http::Response<Incoming>, TrySendError<http::Request<Outgoing>>>>
            + Send,
    >,
>;

impl Connection {
    pub(crate) fn form(&self) -> &Form {
        match self {
            Self::Http1(connection) => &connection.form,
            Self::Http2(_) => &Form::Http2,
        }
    }

    pub(crate) fn is_http2(&self) -> bool {
        matches!(self, Self::Http2(_))
    }

    /// Returns the progress of the one request that this connection is for.
    pub(crate) fn progress(&self) -> Arc<Progress> {
        match self {
            Self::Http1(connection) => Arc::clone(&connection.progress),
            Self::Http2(_) => Arc::new(Progress::default()),
        }
    }

    pub(crate) fn send(&mut self, request: http::Request<Outgoing>) -> Answer {
        match self {
            Self::Http1(connection) => Box::pin(connection.sender.try_send_request(request)),
            Self::Http2(connection) => Box::pin(connection.sender.try_send_request(request)),
        }
    }
}

impl Http1 {
    pub(crate) fn is_open(&self) -> bool {
        !self.sender.is_closed()
    }

    /// Waits until the response before is out of the way.
    pub(crate) async fn ready(&mut self) -> bool {
        std::future::poll_fn(|cx| self.sender.poll_ready(cx))
            .await
            .is_ok()
    }
}

impl Http2 {
    pub(crate) fn is_open(&self) -> bool {
        !self.sender.is_closed()
    }
}

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// As much as [`MAX_HEADERS`] of usual size, each of which HTTP/2 counts with 32 bytes more.
const HTTP2_HEAD_BYTES: u32 = 128 * 1024;
const HTTP2_SEND_BUFFER_BYTES: usize = 64 * 1024;
