use std::{
    collections::VecDeque,
    io::{self, Read as _},
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
    Fingerprint, FingerprintMatch, Runtime,
    source::{Content, Opened},
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
        is_exact: bool,
        hashing: Option<Arc<Reading>>,
    ) -> Self {
        let shared = Shared::default();
        shared.state().reader = Some(Reader::new(content, fingerprint, is_exact, hashing));
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
    is_exact: bool,
    mut progress: impl FnMut(u64) + Send + 'static,
) -> Result<Sha256Digest, SourceFault> {
    let work = move || {
        let reading = Arc::new(Reading::new(fingerprint.size_bytes, None));
        let mut reader = Reader::new(content, fingerprint, is_exact, Some(Arc::clone(&reading)));
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
    /// What is opened has to be what was looked at beyond doubt.
    is_exact: bool,
    left: u64,
    /// What was opened, and what it was before its first byte. `None` until the first block.
    opened: Option<(Opened, Fingerprint)>,
    hashing: Option<(Sha256, Arc<Reading>)>,
    pool: Pool,
}

impl Reader {
    fn new(
        content: Content,
        fingerprint: Fingerprint,
        is_exact: bool,
        hashing: Option<Arc<Reading>>,
    ) -> Self {
        Self {
            content,
            fingerprint,
            is_exact,
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
        let (opened, before) = match &mut self.opened {
            Some(opened) => opened,
            None => {
                let opened = self.content.open()?;
                let before = opened.fingerprint()?;
                if compare(&before, &self.fingerprint)? && self.is_exact {
                    return Err(WRITTEN_TO);
                }
                self.opened.insert((opened, before))
            }
        };
        let size = usize::try_from(self.left).unwrap_or(usize::MAX);
        let mut block = self.pool.take(size.min(BLOCK_BYTES));
        opened.read_exact(&mut block).map_err(shorter)?;
        self.left -= block.len() as u64;
        if let Some((hasher, _)) = &mut self.hashing {
            hasher.update(&block);
        }
        if self.left == 0 {
            // Before the last block is handed over: a request that lacks it stores nothing.
            let is_touched = check_end(&self.content, opened, before)?;
            self.opened = None;
            if let Some((hasher, reading)) = self.hashing.take() {
                let digest = Sha256Digest::from_bytes(hasher.finalize().into());
                // It may be nothing but a new hard link. The bytes tell.
                if is_touched && reread(&self.content, self.fingerprint, &self.pool)? != digest {
                    return Err(WRITTEN_TO);
                }
                if reading.expected.is_some_and(|expected| expected != digest) {
                    return Err(OF_ANOTHER_DIGEST);
                }
                reading.set_digest(digest);
            }
        }
        Ok(Some(block))
    }
}

/// Checks after the last byte that the content is what it was before the first one, both what was
/// opened and what is at its place now. Returns `true` if nothing but its bytes can tell.
///
/// Where nobody compares the bytes, which is a PUT of its own, that is left to storage, which knows
/// the digest, or to the user, who wants no checksum.
fn check_end(
    content: &Content,
    opened: &mut Opened,
    before: &Fingerprint,
) -> Result<bool, SourceFault> {
    if opened.read(&mut [0])? > 0 {
        return Err(SourceFault::Changed("the file has grown"));
    }
    let is_touched = compare(&opened.fingerprint()?, before)?;
    let there = content.fingerprint()?;
    let is_moved = compare(&there, before)?;
    // A hard link leaves the number of a file as it is, and a file system without numbers its time.
    if is_moved && there.file_id != before.file_id {
        return Err(REPLACED);
    }
    Ok(is_touched || is_moved)
}

/// Returns `true` if the content may be another although its size and time are the same.
fn compare(now: &Fingerprint, then: &Fingerprint) -> Result<bool, SourceFault> {
    match now.compare(then) {
        FingerprintMatch::Same => Ok(false),
        FingerprintMatch::Unsure => Ok(true),
        FingerprintMatch::Different if now.size_bytes != then.size_bytes => {
            Err(SourceFault::Changed("the size of the file has changed"))
        }
        FingerprintMatch::Different if now.file_id != then.file_id => Err(REPLACED),
        FingerprintMatch::Different => Err(WRITTEN_TO),
    }
}

/// Reads the content once more, for its digest alone.
fn reread(
    content: &Content,
    fingerprint: Fingerprint,
    pool: &Pool,
) -> Result<Sha256Digest, SourceFault> {
    let mut opened = content.open()?;
    let mut hasher = Sha256::new();
    let mut left = fingerprint.size_bytes;
    while left > 0 {
        let size = usize::try_from(left).unwrap_or(usize::MAX).min(BLOCK_BYTES);
        let mut block = pool.take(size);
        opened.read_exact(&mut block).map_err(shorter)?;
        left -= size as u64;
        hasher.update(&block);
        pool.give_back(block);
    }
    Ok(Sha256Digest::from_bytes(hasher.finalize().into()))
}

const REPLACED: SourceFault = SourceFault::Changed("the file was replaced by another one");
const OF_ANOTHER_DIGEST: SourceFault =
    SourceFault::Changed("the file is not the one whose digest is known");
const WRITTEN_TO: SourceFault = SourceFault::Changed("the file was written to");

fn shorter(error: io::Error) -> SourceFault {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => SourceFault::Changed("the file has become shorter"),
        _ => error.into(),
    }
}
