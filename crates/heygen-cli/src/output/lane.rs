use std::{
    io,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use super::{Frame, Piece};

/// A queue, and the thread that writes what is in it. It starts with the first piece.
#[derive(Default)]
pub(super) struct Lane {
    sender: OnceLock<Option<mpsc::Sender<Piece>>>,
    waiting_bytes: Arc<AtomicUsize>,
    /// The frame that nothing was queued behind.
    last_frame: Mutex<Option<Arc<Mutex<Option<Frame>>>>>,
}

impl Lane {
    pub(super) fn send(&self, piece: Piece) {
        let mut last = lock(&self.last_frame);
        *last = match &piece {
            Piece::Frame(frame) => Some(Arc::clone(frame)),
            _ => None,
        };
        let unsent = self.queue(piece);
        // Whoever has to write now may have to wait, and nobody else with it.
        drop(last);
        if let Some(piece) = unsent {
            piece.write();
        }
    }

    /// Queues a frame. One that waits right before it is replaced, so that frames take no memory when
    /// nobody reads; none may be left out, because the next one removes what it has drawn.
    pub(super) fn send_frame(&self, frame: Frame) {
        let last = lock(&self.last_frame);
        if let Some(last) = &*last
            && let Some(waiting) = &mut *lock(last)
        {
            waiting.replace_with(frame);
            return;
        }
        drop(last);
        self.send(Piece::Frame(Arc::new(Mutex::new(Some(frame)))));
    }

    /// Queues a piece, and returns it when there is no thread to write it.
    fn queue(&self, piece: Piece) -> Option<Piece> {
        let sender = self.sender.get_or_init(|| start(&self.waiting_bytes));
        match sender {
            // Without a thread the caller waits, which is better than no output.
            None => Some(piece),
            Some(sender) => {
                let len_bytes = piece.len_bytes();
                self.waiting_bytes.fetch_add(len_bytes, Ordering::Relaxed);
                sender.send(piece).err().map(|unsent| unsent.0)
            }
        }
    }

    /// Queues a piece unless so much is waiting that nobody seems to read.
    pub(super) fn send_if_short(&self, piece: Piece) {
        if self.waiting_bytes.load(Ordering::Relaxed) < PASSING_MAX_BYTES {
            self.send(piece);
        }
    }

    /// Waits until everything is written, and returns `false` when that was given up.
    pub(super) fn drain(&self, gives_up: impl Fn() -> bool) -> bool {
        if self.sender.get().is_none() {
            return true;
        }
        let (sender, receiver) = mpsc::channel::<()>();
        self.send(Piece::Mark(Box::new(move || drop(sender))));
        // The mark is dropped when it is reached, and so is the channel with it.
        while receiver.recv_timeout(LOOK) == Err(mpsc::RecvTimeoutError::Timeout) {
            if gives_up() {
                return false;
            }
        }
        true
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn start(waiting_bytes: &Arc<AtomicUsize>) -> Option<mpsc::Sender<Piece>> {
    let (sender, receiver) = mpsc::channel::<Piece>();
    let waiting_bytes = Arc::clone(waiting_bytes);
    let work = move || {
        for piece in receiver {
            let len_bytes = piece.len_bytes();
            piece.write();
            waiting_bytes.fetch_sub(len_bytes, Ordering::Relaxed);
        }
    };
    let thread = thread::Builder::new().name("output".to_owned());
    let thread = thread.stack_size(STACK_BYTES).spawn(work);
    thread.ok().map(|_| sender)
}

/// Returns whether both streams lead to the same place. Where that cannot be found out they are
/// taken for two.
#[cfg(unix)]
pub(super) fn is_one_place() -> bool {
    use std::{
        fs::File,
        os::{fd::AsFd, unix::fs::MetadataExt as _},
    };
    let place = |stream: &dyn AsFd| -> io::Result<(u64, u64)> {
        let stream = File::from(stream.as_fd().try_clone_to_owned()?);
        let found = stream.metadata()?;
        Ok((found.dev(), found.ino()))
    };
    matches!(
        (place(&io::stdout()), place(&io::stderr())),
        (Ok(stdout), Ok(stderr)) if stdout == stderr
    )
}

/// Returns whether both streams lead to the same place, which only terminals are known to do.
#[cfg(not(unix))]
pub(super) fn is_one_place() -> bool {
    use std::io::IsTerminal as _;
    io::stdout().is_terminal() && io::stderr().is_terminal()
}

/// Enough for a thread that only writes, where memory is short.
const STACK_BYTES: usize = 256 * 1024;

/// Enough for a reader that looks away for minutes.
const PASSING_MAX_BYTES: usize = 1024 * 1024;

/// How often a wait for the output looks whether it is to end.
const LOOK: Duration = Duration::from_millis(20);
