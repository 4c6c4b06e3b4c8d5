use std::{
    io,
    ops::Range,
    path::PathBuf,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    vec,
};

use bytes::{Bytes, BytesMut};
use http::Response;
use hyper::body::{Body, Frame, SizeHint};
use tokio::{
    io::{AsyncReadExt as _, AsyncSeekExt as _},
    sync::mpsc,
};

use super::socket::Control;
use crate::{Blob, Payload, blob};

/// The body of a response: bytes, or a file that is read as fast as the client takes it.
pub(super) struct AnswerBody {
    source: Source,
    /// Where a fault breaks it off.
    end: Option<End>,
}

enum Source {
    Bytes(Option<Bytes>),
    Stream(vec::IntoIter<Bytes>),
    File {
        pieces: mpsc::Receiver<io::Result<Bytes>>,
        bytes_left: u64,
        /// The file stays at least as long as it is read.
        _content: Blob,
    },
}

/// What happens in place of the rest of a body.
struct End {
    bytes_left: u64,
    then: Then,
}

pub(super) enum Then {
    /// The connection is reset once the bytes before are on their way.
    Reset(Arc<Control>),
    /// Nothing comes any more, until this is over.
    Stall(Pin<Box<dyn Future<Output = ()> + Send>>),
}

impl AnswerBody {
    pub(super) const fn bytes(bytes: Bytes) -> Self {
        Self {
            source: Source::Bytes(Some(bytes)),
            end: None,
        }
    }

    /// Breaks it off after so many bytes, which are fewer than it has.
    pub(super) fn broken_off(mut self, after_bytes: u64, then: Then) -> Self {
        self.end = Some(End {
            bytes_left: after_bytes,
            then,
        });
        self
    }
}

/// Turns a response of the core into one that hyper can send.
pub(super) fn respond(response: Response<Payload>) -> Response<AnswerBody> {
    response.map(|payload| match payload {
        Payload::Bytes(bytes) => AnswerBody::bytes(bytes),
        Payload::Stream(pieces) => AnswerBody {
            source: Source::Stream(pieces.into_iter()),
            end: None,
        },
        Payload::Blob(content) => {
            let size = content.size_bytes();
            stored(content, 0..size)
        }
        Payload::Part { content, range } => stored(content, range),
    })
}

fn stored(content: Blob, range: Range<u64>) -> AnswerBody {
    match (content.bytes(), content.path()) {
        (Some(bytes), _) => {
            let position = |at| usize::try_from(at).unwrap_or(bytes.len()).min(bytes.len());
            AnswerBody::bytes(bytes.slice(position(range.start)..position(range.end)))
        }
        (None, Some(path)) => {
            let (sender, pieces) = mpsc::channel(2);
            tokio::spawn(send_file(path.to_owned(), range.clone(), sender));
            let source = Source::File {
                pieces,
                bytes_left: range.end - range.start,
                _content: content,
            };
            AnswerBody { source, end: None }
        }
        (None, None) => AnswerBody::bytes(Bytes::new()),
    }
}

async fn send_file(path: PathBuf, range: Range<u64>, pieces: mpsc::Sender<io::Result<Bytes>>) {
    let opened = async {
        let file = tokio::task::spawn_blocking(move || blob::open(&path));
        let mut file = tokio::fs::File::from_std(file.await.map_err(io::Error::other)??);
        file.seek(io::SeekFrom::Start(range.start)).await?;
        io::Result::Ok(file.take(range.end - range.start))
    };
    let mut file = match opened.await {
        Ok(file) => file,
        Err(error) => {
            // A client that is gone needs no news.
            let _ = pieces.send(Err(error)).await;
            return;
        }
    };
    loop {
        let mut piece = BytesMut::with_capacity(PIECE_BYTES);
        let read = file.read_buf(&mut piece).await;
        let is_last = read.is_err();
        let piece = match read {
            Ok(0) => return,
            Ok(_) => Ok(piece.freeze()),
            Err(error) => Err(error),
        };
        if pieces.send(piece).await.is_err() || is_last {
            return;
        }
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = &mut *self;
        if let Some(end) = &mut this.end
            && end.bytes_left == 0
        {
            match &mut end.then {
                Then::Reset(control) => {
                    control.reset_when_flushed();
                    return Poll::Pending;
                }
                Then::Stall(until) => ready!(until.as_mut().poll(cx)),
            }
            return Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into())));
        }
        let piece = ready!(this.source.poll_piece(cx));
        let Some(end) = &mut this.end else {
            return Poll::Ready(piece.map(|piece| piece.map(Frame::data)));
        };
        Poll::Ready(piece.map(|piece| {
            let mut piece = piece?;
            let left = usize::try_from(end.bytes_left).unwrap_or(usize::MAX);
            piece.truncate(left);
            end.bytes_left -= piece.len() as u64;
            Ok(Frame::data(piece))
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.end.is_none() && self.source.bytes_left() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        let bytes_left = self.source.bytes_left();
        bytes_left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl Source {
    fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        Poll::Ready(match self {
            Self::Bytes(bytes) => bytes.take().filter(|bytes| !bytes.is_empty()).map(Ok),
            Self::Stream(pieces) => pieces.next().map(Ok),
            Self::File {
                pieces, bytes_left, ..
            } => ready!(pieces.poll_recv(cx)).map(|piece| {
                let piece = piece?;
                *bytes_left = bytes_left.saturating_sub(piece.len() as u64);
                Ok(piece)
            }),
        })
    }

    /// Returns how much is to come, `None` where nobody is told in advance.
    fn bytes_left(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Self::Stream(_) => None,
            Self::File { bytes_left, .. } => Some(*bytes_left),
        }
    }
}

const PIECE_BYTES: usize = 256 * 1024;
