use std::io;

/// The user's wish to stop: Ctrl-C, and where it exists SIGTERM.
#[cfg(unix)]
#[derive(Debug)]
pub(crate) struct Interrupts {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Interrupts {
    /// Takes the signals over from here on.
    pub(crate) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for the next one.
    pub(crate) async fn next(&mut self) {
        use futures_util::future::{Either, select};
        use std::pin::pin;
        let interrupt = pin!(self.interrupt.recv());
        let terminate = pin!(self.terminate.recv());
        match select(interrupt, terminate).await {
            Either::Left(_) | Either::Right(_) => {}
        }
    }
}

/// The user's wish to stop: Ctrl-C.
#[cfg(windows)]
#[derive(Debug)]
pub(crate) struct Interrupts(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Interrupts {
    /// Takes the signals over from here on.
    pub(crate) fn listen() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    /// Waits for the next one.
    pub(crate) async fn next(&mut self) {
        let _ = self.0.recv().await;
    }
}
