use std::{io, sync::Arc};

use async_channel::{Receiver, Sender};
use bytes::Bytes;
use heygen_types::Sha256Digest;
use sha2::{Digest as _, Sha256};

use super::{
    Reading, SourceFault,
    block::{HASHED_BLOCK_BYTES, Pool, SENT_BLOCK_BYTES},
};
use crate::{Fingerprint, Runtime, source::Content};

/// How many blocks may be read ahead of whoever consumes them.
const BLOCKS_AHEAD: usize = 2;

/// The blocks of a source, in order, perhaps ended by a fault.
pub(super) type Blocks = Receiver<Result<Bytes, SourceFault>>;

/// What the blocks are read for.
pub(super) enum Purpose {
    /// To be sent as they are.
    Send,
    /// To be sent, and hashed on the way.
    SendAndHash(Arc<Reading>),
    /// To be hashed by whoever takes them.
    Hash,
}

/// Starts to read a source in another thread. The blocks come in order; a fault ends them.
pub(super) fn start(
    runtime: &dyn Runtime,
    content: Content,
    fingerprint: Fingerprint,
    purpose: Purpose,
) -> Blocks {
    let (sender, receiver) = async_channel::bounded(BLOCKS_AHEAD);
    runtime.spawn_blocking(Box::new(move || {
        if let Err(fault) = read(&content, fingerprint, purpose, &sender) {
            // Nobody listens any more when the request was dropped.
            let _ = sender.send_blocking(Err(fault));
        }
    }));
    receiver
}

fn read(
    content: &Content,
    fingerprint: Fingerprint,
    purpose: Purpose,
    blocks: &Sender<Result<Bytes, SourceFault>>,
) -> Result<(), SourceFault> {
    check(content, fingerprint)?;
    let mut reader = content.open()?;
    let pool = Pool::default();
    let (block_bytes, mut hasher) = match purpose {
        Purpose::Send => (SENT_BLOCK_BYTES, None),
        Purpose::SendAndHash(reading) => (HASHED_BLOCK_BYTES, Some((Sha256::new(), reading))),
        Purpose::Hash => (HASHED_BLOCK_BYTES, None),
    };
    let mut left = fingerprint.size_bytes;
    while left > 0 {
        let size = usize::try_from(left).unwrap_or(usize::MAX).min(block_bytes);
        let mut block = pool.take(size);
        reader.read_exact(&mut block).map_err(shorter)?;
        left -= size as u64;
        if let Some((hasher, _)) = &mut hasher {
            hasher.update(&block);
        }
        if left == 0 {
            // Before the last block is handed over: a request that lacks it stores nothing.
            if reader.read(&mut [0])? > 0 {
                return Err(SourceFault::Changed("the file has grown"));
            }
            check(content, fingerprint)?;
            if let Some((hasher, reading)) = hasher.take() {
                reading.set_digest(Sha256Digest::from_bytes(hasher.finalize().into()));
            }
        }
        if blocks.send_blocking(Ok(pool.lend(block))).is_err() {
            return Ok(());
        }
    }
    Ok(())
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

/// Reads a source to its end and returns its digest. Reading and hashing overlap.
pub(crate) async fn hash(
    runtime: &dyn Runtime,
    content: Content,
    fingerprint: Fingerprint,
    mut progress: impl FnMut(u64) + Send + 'static,
) -> Result<Sha256Digest, SourceFault> {
    let blocks = start(runtime, content, fingerprint, Purpose::Hash);
    let digest = crate::blocking::run(runtime, move || {
        let mut hasher = Sha256::new();
        let mut hashed = 0;
        while let Ok(block) = blocks.recv_blocking() {
            let block = block?;
            hasher.update(&block);
            hashed += block.len() as u64;
            progress(hashed);
        }
        if hashed == fingerprint.size_bytes {
            Ok(Sha256Digest::from_bytes(hasher.finalize().into()))
        } else {
            Err(SourceFault::Unreadable(io::Error::other(
                "its reader stopped",
            )))
        }
    });
    digest.await.unwrap_or_else(|| {
        Err(SourceFault::Unreadable(io::Error::other(
            "its reader stopped",
        )))
    })
}
