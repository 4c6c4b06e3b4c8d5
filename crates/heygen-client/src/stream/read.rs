use std::{
    io::{self, Read as _},
    sync::Arc,
};

use async_channel::Receiver;
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

/// The blocks of a source, in order, perhaps ended by a fault.
pub(super) type Blocks = Receiver<Result<Bytes, SourceFault>>;

/// Starts to read a source in another thread, and to hash it on the way when there is somebody to
/// tell the digest to. The blocks come in order; a fault ends them.
pub(super) fn start(
    runtime: &dyn Runtime,
    content: Content,
    fingerprint: Fingerprint,
    hashing: Option<Arc<Reading>>,
) -> Blocks {
    let (sender, receiver) = async_channel::bounded(BLOCKS_AHEAD);
    runtime.spawn_blocking(Box::new(move || {
        let pool = Pool::default();
        // An error means that nobody listens any more: the request was dropped.
        let send = |block| sender.send_blocking(Ok(pool.lend(block))).is_ok();
        let end = read(&content, fingerprint, &pool, hashing.as_deref(), send);
        if let Err(fault) = end {
            let _ = sender.send_blocking(Err(fault));
        }
    }));
    receiver
}

/// Reads a source to its end and returns its digest, in one other thread: the blocks stay in the
/// cache of its processor.
pub(crate) async fn hash(
    runtime: &dyn Runtime,
    content: Content,
    fingerprint: Fingerprint,
    mut progress: impl FnMut(u64) + Send + 'static,
) -> Result<Sha256Digest, SourceFault> {
    let stopped = || SourceFault::Unreadable(io::Error::other("its reader stopped"));
    let work = move || {
        let pool = Pool::default();
        let reading = Reading::new(fingerprint.size_bytes);
        let mut hashed = 0;
        let count = |block: Vec<u8>| {
            hashed += block.len() as u64;
            progress(hashed);
            pool.give_back(block);
            true
        };
        read(&content, fingerprint, &pool, Some(&reading), count)?;
        reading.digest().ok_or_else(stopped)
    };
    crate::blocking::run(runtime, work)
        .await
        .unwrap_or_else(|| Err(stopped()))
}

/// Reads block after block into `deliver`, which says whether it wants more.
fn read(
    content: &Content,
    fingerprint: Fingerprint,
    pool: &Pool,
    hashing: Option<&Reading>,
    mut deliver: impl FnMut(Vec<u8>) -> bool,
) -> Result<(), SourceFault> {
    let mut opened = content.open()?;
    let before = opened.fingerprint()?;
    compare(&before, &fingerprint)?;
    let mut hasher = hashing.map(|reading| (Sha256::new(), reading));
    let mut left = fingerprint.size_bytes;
    while left > 0 {
        let size = usize::try_from(left).unwrap_or(usize::MAX).min(BLOCK_BYTES);
        let mut block = pool.take(size);
        opened.read_exact(&mut block).map_err(shorter)?;
        left -= size as u64;
        if let Some((hasher, _)) = &mut hasher {
            hasher.update(&block);
        }
        if left == 0 {
            // Before the last block is handed over: a request that lacks it stores nothing.
            let is_touched = check_end(content, &mut opened, &before)?;
            if let Some((hasher, reading)) = hasher.take() {
                let digest = Sha256Digest::from_bytes(hasher.finalize().into());
                // It may be nothing but a new hard link. The bytes tell.
                if is_touched && reread(content, fingerprint, pool)? != digest {
                    return Err(WRITTEN_TO);
                }
                reading.set_digest(digest);
            }
        }
        if !deliver(block) {
            return Ok(());
        }
    }
    Ok(())
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
const WRITTEN_TO: SourceFault = SourceFault::Changed("the file was written to");

fn shorter(error: io::Error) -> SourceFault {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => SourceFault::Changed("the file has become shorter"),
        _ => error.into(),
    }
}
