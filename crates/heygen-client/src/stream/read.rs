use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use bytes::Bytes;
use heygen_types::Sha256Digest;
use sha2::{Digest as _, Sha256};

use super::{
    Reading, SourceFault,
    block::{BLOCK_BYTES, Pool},
};
use crate::{
    Fingerprint, Runtime,
    source::{Content, uninterrupted},
};

/// How many blocks may be read ahead of whoever consumes them: enough that reader and connection
/// seldom wait for one another.
const BLOCKS_AHEAD: usize = 8;

/// How few of them are left when more are read.
const BLOCKS_LOW: usize = BLOCKS_AHEAD / 2;

/// The blocks of a source, in order, perhaps ended by a fault.
///
/// They are read on another thread, which is given back as soon as enough of them wait here: a
/// thread that waited for a slow connection would be missing elsewhere, and with few threads and
/// many uploads all would stand still.
pub(super) struct Blocks {
    runtime: Arc<dyn Runtime>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared(Mutex<State>);

#[derive(Default)]
struct State {
    ready: VecDeque<Bytes>,
    /// The reader while nobody reads.
    reader: Option<Reader>,
    fault: Option<SourceFault>,
    waker: Option<Waker>,
}

impl Blocks {
    pub(super) fn new(
        runtime: Arc<dyn Runtime>,
        content: Content,
        fingerprint: Fingerprint,
        hashing: Option<Arc<Reading>>,
    ) -> Self {
        let shared = Shared::default();
        shared.state().reader = Some(Reader::new(content, fingerprint, hashing));
        Self {
            runtime,
            shared: Arc::new(shared),
        }
    }

    /// Returns the next block, which has to be there by the size of the source.
    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Result<Bytes, SourceFault>> {
        loop {
            let mut state = self.shared.state();
            let block = state.ready.pop_front();
            let reader = match state.ready.len() {
                0..=BLOCKS_LOW => state.reader.take(),
                _ => None,
            };
            if block.is_none() && reader.is_none() {
                if let Some(fault) = state.fault.take() {
                    return Poll::Ready(Err(fault));
                }
                state.waker = Some(cx.waker().clone());
                return Poll::Pending;
            }
            drop(state);
            if let Some(reader) = reader {
                let shared = Arc::clone(&self.shared);
                let filling = Filling {
                    shared,
                    reader: Some(reader),
                };
                self.runtime.spawn_blocking(Box::new(|| filling.run()));
            }
            if let Some(block) = block {
                return Poll::Ready(Ok(block));
            }
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reading until enough blocks are ready. One that is dropped before says that it stopped: a reader
/// may panic, and a runtime that ends drops what it has not begun.
struct Filling {
    shared: Arc<Shared>,
    reader: Option<Reader>,
}

impl Filling {
    fn run(mut self) {
        while let Some(reader) = &mut self.reader {
            let next = reader.next_block();
            let is_wanted = Arc::strong_count(&self.shared) > 1;
            let mut state = self.shared.state();
            match next {
                Ok(Some(block)) => {
                    state.ready.push_back(reader.pool.lend(block));
                    if state.ready.len() >= BLOCKS_AHEAD || !is_wanted {
                        state.reader = self.reader.take();
                    }
                }
                Ok(None) => self.reader = None,
                Err(fault) => {
                    state.fault = Some(fault);
                    self.reader = None;
                }
            }
            wake(state);
        }
    }
}

impl Drop for Filling {
    fn drop(&mut self) {
        if self.reader.is_some() {
            let mut state = self.shared.state();
            state.fault = Some(stopped());
            wake(state);
        }
    }
}

fn wake(mut state: MutexGuard<'_, State>) {
    let waker = state.waker.take();
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}

fn stopped() -> SourceFault {
    SourceFault::Unreadable(io::Error::other("its reader stopped"))
}

/// Reads a source to its end and returns its digest, in one other thread: the blocks stay in the
/// cache of its processor.
pub(crate) async fn hash(
    runtime: &dyn Runtime,
    content: Content,
    fingerprint: Fingerprint,
    mut progress: impl FnMut(u64) + Send + 'static,
) -> Result<Sha256Digest, SourceFault> {
    let work = move || {
        let reading = Arc::new(Reading::new(fingerprint.size_bytes));
        let mut reader = Reader::new(content, fingerprint, Some(Arc::clone(&reading)));
        let mut hashed = 0;
        while let Some(block) = reader.next_block()? {
            hashed += block.len() as u64;
            progress(hashed);
            reader.pool.give_back(block);
        }
        reading.digest().ok_or_else(stopped)
    };
    crate::blocking::run(runtime, work)
        .await
        .unwrap_or_else(|| Err(stopped()))
}

/// Reads a source block by block, and hashes it on the way when there is somebody to tell the digest
/// to.
struct Reader {
    content: Content,
    fingerprint: Fingerprint,
    left: u64,
    /// `None` until the first block.
    opened: Option<Box<dyn io::Read + Send>>,
    hashing: Option<(Sha256, Arc<Reading>)>,
    pool: Pool,
}

impl Reader {
    fn new(content: Content, fingerprint: Fingerprint, hashing: Option<Arc<Reading>>) -> Self {
        Self {
            content,
            fingerprint,
            left: fingerprint.size_bytes,
            opened: None,
            hashing: hashing.map(|reading| (Sha256::new(), reading)),
            pool: Pool::default(),
        }
    }

    /// Returns the next block, `None` after the last one.
    fn next_block(&mut self) -> Result<Option<Vec<u8>>, SourceFault> {
        if self.left == 0 {
            return Ok(None);
        }
        let reader = match &mut self.opened {
            Some(opened) => opened,
            None => {
                check(&self.content, self.fingerprint)?;
                self.opened.insert(self.content.open()?)
            }
        };
        let size = usize::try_from(self.left).unwrap_or(usize::MAX);
        let mut block = self.pool.take(size.min(BLOCK_BYTES));
        reader.read_exact(&mut block).map_err(shorter)?;
        self.left -= block.len() as u64;
        if let Some((hasher, _)) = &mut self.hashing {
            hasher.update(&block);
        }
        if self.left == 0 {
            // Before the last block is handed over: a request that lacks it stores nothing.
            if uninterrupted(|| reader.read(&mut [0]))? > 0 {
                return Err(SourceFault::Changed("the file has grown"));
            }
            check(&self.content, self.fingerprint)?;
            if let Some((hasher, reading)) = self.hashing.take() {
                reading.set_digest(Sha256Digest::from_bytes(hasher.finalize().into()));
            }
            self.opened = None;
        }
        Ok(Some(block))
    }
}

fn check(content: &Content, fingerprint: Fingerprint) -> Result<(), SourceFault> {
    let now = content.fingerprint()?;
    let what = if now.size_bytes != fingerprint.size_bytes {
        "the size of the file has changed"
    } else if now.file_id != fingerprint.file_id {
        "the file was replaced by another one"
    } else if now != fingerprint {
        "the file was written to"
    } else {
        return Ok(());
    };
    Err(SourceFault::Changed(what))
}

fn shorter(error: io::Error) -> SourceFault {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => SourceFault::Changed("the file has become shorter"),
        _ => error.into(),
    }
}
