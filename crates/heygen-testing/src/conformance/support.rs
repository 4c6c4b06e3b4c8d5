//! What the properties share.

use std::{
    collections::VecDeque,
    error::Error,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use heygen_client::{Body, BodyError, Destination, Transport, TransportError, TransportErrorKind};
use http::{Method, Request, Response};
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::BodyExt as _;

use super::Subject;

/// Runs a future that returns something.
pub(super) fn run<T>(subject: &dyn Subject, future: impl Future<Output = T>) -> T {
    let mut output = None;
    subject.block_on(Box::pin(async {
        output = Some(future.await);
    }));
    output.expect("the subject runs a future to its end")
}

/// Builds a request for storage.
pub(super) fn request(method: Method, url: &str, body: impl Into<Body>) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(url)
        .extension(Destination::Storage)
        .body(body.into())
        .expect("the properties write requests that exist")
}

/// Sends a request and reads the body of its response.
pub(super) async fn fetch(
    transport: &Arc<dyn Transport>,
    request: Request<Body>,
) -> Response<Bytes> {
    let (parts, body) = transport
        .send(request)
        .await
        .expect("the server answers")
        .into_parts();
    Response::from_parts(parts, read(body).await.expect("the body is whole"))
}

/// Reads a body to its end.
pub(super) async fn read(body: Body) -> Result<Bytes, BodyError> {
    Ok(body.collect().await?.to_bytes())
}

/// Sends a request that must fail in a certain way.
pub(super) async fn fail(
    transport: &Arc<dyn Transport>,
    request: Request<Body>,
    expected: TransportErrorKind,
) {
    let server = request.uri().authority().map(ToString::to_string);
    let error = transport
        .send(request)
        .await
        .expect_err("no response can come of this");
    assert_eq!(error.kind(), expected, "{error:?}");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("SECRET"), "{shown}");
    // A request that cannot be sent may have no server.
    if expected != TransportErrorKind::Request {
        let server = server.expect("only a request with a server is sent");
        assert!(error.to_string().contains(&server), "{error}");
    }
}

/// Returns the transport error that a body ended with.
pub(super) fn cause(error: BodyError) -> Box<TransportError> {
    error
        .into_cause()
        .downcast::<TransportError>()
        .expect("the body of a response ends with an error of the transport")
}

/// Tells whether an error is among the causes of another.
pub(super) fn is_caused_by<T: Error + 'static>(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<T>() {
            return true;
        }
        next = error.source();
    }
    false
}

/// Makes bytes in which any shift, loss or repetition shows.
pub(super) fn pattern(len_bytes: usize) -> Bytes {
    let mut state = 0x9e37_79b9_u32;
    (0..len_bytes)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect()
}

/// A body out of blocks, with an announced size that may be a lie.
pub(super) struct Blocks {
    pub(super) blocks: VecDeque<Bytes>,
    pub(super) announced: Option<u64>,
    /// What comes after the last block.
    pub(super) end: End,
    /// Lives as long as the body.
    pub(super) token: Option<Arc<()>>,
}

pub(super) enum End {
    Orderly,
    Never,
    Error(Box<dyn Error + Send + Sync>),
}

impl Blocks {
    pub(super) fn new(blocks: impl IntoIterator<Item = Bytes>) -> Self {
        let blocks: VecDeque<Bytes> = blocks.into_iter().collect();
        Self {
            announced: Some(blocks.iter().map(|block| block.len() as u64).sum()),
            blocks,
            end: End::Orderly,
            token: None,
        }
    }
}

impl From<Blocks> for Body {
    fn from(blocks: Blocks) -> Self {
        Self::stream(blocks)
    }
}

impl HttpBody for Blocks {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if let Some(block) = self.blocks.pop_front() {
            self.announced = self
                .announced
                .map(|left| left.saturating_sub(block.len() as u64));
            return Poll::Ready(Some(Ok(Frame::data(block))));
        }
        match std::mem::replace(&mut self.end, End::Never) {
            End::Orderly => Poll::Ready(None),
            End::Never => Poll::Pending,
            End::Error(error) => Poll::Ready(Some(Err(BodyError::new(error)))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self.announced {
            Some(len_bytes) => SizeHint::with_exact(len_bytes),
            None => SizeHint::default(),
        }
    }
}
