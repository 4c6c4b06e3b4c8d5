use std::{
    io,
    ops::Range,
    path::PathBuf,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::{Bytes, BytesMut};
use http::Response;
use hyper::body::{Body, Frame, SizeHint};
use tokio::{
    io::{AsyncReadExt as _, AsyncSeekExt as _},
    sync::mpsc,
};

use crate::{Blob, Payload};

/// The body of a response: bytes, or a file that is read as fast as the client takes it.
pub(super) enum AnswerBody {
    Bytes(Option<Bytes>),
    File {
        pieces: mpsc::Receiver<io::Result<Bytes>>,
        bytes_left: u64,
        /// The file stays at least as long as it is read.
        _content: Blob,
    },
}

/// Turns a response of the core into one that hyper can send.
pub(super) fn respond(response: Response<Payload>) -> Response<AnswerBody> {
    response.map(|payload| match payload {
        Payload::Bytes(bytes) => AnswerBody::Bytes(Some(bytes)),
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
            let piece = bytes.slice(position(range.start)..position(range.end));
            AnswerBody::Bytes(Some(piece))
        }
        (None, Some(path)) => {
            let (sender, pieces) = mpsc::channel(2);
            tokio::spawn(send_file(path.to_owned(), range.clone(), sender));
            AnswerBody::File {
                pieces,
                bytes_left: range.end - range.start,
                _content: content,
            }
        }
        (None, None) => AnswerBody::Bytes(None),
    }
}

async fn send_file(path: PathBuf, range: Range<u64>, pieces: mpsc::Sender<io::Result<Bytes>>) {
    let opened = async {
        let mut file = tokio::fs::File::open(path).await?;
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
        Poll::Ready(match &mut *self {
            Self::Bytes(bytes) => bytes
                .take()
                .filter(|b| !b.is_empty())
                .map(|b| Ok(Frame::data(b))),
            Self::File {
                pieces, bytes_left, ..
            } => ready!(pieces.poll_recv(cx)).map(|piece| {
                let piece = piece?;
                *bytes_left = bytes_left.saturating_sub(piece.len() as u64);
                Ok(Frame::data(piece))
            }),
        })
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Bytes(bytes) => bytes.as_ref().is_none_or(Bytes::is_empty),
            Self::File { bytes_left, .. } => *bytes_left == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match self {
            Self::Bytes(bytes) => bytes.as_ref().map_or(0, |bytes| bytes.len() as u64),
            Self::File { bytes_left, .. } => *bytes_left,
        })
    }
}

const PIECE_BYTES: usize = 256 * 1024;
