use std::{
    io::{self, Write as _},
    sync::Arc,
};

use bytes::Bytes;
use heygen_types::Sha256Digest;
use sha2::{Digest as _, Sha256};
use tokio::{sync::mpsc, task::JoinHandle};

use super::store::Store;
use crate::{Blob, form::Sink};

/// Takes content as it comes, and keeps it in memory or in a file.
pub(super) struct Spool {
    store: Arc<Store>,
    in_memory: Vec<u8>,
    file: Option<Worker>,
}

impl Spool {
    pub(super) const fn new(store: Arc<Store>) -> Self {
        Self {
            store,
            in_memory: Vec::new(),
            file: None,
        }
    }
}

impl Sink for Spool {
    async fn write(&mut self, piece: Bytes) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            return file.write(piece).await;
        }
        let size = self.in_memory.len() + piece.len();
        if self.store.memory_max_bytes().is_some_and(|max| size <= max) {
            self.in_memory.extend_from_slice(&piece);
            return Ok(());
        }
        let file = self.file.insert(Worker::start(self.store.clone()));
        let begun = std::mem::take(&mut self.in_memory);
        if !begun.is_empty() {
            file.write(begun.into()).await?;
        }
        file.write(piece).await
    }

    async fn finish(mut self) -> io::Result<Blob> {
        match self.file.take() {
            Some(file) => file.finish().await,
            None if self.store.is_kept() => Worker::start(self.store.clone()).finish().await,
            None => Ok(Blob::from_bytes(self.in_memory)),
        }
    }
}

/// Hashes and writes on a thread of its own, while the next pieces are read from the socket.
struct Worker {
    pieces: mpsc::Sender<Bytes>,
    thread: JoinHandle<io::Result<Blob>>,
}

impl Worker {
    fn start(store: Arc<Store>) -> Self {
        let (pieces, incoming) = mpsc::channel(PIECES_IN_FLIGHT);
        let thread = tokio::task::spawn_blocking(move || write_all(&store, incoming));
        Self { pieces, thread }
    }

    async fn write(&mut self, piece: Bytes) -> io::Result<()> {
        if self.pieces.send(piece).await.is_ok() {
            return Ok(());
        }
        // The thread ends before its input only when it failed.
        match (&mut self.thread).await {
            Ok(Err(error)) => Err(error),
            Ok(Ok(_)) | Err(_) => Err(io::Error::other("the writing thread ended early")),
        }
    }

    async fn finish(self) -> io::Result<Blob> {
        drop(self.pieces);
        self.thread.await.map_err(io::Error::other)?
    }
}

fn write_all(store: &Store, mut incoming: mpsc::Receiver<Bytes>) -> io::Result<Blob> {
    let mut file = store.create()?;
    let mut hash = Sha256::new();
    let mut size = 0;
    let mut first_bytes = Vec::new();
    while let Some(piece) = incoming.blocking_recv() {
        let missing = Blob::FIRST_BYTES.saturating_sub(first_bytes.len());
        first_bytes.extend_from_slice(&piece[..missing.min(piece.len())]);
        size += piece.len() as u64;
        hash.update(&piece);
        if let Some(file) = &mut file {
            file.write_all(&piece)?;
        }
    }
    let digest = Sha256Digest::from_bytes(hash.finalize().into());
    let first_bytes = first_bytes.into();
    let Some(file) = file else {
        return Ok(Blob::discarded(size, digest, first_bytes));
    };
    let path = store.keep(file)?;
    Ok(Blob::from_file(
        path,
        !store.is_kept(),
        size,
        digest,
        first_bytes,
    ))
}

/// Enough to keep both sides busy; each piece is at most as large as hyper's read buffer.
const PIECES_IN_FLIGHT: usize = 4;
