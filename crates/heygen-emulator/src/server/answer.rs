use std::{
    io,
    path::PathBuf,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http::Response;
use hyper::body::{Body, Frame, SizeHint};
use tokio::{io::AsyncReadExt as _, sync::mpsc};

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
        Payload::Blob(content) => match (content.bytes(), content.path()) {
            (Some(bytes), _) => AnswerBody::Bytes(Some(bytes.clone())),
            (None, Some(path)) => {
                let (sender, pieces) = mpsc::channel(2);
                tokio::spawn(send_file(path.to_owned(), sender));
                AnswerBody::File {
                    pieces,
                    bytes_left: content.size_bytes(),
                    _content: content,
                }
            }
            (None, None) => AnswerBody::Bytes(None),
        },
    })
}

async fn send_file(path: PathBuf, pieces: mpsc::Sender<io::Result<Bytes>>) {
    let mut file = match tokio::fs::File::open(path).await {
        Ok(file) => file,
        Err(error) => {
            // A client that is gone needs no news.
            let _ = pieces.send(Err(error)).await;
            return;
        }
    };
    loop {
        let mut piece = bytes::BytesMut::with_capacity(PIECE_BYTES);
        let read = file.read_buf(&mut piece).await;
        let is_last = !matches!(read, Ok(1..));
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
