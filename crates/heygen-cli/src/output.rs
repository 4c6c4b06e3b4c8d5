//! Standard output and standard error, each written by a thread of its own. A pipe that nobody
//! reads or a terminal that was stopped blocks that thread and nothing else: transfers continue,
//! and signals are heard.

mod bars;
mod lane;

use std::{
    io::{self, Write as _},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU8, Ordering},
    },
    time::{Duration, Instant},
};

use crate::signals::{self, Interrupts};

use bars::Frame;
pub(crate) use bars::{bars, past_bars};
use lane::Lane;

/// One write, for whichever thread it falls to.
enum Piece {
    /// Bytes of a result, for standard output.
    Result(Vec<u8>),
    /// Text for standard error. Styles are removed where they would only disturb.
    Message(String),
    /// What moves the cursor of the terminal behind standard error. It is gone once it is written.
    Frame(Arc<Mutex<Option<Frame>>>),
    /// Called once everything before it is written.
    Mark(Box<dyn FnOnce() + Send>),
}

impl Piece {
    const fn len_bytes(&self) -> usize {
        match self {
            Self::Result(bytes) => bytes.len(),
            Self::Message(text) => text.len(),
            // Of frames there is never more than one between two other pieces.
            Self::Frame(_) | Self::Mark(_) => 0,
        }
    }

    fn write(self) {
        match self {
            Self::Result(bytes) => RESULTS.write(&bytes),
            Self::Message(text) => {
                let mut stderr = anstream::stderr().lock();
                // There is no further place to report that this one is gone.
                let _ = stderr
                    .write_all(text.as_bytes())
                    .and_then(|()| stderr.flush());
            }
            Self::Frame(frame) => {
                let frame = frame.lock().unwrap_or_else(PoisonError::into_inner).take();
                if let Some(bytes) = frame.map(Frame::into_bytes) {
                    let _ = io::stderr().lock().write_all(&bytes);
                }
            }
            Self::Mark(call) => call(),
        }
    }
}

/// Whether results can still be written.
struct Results {
    state: AtomicU8,
    error: Mutex<Option<io::Error>>,
}

static RESULTS: Results = Results {
    state: AtomicU8::new(state::OPEN),
    error: Mutex::new(None),
};

mod state {
    pub(super) const OPEN: u8 = 0;
    /// The reader is gone, which is its right.
    pub(super) const CLOSED: u8 = 1;
    pub(super) const FAILED: u8 = 2;
}

impl Results {
    fn write(&self, bytes: &[u8]) {
        if self.state.load(Ordering::Acquire) != state::OPEN {
            return;
        }
        let mut stdout = io::stdout().lock();
        let Err(error) = stdout.write_all(bytes).and_then(|()| stdout.flush()) else {
            return;
        };
        if error.kind() == io::ErrorKind::BrokenPipe {
            self.state.store(state::CLOSED, Ordering::Release);
            return;
        }
        *self.error.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        self.state.store(state::FAILED, Ordering::Release);
    }
}

/// The lanes. Where both streams lead to the same place, as on a terminal, one lane keeps what goes
/// there in order.
struct Lanes {
    stdout: Lane,
    stderr: Option<Lane>,
}

impl Lanes {
    fn get() -> &'static Self {
        static LANES: OnceLock<Lanes> = OnceLock::new();
        LANES.get_or_init(|| Self {
            stdout: Lane::default(),
            stderr: (!lane::is_one_place()).then(Lane::default),
        })
    }

    fn stderr(&self) -> &Lane {
        self.stderr.as_ref().unwrap_or(&self.stdout)
    }
}

/// Writes bytes to standard output.
pub(crate) fn result(bytes: Vec<u8>) {
    Lanes::get().stdout.send(Piece::Result(bytes));
}

/// Writes text to standard error.
pub(crate) fn message(text: String) {
    Lanes::get().stderr().send(Piece::Message(text));
}

/// Writes text to standard error that is worth less than the memory it takes when nobody reads it.
pub(crate) fn passing_message(text: String) {
    Lanes::get().stderr().send_if_short(Piece::Message(text));
}

fn frame(frame: Frame) {
    Lanes::get().stderr().send_frame(frame);
}

/// Waits until the results so far are written, or cannot be.
pub(crate) async fn results_written() {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    Lanes::get().stdout.send(Piece::Mark(Box::new(move || {
        // The waiting task may have been interrupted.
        let _ = sender.send(());
    })));
    // It fails when the thread is gone, and then there is nothing to wait for.
    let _ = receiver.await;
}

/// Returns whether results can still be written: the reader is there, and so is the space.
pub(crate) fn is_open() -> bool {
    RESULTS.state.load(Ordering::Acquire) == state::OPEN
}

/// Takes the error that lost results, once.
pub(crate) fn take_error() -> Option<io::Error> {
    let mut error = RESULTS.error.lock().unwrap_or_else(PoisonError::into_inner);
    error.take()
}

/// Returns whether results are lost.
pub(crate) fn has_failed() -> bool {
    RESULTS.state.load(Ordering::Acquire) == state::FAILED
}

/// How waiting for the output ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drained {
    Whole,
    /// A signal came, and not everything is written.
    Interrupted,
}

/// Waits until everything is written. A signal ends the wait: at once when it comes now, and after
/// a moment when it came before, since a reader that is merely slow gets what was ready.
pub(crate) fn drain() -> Drained {
    let _interrupts = Interrupts::taken_over();
    let lanes = Lanes::get();
    let interrupted_before = signals::count() > 0;
    let began = Instant::now();
    let gives_up = || match interrupted_before {
        true => began.elapsed() >= GRACE,
        false => signals::count() > 0,
    };
    for lane in [Some(&lanes.stdout), lanes.stderr.as_ref()] {
        if lane.is_some_and(|lane| !lane.drain(gives_up)) {
            return Drained::Interrupted;
        }
    }
    Drained::Whole
}

/// Waits a moment until the messages are written, even when the results are not.
pub(crate) fn drain_messages() {
    let began = Instant::now();
    let stderr = Lanes::get().stderr();
    stderr.drain(|| began.elapsed() >= MOMENT);
}

/// How long output is waited for after an interrupt.
const GRACE: Duration = Duration::from_secs(1);

/// How long the last messages are waited for.
const MOMENT: Duration = Duration::from_millis(100);
