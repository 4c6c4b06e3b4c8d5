//! The one place where an exchange waits.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Wake, Waker},
};

use heygen_client::TransportError;
use mio::{Events, Interest, Poll, Token, net::TcpStream};

use crate::{failure::interrupted, patience::Patience};

/// Waits for whatever comes first: the socket, the body of the request, the end of patience, or
/// the word that nobody wants the answer any more.
///
/// Events say only that something may have changed. Whoever waits tries again what would have
/// blocked, and waits once more when it still would.
pub(crate) struct Waiter {
    poll: Poll,
    events: Events,
    signal: Arc<Signal>,
}

/// Why an exchange ends before its time.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Its future, or the body of its response, was dropped.
    Dropped,
    Failed(TransportError),
}

/// Patience is at an end.
#[derive(Debug)]
pub(crate) struct Late;

/// Wakes a [`Waiter`] from any other thread.
#[derive(Debug)]
pub(crate) struct Signal {
    waker: mio::Waker,
    dropped: AtomicBool,
}

impl Waiter {
    pub(crate) fn new() -> io::Result<Self> {
        let poll = Poll::new()?;
        let signal = Signal {
            waker: mio::Waker::new(poll.registry(), SIGNAL)?,
            dropped: AtomicBool::new(false),
        };
        Ok(Self {
            poll,
            events: Events::with_capacity(4),
            signal: Arc::new(signal),
        })
    }

    pub(crate) fn signal(&self) -> &Arc<Signal> {
        &self.signal
    }

    /// Returns a waker for a future that the exchange polls.
    pub(crate) fn waker(&self) -> Waker {
        Arc::clone(&self.signal).into()
    }

    pub(crate) fn attach(&self, tcp: &mut TcpStream) -> io::Result<()> {
        let both = Interest::READABLE | Interest::WRITABLE;
        self.poll.registry().register(tcp, SOCKET, both)
    }

    pub(crate) fn detach(&self, tcp: &mut TcpStream) -> io::Result<()> {
        self.poll.registry().deregister(tcp)
    }

    /// Waits until something may have changed, or for a part of the limit. Whatever is waited for has
    /// to be tried once more after this, so the limit can only pass while it is not there.
    pub(crate) fn wait(
        &mut self,
        patience: Option<&mut Patience>,
    ) -> Result<Result<(), Late>, Stop> {
        self.check()?;
        let timeout = match patience.map(Patience::look) {
            Some(None) => return Ok(Err(Late)),
            Some(timeout) => timeout,
            None => None,
        };
        match self.poll.poll(&mut self.events, timeout) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => {
                return Err(Stop::Failed(interrupted(error)));
            }
            _ => self.check()?,
        }
        Ok(Ok(()))
    }

    /// Tells whether somebody still wants the answer.
    pub(crate) fn check(&self) -> Result<(), Stop> {
        if self.signal.dropped.load(Ordering::Acquire) {
            return Err(Stop::Dropped);
        }
        Ok(())
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.ring();
    }
}

impl Signal {
    fn ring(&self) {
        // It fails only when the system is out of resources; a deadline ends the wait then.
        drop(self.waker.wake());
    }
}

/// Ends an exchange when it is dropped.
#[derive(Debug)]
pub(crate) struct StopOnDrop(Option<Arc<Signal>>);

impl StopOnDrop {
    pub(crate) fn new(signal: Arc<Signal>) -> Self {
        Self(Some(signal))
    }

    /// Leaves the exchange to itself.
    pub(crate) fn disarm(mut self) {
        self.0 = None;
    }
}

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        if let Some(signal) = &self.0 {
            signal.dropped.store(true, Ordering::Release);
            signal.ring();
        }
    }
}

impl From<TransportError> for Stop {
    fn from(error: TransportError) -> Self {
        Self::Failed(error)
    }
}

const SIGNAL: Token = Token(0);
const SOCKET: Token = Token(1);
