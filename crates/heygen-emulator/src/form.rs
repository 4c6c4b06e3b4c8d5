use std::{convert::Infallible, future::Future};

use bytes::Bytes;
use futures_util::{FutureExt as _, Stream, stream};
use multer::Multipart;

use crate::{Blob, Unkept};

/// What a multipart body held.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Form {
    /// The file, `None` when no part is named `file` and has a file name.
    pub file: Option<FormFile>,
}

/// The file of a multipart body.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FormFile {
    /// The name that the part gave.
    pub filename: String,
    /// The content type that the part declares, without parameters.
    pub content_type: Option<String>,
    /// Its content.
    pub content: Blob,
}

/// Why a multipart body could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormError {
    /// It is not multipart, or breaks off; the text says where.
    Malformed(String),
    /// The file has more bytes than it may; reading stopped.
    TooLarge,
    /// The file came and could not be kept.
    Unkept(Unkept),
}

/// Where the content of a file goes while it is read.
pub(crate) trait Sink {
    /// Takes the next piece.
    fn write(&mut self, piece: Bytes) -> impl Future<Output = Result<(), Unkept>> + Send;
    /// Gives the whole.
    fn finish(self) -> impl Future<Output = Result<Blob, Unkept>> + Send;
}

/// Collects in memory.
#[derive(Debug, Default)]
pub(crate) struct MemorySink(Vec<u8>);

impl Sink for MemorySink {
    async fn write(&mut self, piece: Bytes) -> Result<(), Unkept> {
        self.0.extend_from_slice(&piece);
        Ok(())
    }

    async fn finish(self) -> Result<Blob, Unkept> {
        Ok(Blob::from_bytes(self.0))
    }
}

impl Form {
    /// Reads a multipart body that is in memory.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not multipart, `TooLarge` when the file has more than
    /// `max_file_bytes`.
    pub fn parse(
        content_type: &str,
        body: impl Into<Bytes>,
        max_file_bytes: u64,
    ) -> Result<Self, FormError> {
        let body: Result<Bytes, Infallible> = Ok(body.into());
        let stream = stream::iter([body]);
        read(content_type, stream, max_file_bytes, MemorySink::default)
            .now_or_never()
            .expect("a stream that is always ready never leaves the reader waiting")
    }
}

/// Reads a multipart body as it comes.
pub(crate) async fn read<S, E, K>(
    content_type: &str,
    body: S,
    max_file_bytes: u64,
    sink: impl FnOnce() -> K,
) -> Result<Form, FormError>
where
    S: Stream<Item = Result<Bytes, E>> + Send + 'static,
    E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
    K: Sink,
{
    let boundary = multer::parse_boundary(content_type).map_err(malformed)?;
    let mut parts = Multipart::new(body, boundary);
    let mut sink = Some(sink);
    let mut form = Form { file: None };
    while let Some(mut part) = parts.next_field().await.map_err(malformed)? {
        let filename = part.file_name().map(str::to_owned);
        let content_type = part
            .content_type()
            .map(|mime| mime.essence_str().to_owned());
        let (Some("file"), Some(filename)) = (part.name(), filename) else {
            continue;
        };
        let Some(sink) = sink.take() else {
            return Err(FormError::Malformed("there are two files".to_owned()));
        };
        let mut sink = sink();
        let mut size = 0;
        while let Some(piece) = part.chunk().await.map_err(malformed)? {
            size += piece.len() as u64;
            if size > max_file_bytes {
                return Err(FormError::TooLarge);
            }
            sink.write(piece).await.map_err(FormError::Unkept)?;
        }
        form.file = Some(FormFile {
            filename,
            content_type,
            content: sink.finish().await.map_err(FormError::Unkept)?,
        });
    }
    Ok(form)
}

fn malformed(error: impl std::error::Error) -> FormError {
    FormError::Malformed(error.to_string())
}
