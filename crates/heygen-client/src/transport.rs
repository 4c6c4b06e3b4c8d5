use std::{error::Error, fmt, future::Future, pin::Pin, sync::Arc};

use crate::{Body, shortage::is_local_shortage};

/// What a transport gives back, sooner or later.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Body>, TransportError>> + Send + 'a>>;

/// The seam between this crate and an HTTP stack: one request in, one response out.
///
/// An implementation sends the request as it stands. In particular it
///
/// - sends the URI byte for byte: a presigned URL is signed as it is written;
/// - sends the body with the exact `Content-Length` of its size hint, and adds no header that is
///   not its own (`Host`, `Content-Length`, `Expect`, `User-Agent` when it is absent);
/// - returns a response for every status: a 403 is not an error here;
/// - follows no redirect and repeats nothing: that is decided above;
/// - returns the response as soon as its head is there, even while the body of the request is
///   still being sent, and stops sending then;
/// - stops what it is doing when the future is dropped.
///
/// Time limits are the transport's own. There should be one for connecting, one for the answer
/// after the last byte was sent, and one for a transfer that makes no progress; there should be
/// none for a transfer as a whole.
///
/// The request may carry a [`Destination`] in its extensions. `heygen-testing` has a conformance
/// suite for implementations.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends one request and waits for the head of its response.
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        (**self).send(request)
    }
}

/// Whom a request is for. It stands in the extensions of every request that the client makes, so
/// that a transport may treat the two differently: HTTP/2 pays off for the API, HTTP/1.1 for
/// storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Destination {
    /// The HeyGen API. The request carries a credential.
    Api,
    /// The object storage behind a presigned URL. The request never carries a credential.
    Storage,
}

/// A request that got no response.
///
/// `Display` tells the kind; [`source`](Error::source) tells the rest.
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl TransportError {
    /// Makes an error without a cause.
    #[must_use]
    pub const fn new(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// Makes an error with its cause. The cause must not contain the query of a URL.
    ///
    /// Where nothing was sent and the cause is that this machine has no file descriptor or memory
    /// left, the kind is [`LocalResources`](TransportErrorKind::LocalResources).
    pub fn with_source(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        let source = source.into();
        let kind = match kind {
            TransportErrorKind::Connect | TransportErrorKind::Request
                if is_local_shortage(&*source) =>
            {
                TransportErrorKind::LocalResources
            }
            kind => kind,
        };
        Self {
            kind,
            source: Some(source),
        }
    }

    /// Returns the kind.
    #[must_use]
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect",
            TransportErrorKind::Untrusted => "the server could not prove who it is",
            TransportErrorKind::AnswerTimeout => "no answer in time",
            TransportErrorKind::Stall => "the transfer made no progress in time",
            TransportErrorKind::Interrupted => "the connection was lost",
            TransportErrorKind::Request => "the request cannot be sent",
            TransportErrorKind::LocalResources => {
                "this machine has no file descriptor, thread or memory left for the request"
            }
        })
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("source", &self.source)
            .finish()
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn Error + 'static))
    }
}

/// Why a request got no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about, in time or at all; nothing was sent. Retried.
    Connect,
    /// The certificate of the server or of the proxy was refused. Not retried.
    Untrusted,
    /// The request was sent and the head of the response did not come in time. Retried.
    AnswerTimeout,
    /// Neither side moved a byte for the stall limit. Retried.
    Stall,
    /// The connection ended in the middle. Retried.
    Interrupted,
    /// The request cannot be sent by this transport: its URI, a header, or a missing feature. Not
    /// retried.
    Request,
    /// This machine had no file descriptor, thread or memory left; nothing was sent. Retried, without
    /// being counted as an attempt.
    LocalResources,
}
