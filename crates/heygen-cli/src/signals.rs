//! The user's wish to stop: Ctrl-C, and where it exists SIGTERM.
//!
//! Signals are taken by a thread of their own, so that the second one ends the program even when all
//! other threads are busy.

use std::{
    io,
    sync::{Mutex, OnceLock, PoisonError, mpsc},
    thread,
};

use tokio::{runtime, sync::watch};

use crate::exit::Exit;

/// How many signals have come since they were taken over.
static COUNT: OnceLock<watch::Receiver<u32>> = OnceLock::new();

/// Returns how many signals have come since they were taken over, which is at most one: the second
/// ends the program.
pub(crate) fn count() -> u32 {
    COUNT.get().map_or(0, |count| *count.borrow())
}

/// Waits for a signal. As long as there is one of these, the first signal is left to who has it; when
/// there is none any more, it ends the program, as it would have before.
#[derive(Debug)]
pub(crate) struct Interrupts(watch::Receiver<u32>);

impl Interrupts {
    /// Takes the signals over from here on: the first one is for the program to act upon, the
    /// second one ends it.
    pub(crate) fn listen() -> io::Result<Self> {
        static STARTING: Mutex<()> = Mutex::new(());
        let _one_at_a_time = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = COUNT.get() {
            return Ok(Self(count.clone()));
        }
        let count = start()?;
        Ok(Self(COUNT.get_or_init(|| count).clone()))
    }

    /// Leaves the first signal to the caller if signals were taken over, so that it can look at
    /// [`count`].
    pub(crate) fn taken_over() -> Option<Self> {
        COUNT.get().map(|count| Self(count.clone()))
    }

    /// Waits for the first one, also when it has come already.
    pub(crate) async fn next(&mut self) {
        if self.0.changed().await.is_err() {
            // The thread is gone, and no signal will come this way.
            std::future::pending::<()>().await;
        }
    }
}

/// Starts the thread. Once this returns no signal is missed.
fn start() -> io::Result<watch::Receiver<u32>> {
    let (sender, count) = watch::channel(0);
    let (ready, started) = mpsc::channel();
    let listen = move || {
        let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
        runtime.block_on(async {
            let mut signals = Signals::new()?;
            // The receiver waits until it gets this.
            let _ = ready.send(());
            signals.next().await;
            // The one of `COUNT` waits for nothing.
            if sender.receiver_count() > 1 {
                sender.send_replace(1);
                signals.next().await;
            }
            std::process::exit(Exit::Interrupted as i32)
        })
    };
    let thread = thread::Builder::new().name("signals".to_owned());
    let thread = thread.stack_size(STACK_BYTES).spawn(listen)?;
    match started.recv() {
        Ok(()) => Ok(count),
        // The thread ended instead, and its result says why.
        Err(_) => thread
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("the thread for signals failed")))
            .map(|()| count),
    }
}

/// Enough for a thread that only waits, where memory is short.
const STACK_BYTES: usize = 256 * 1024;

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        use futures_util::future::select;
        use std::pin::pin;
        let interrupt = pin!(self.interrupt.recv());
        let terminate = pin!(self.terminate.recv());
        select(interrupt, terminate).await;
    }
}

#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn new() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) {
        let _ = self.0.recv().await;
    }
}
