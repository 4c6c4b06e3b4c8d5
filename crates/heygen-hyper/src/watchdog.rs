use std::{
    sync::Arc,
    task::{Context, Poll},
};

use heygen_client::TransportErrorKind;
use heygen_transport::Limits;
use tokio::time::Instant;

use crate::{progress::Progress, timer::Timer};

/// Ends when a request has made no progress for too long.
pub(crate) struct Watchdog {
    timer: Timer,
    progress: Arc<Progress>,
    limits: Limits,
}

impl Watchdog {
    pub(crate) fn new(progress: Arc<Progress>, limits: Limits) -> Self {
        Self {
            timer: Timer::new(),
            progress,
            limits,
        }
    }

    /// Ends the watch, and returns its timer for the wait that continues: it knows how long the
    /// process was stopped.
    pub(crate) fn into_timer(self) -> Timer {
        self.timer
    }

    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<TransportErrorKind> {
        let Self {
            timer,
            progress,
            limits,
        } = self;
        timer.poll(cx, || {
            // Nothing that begins after a look at the progress is overdue before this.
            let nothing = (
                Instant::now(),
                limits.stall.min(limits.answer),
                TransportErrorKind::Stall,
            );
            progress.waits(limits).unwrap_or(nothing)
        })
    }
}
