//! What the system lets this program have: threads and open files.

use std::{
    future::Future,
    panic::{self, AssertUnwindSafe},
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use tokio::{
    runtime::{Builder, Runtime},
    sync::{Semaphore, SemaphorePermit},
};

use crate::{exit::Exit, failure::Failure};

/// Runs the work of a command. A thread that still reads a file, perhaps from a disk that hangs, is not
/// waited for.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = runtime()?;
    let end = runtime.block_on(work);
    runtime.shutdown_background();
    end
}

/// Makes the runtime: one thread is enough, for files are read on threads of their own. There are
/// few of those, because each has its own heap and stack, and a batch system may limit the address
/// space; none of their work waits for other work, so more would not be faster.
fn runtime() -> Result<Runtime, Failure> {
    // Where it cannot be raised there is less at once.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    // The pipe for signals is one thing that tokio panics without.
    let runtime = without_panic(|| {
        Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(BLOCKING_THREADS)
            .thread_stack_size(STACK_BYTES)
            // The first one stays, see below.
            .thread_keep_alive(Duration::MAX)
            .build()
    });
    let no_queue = || refused("the system gave no event queue", OPEN_FILES);
    let runtime = runtime
        .ok_or_else(no_queue)?
        .map_err(|error| no_queue().caused_by(Some(&error)))?;
    // A thread for work that blocks is another, but only as long as there is none: later work then
    // waits for this one.
    if without_panic(|| drop(runtime.spawn_blocking(|| ()))).is_none() {
        return Err(refused("the system gave no thread to work on", THREADS));
    }
    Ok(runtime)
}

/// Does something that panics where the system has nothing to give, and returns `None` then. Only
/// moments may pass in it, because a panic of another thread would go unseen.
fn without_panic<T>(work: impl FnOnce() -> T) -> Option<T> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(hook);
    done.ok()
}

fn refused(problem: &str, hint: &str) -> Failure {
    let message = format!("{problem}; nothing was sent");
    let mut failure = Failure::new(Exit::File, "local_resources", message, hint);
    failure.retryable = true;
    failure
}

/// Makes sure that there are open files for one upload, which would otherwise fail after waiting a
/// minute for them, and the next one too.
///
/// # Errors
///
/// When there are none.
pub(crate) fn check_room() -> Result<(), Failure> {
    match has_room(FILES_NEEDED) {
        true => Ok(()),
        false => Err(refused(
            "the limit of open files leaves none for an upload",
            OPEN_FILES,
        )),
    }
}

/// Returns `true` if taking signals over leaves enough open files for an upload.
pub(crate) fn has_room_for_signals() -> bool {
    has_room(FILES_OF_SIGNALS + FILES_NEEDED)
}

/// Returns `true` if this program can open so many more files.
fn has_room(count: usize) -> bool {
    #[cfg(unix)]
    let opened: std::io::Result<Vec<_>> = (0..count)
        .map(|_| std::fs::File::open("/dev/null"))
        .collect();
    #[cfg(not(unix))]
    let opened = Ok::<_, std::io::Error>(count);
    // What else may be wrong is no matter of the limit.
    !opened.is_err_and(|error| heygen_client::is_local_shortage(&error))
}

/// How many files may be uploaded at once: as many as wanted, fewer where the limit of open files is
/// low, and fewer still each time that something runs out nevertheless.
#[derive(Debug)]
pub(crate) struct Slots {
    semaphore: Semaphore,
    count: AtomicUsize,
    taken: AtomicUsize,
    /// Slots that are given up when their uploads end.
    owed: AtomicUsize,
}

/// The right to upload a file.
pub(crate) struct Slot<'a> {
    slots: &'a Slots,
    permit: Option<SemaphorePermit<'a>>,
}

impl Slots {
    pub(crate) fn new(wanted: usize) -> Self {
        let count = wanted.min(at_once(open_files()));
        Self {
            semaphore: Semaphore::new(count),
            count: AtomicUsize::new(count),
            taken: AtomicUsize::new(0),
            owed: AtomicUsize::new(0),
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// Waits for a slot.
    pub(crate) async fn take(&self) -> Slot<'_> {
        let permit = self.semaphore.acquire().await;
        self.taken.fetch_add(1, Ordering::Relaxed);
        Slot {
            slots: self,
            permit: Some(permit.expect("nobody closes the semaphore")),
        }
    }

    /// Returns `true` if more than one upload is going on: what one of them lacks, others give back.
    pub(crate) fn are_shared(&self) -> bool {
        self.taken.load(Ordering::Relaxed) > 1
    }

    /// Gives a slot up for good, unless it is the last one: an upload found nothing left for it.
    pub(crate) fn give_up_one(&self) {
        let fewer = |count: usize| (count > 1).then(|| count - 1);
        let lowered = self
            .count
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, fewer);
        if lowered.is_ok() {
            self.owed.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        self.slots.taken.fetch_sub(1, Ordering::Relaxed);
        let fewer = |owed: usize| owed.checked_sub(1);
        let owed = &self.slots.owed;
        let is_owed = owed.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fewer);
        if let (Ok(_), Some(permit)) = (is_owed, self.permit.take()) {
            permit.forget();
        }
    }
}

/// Returns how many files this program may have open.
fn open_files() -> u64 {
    #[cfg(unix)]
    let limit = rlimit::Resource::NOFILE.get().map(|(soft, _)| soft);
    #[cfg(not(unix))]
    let limit = Ok::<_, std::io::Error>(u64::MAX);
    limit.unwrap_or(u64::MAX)
}

/// Returns how many uploads find room among so many open files.
fn at_once(open_files: u64) -> usize {
    let count = open_files.saturating_sub(FILES_OF_PROGRAM) / FILES_OF_UPLOAD;
    usize::try_from(count).unwrap_or(usize::MAX).max(1)
}

/// Reading, hashing, the journal and the lookup of names share these.
const BLOCKING_THREADS: usize = 8;

/// Enough for reading, SQLite and the lookup of names, and half of what is usual: where the address
/// space is limited, a thread that fits may be followed by memory that does not.
const STACK_BYTES: usize = 1024 * 1024;

/// The streams, the event queues, the journal with its log, and what libraries open for a moment.
const FILES_OF_PROGRAM: u64 = 24;

/// The file, its claim in the journal, two connections while one takes the place of the other; and
/// in the embedded emulator the other ends of these and the object.
const FILES_OF_UPLOAD: u64 = 7;

/// The least that an upload can do with: the file, its claim and a connection.
const FILES_NEEDED: usize = 3;

/// The event queue of the thread that waits for signals.
const FILES_OF_SIGNALS: usize = 4;

const OPEN_FILES: &str = "raise the limit of open files: ulimit -n";
const THREADS: &str =
    "raise the limit of processes and threads: ulimit -u, or pids.max of the container";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uploads_at_once_follow_the_limit_of_open_files() {
        for (open_files, expected) in [(0, 1), (31, 1), (64, 5), (256, 33), (1024, 142)] {
            assert_eq!(at_once(open_files), expected, "{open_files}");
        }
        assert!(at_once(u64::MAX) > 1_000_000);
    }

    #[test]
    fn a_slot_that_is_given_up_goes_with_the_next_upload_that_ends() {
        let slots = Slots::new(3);
        let runtime = Builder::new_current_thread().build().unwrap();
        let take = || runtime.block_on(slots.take());
        let taken = [take(), take(), take()];
        for left in [2, 1, 1, 1] {
            slots.give_up_one();
            assert_eq!(slots.count(), left);
        }
        let [first, second, third] = taken;
        drop(first);
        assert!(slots.are_shared());
        drop(second);
        assert!(!slots.are_shared());
        assert_eq!(slots.semaphore.available_permits(), 0);
        drop(third);
        assert_eq!(slots.semaphore.available_permits(), 1);
        drop(take());
        assert_eq!(slots.semaphore.available_permits(), 1);
    }
}
