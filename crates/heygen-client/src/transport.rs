use std::{borrow::Cow, error::Error, fmt, future::Future, pin::Pin, sync::Arc};

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
/// none for a transfer as a whole. The one for the answer covers all of it, except for a file, the
/// answer to a `GET` with [`Destination::Storage`], and for a stream of events, the answer to a
/// request that accepts `text/event-stream`: there it covers the head. Time in which the process was stopped does not
/// count.
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
/// `Display` names the kind and the server; [`source`](Error::source) has the rest.
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn Error + Send + Sync>>,
    server: Option<Box<str>>,
    hint: Option<Cow<'static, str>>,
}

impl TransportError {
    /// Makes an error without a cause.
    #[must_use]
    pub const fn new(kind: TransportErrorKind) -> Self {
        Self {
            kind,
            source: None,
            server: None,
            hint: None,
        }
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
            source: Some(source),
            ..Self::new(kind)
        }
    }

    /// Names the server that the request was for, as `host:port`, with the proxy in between where
    /// there is one. The client names it by the URL where the transport did not.
    #[must_use]
    pub fn with_server(mut self, server: impl Into<Box<str>>) -> Self {
        self.server.get_or_insert_with(|| server.into());
        self
    }

    /// Sets what to do about the error, in place of the general advice for its kind.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Returns what to do about the error, where that is known better than from its kind.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Returns the kind.
    #[must_use]
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let server = self.server.as_deref().unwrap_or("the server");
        match self.kind {
            TransportErrorKind::Connect => write!(f, "could not connect to {server}"),
            TransportErrorKind::Untrusted => write!(f, "{server} could not prove who it is"),
            TransportErrorKind::Incompatible => write!(
                f,
                "a connection to {server} is not possible with the settings of both sides"
            ),
            TransportErrorKind::AnswerTimeout => write!(f, "no answer from {server} in time"),
            TransportErrorKind::Stall => {
                write!(f, "the transfer with {server} made no progress in time")
            }
            TransportErrorKind::Interrupted => write!(f, "the connection to {server} was lost"),
            TransportErrorKind::Unreadable => write!(f, "the answer of {server} is not HTTP"),
            TransportErrorKind::Request => write!(f, "the request to {server} cannot be sent"),
            TransportErrorKind::LocalResources => write!(
                f,
                "this machine has no file descriptor, thread or memory left for the request to {server}"
            ),
        }
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("server", &self.server)
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
    /// Server and client, or the proxy between them, do not fit together: no common version of TLS,
    /// a client certificate that is wanted, TLS spoken on one side only, a tunnel that the proxy
    /// refuses. Only a change of settings helps, so it is not retried. The request was not carried
    /// out.
    Incompatible,
    /// The request was sent and the response did not come in time: its head or, for an answer of the
    /// API or of storage, all of it. Retried.
    AnswerTimeout,
    /// Neither side moved a byte for the stall limit. Retried.
    Stall,
    /// The connection ended in the middle. Retried.
    Interrupted,
    /// What the server sent is not HTTP, or its head has no end. Whether the request was carried out
    /// is not known. Retried once.
    Unreadable,
    /// The request cannot be sent by this transport: its URI, a header, or a missing feature. Not
    /// retried.
    Request,
    /// This machine had no file descriptor, thread or memory left; nothing was sent. Retried, without
    /// being counted as an attempt.
    LocalResources,
}
