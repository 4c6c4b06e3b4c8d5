use std::{
    sync::{
        Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use heygen_client::TransportErrorKind;
use heygen_transport::Limits;
use tokio::time::Instant;

/// How far a request has come, as its socket sees it.
///
/// On HTTP/1.1 a connection carries one request at a time, so the socket itself reports here. On
/// HTTP/2 it carries many, and the body of each request reports in its place.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    state: Mutex<State>,
    first_bytes: OnceLock<[u8; 2]>,
    is_cut: AtomicBool,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    body_handed_over: bool,
    wrote: bool,
    blocked_since: Option<Instant>,
    sent_at: Option<Instant>,
}

impl Progress {
    /// Starts over for a request. One without a body is handed over with its head.
    pub(crate) fn begin(&self, has_body: bool) {
        *self.lock() = State {
            body_handed_over: !has_body,
            ..State::default()
        };
    }

    /// Notes that the last byte of the body left for the buffers of the connection.
    pub(crate) fn body_handed_over(&self) {
        self.lock().body_handed_over = true;
    }

    /// Notes that bytes went out.
    pub(crate) fn moved(&self) {
        let mut state = self.lock();
        state.wrote = true;
        state.blocked_since = None;
    }

    /// Notes that nothing can be written now. The first such moment counts.
    pub(crate) fn blocked(&self) {
        let mut state = self.lock();
        if state.blocked_since.is_none() {
            state.blocked_since = Some(Instant::now());
        }
    }

    /// Notes that the buffers of the connection are empty.
    pub(crate) fn flushed(&self) {
        let mut state = self.lock();
        state.blocked_since = None;
        if state.body_handed_over && state.sent_at.is_none() {
            state.sent_at = Some(Instant::now());
        }
    }

    /// Returns when the whole request had gone out, if it has.
    pub(crate) fn sent_at(&self) -> Option<Instant> {
        self.lock().sent_at
    }

    /// Has the socket read no more.
    pub(crate) fn cut(&self) {
        self.is_cut.store(true, Ordering::Relaxed);
    }

    /// Returns `true` if the socket is to read no more.
    pub(crate) fn is_cut(&self) -> bool {
        self.is_cut.load(Ordering::Relaxed)
    }

    /// Notes the first bytes that the server sent on the connection.
    pub(crate) fn received_first(&self, bytes: &[u8]) {
        if let [first, second, ..] = *bytes {
            let _ = self.first_bytes.set([first, second]);
        }
    }

    /// Returns the first bytes that the server sent on the connection, as far as they are known.
    pub(crate) fn first_bytes(&self) -> &[u8] {
        self.first_bytes.get().map_or(&[], |bytes| bytes)
    }

    /// Tells whether any byte of the request went out.
    pub(crate) fn is_begun(&self) -> bool {
        self.lock().wrote
    }

    /// Returns since when something is waited for, how long that may last and what it is called if
    /// it does, or `None` while nothing is waited for: a body that takes its time is no fault of the
    /// connection.
    pub(crate) fn waits(&self, limits: &Limits) -> Option<(Instant, Duration, TransportErrorKind)> {
        let state = *self.lock();
        match (state.sent_at, state.blocked_since) {
            (Some(sent), _) => Some((sent, limits.answer, TransportErrorKind::AnswerTimeout)),
            (None, Some(blocked)) => Some((blocked, limits.stall, TransportErrorKind::Stall)),
            (None, None) => None,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Every change is one assignment, so a panic elsewhere leaves nothing half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
