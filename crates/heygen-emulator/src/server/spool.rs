use std::{
    io::{self, Write as _},
    sync::Arc,
};

use bytes::Bytes;
use heygen_types::Sha256Digest;
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;
use tokio::task::{JoinHandle, spawn_blocking};

use super::store::Store;
use crate::{Blob, Unkept, form::Sink};

/// Takes content as it comes, and keeps it in memory or in a file.
pub(super) struct Spool {
    store: Arc<Store>,
    in_memory: Vec<u8>,
    file: Option<Writer>,
}

impl Spool {
    pub(super) const fn new(store: Arc<Store>) -> Self {
        Self {
            store,
            in_memory: Vec::new(),
            file: None,
        }
    }

    async fn add(&mut self, piece: Bytes) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            return file.write(piece).await;
        }
        let size = self.in_memory.len() + piece.len();
        if self.store.memory_max_bytes().is_some_and(|max| size <= max) {
            self.in_memory.extend_from_slice(&piece);
            return Ok(());
        }
        let file = self.file.insert(Writer::new(self.store.clone()));
        let begun = std::mem::take(&mut self.in_memory);
        if !begun.is_empty() {
            file.write(begun.into()).await?;
        }
        file.write(piece).await
    }
}

impl Sink for Spool {
    async fn write(&mut self, piece: Bytes) -> Result<(), Unkept> {
        let written = self.add(piece).await;
        written.map_err(|error| self.store.unkept(&error))
    }

    async fn finish(self) -> Result<Blob, Unkept> {
        let store = self.store.clone();
        let finished = match self.file {
            Some(file) => file.finish().await,
            None if store.is_kept() => Writer::new(store.clone()).finish().await,
            None => Ok(Blob::from_bytes(self.in_memory)),
        };
        finished.map_err(|error| store.unkept(&error))
    }
}

/// Hashes and writes on another thread, while the next pieces are read from the socket.
///
/// A thread is taken for what has come and given back when that is written: one that waited for the
/// client would be missing elsewhere when there are many uploads and few threads.
struct Writer {
    store: Arc<Store>,
    pieces: Vec<Bytes>,
    pieces_bytes: usize,
    writing: Option<JoinHandle<io::Result<Unfinished>>>,
}

/// An object of which a part has come.
struct Unfinished {
    /// `None` when the content is thrown away.
    file: Option<NamedTempFile>,
    hash: Sha256,
    size_bytes: u64,
    first_bytes: Vec<u8>,
}

impl Writer {
    const fn new(store: Arc<Store>) -> Self {
        Self {
            store,
            pieces: Vec::new(),
            pieces_bytes: 0,
            writing: None,
        }
    }

    async fn write(&mut self, piece: Bytes) -> io::Result<()> {
        self.pieces_bytes += piece.len();
        self.pieces.push(piece);
        if self.pieces_bytes >= WRITE_BYTES {
            self.flush().await?;
        }
        Ok(())
    }

    /// Waits for what is being written, and begins to write what has come since.
    async fn flush(&mut self) -> io::Result<()> {
        let before = self.written().await?;
        let (store, pieces) = (self.store.clone(), std::mem::take(&mut self.pieces));
        self.pieces_bytes = 0;
        self.writing = Some(spawn_blocking(move || {
            let mut object = match before {
                Some(object) => object,
                None => Unfinished::new(&store)?,
            };
            pieces.iter().try_for_each(|piece| object.add(piece))?;
            Ok(object)
        }));
        Ok(())
    }

    async fn written(&mut self) -> io::Result<Option<Unfinished>> {
        match self.writing.take() {
            Some(writing) => writing.await.map_err(io::Error::other)?.map(Some),
            None => Ok(None),
        }
    }

    async fn finish(mut self) -> io::Result<Blob> {
        self.flush().await?;
        let object = self.written().await?.expect("flush() began to write");
        let store = self.store;
        let keep = spawn_blocking(move || object.keep(&store));
        keep.await.map_err(io::Error::other)?
    }
}

impl Unfinished {
    fn new(store: &Store) -> io::Result<Self> {
        Ok(Self {
            file: store.create()?,
            hash: Sha256::new(),
            size_bytes: 0,
            first_bytes: Vec::new(),
        })
    }

    fn add(&mut self, piece: &[u8]) -> io::Result<()> {
        let missing = Blob::FIRST_BYTES.saturating_sub(self.first_bytes.len());
        self.first_bytes
            .extend_from_slice(&piece[..missing.min(piece.len())]);
        self.size_bytes += piece.len() as u64;
        self.hash.update(piece);
        match &mut self.file {
            Some(file) => file.write_all(piece),
            None => Ok(()),
        }
    }

    fn keep(self, store: &Store) -> io::Result<Blob> {
        let digest = Sha256Digest::from_bytes(self.hash.finalize().into());
        let first_bytes = self.first_bytes.into();
        let Some(file) = self.file else {
            return Ok(Blob::discarded(self.size_bytes, digest, first_bytes));
        };
        let path = store.keep(file)?;
        let is_temporary = !store.is_kept();
        Ok(Blob::from_file(
            path,
            is_temporary,
            self.size_bytes,
            digest,
            first_bytes,
        ))
    }
}

/// Enough for few changes of thread per GiB, and little beside what an object may keep in memory.
const WRITE_BYTES: usize = 256 * 1024;
