use std::{
    pin::Pin,
    task::{Context, Poll, Waker, ready},
};

use tokio::time::{Sleep, sleep};

use crate::Pace;

/// Lets bytes pass in one direction of a socket no faster than a fault says.
#[derive(Debug, Default)]
pub(super) struct Brake {
    pace: Option<Pace>,
    left_bytes: u64,
    pause: Option<Pin<Box<Sleep>>>,
    waiting: Option<Waker>,
}

impl Brake {
    /// Sets the pace from now on, or lets go.
    pub(super) fn set(&mut self, pace: Option<Pace>) {
        self.pace = pace;
        self.left_bytes = pace.map_or(0, Pace::block_bytes);
        self.pause = None;
        // Whoever waits for the pause would otherwise not learn that it is over.
        if let Some(waiting) = self.waiting.take() {
            waiting.wake();
        }
    }

    /// Returns how many bytes may pass now; waits where it is none.
    pub(super) fn poll_allowance(&mut self, cx: &mut Context<'_>) -> Poll<usize> {
        let Some(pace) = self.pace else {
            return Poll::Ready(usize::MAX);
        };
        if let Some(pause) = &mut self.pause {
            self.waiting = Some(cx.waker().clone());
            ready!(pause.as_mut().poll(cx));
            self.pause = None;
            self.left_bytes = pace.block_bytes();
        }
        Poll::Ready(usize::try_from(self.left_bytes).unwrap_or(usize::MAX))
    }

    /// Takes note of how many bytes have passed. After a whole block comes the pause.
    pub(super) fn passed(&mut self, bytes: usize) {
        let Some(pace) = self.pace else {
            return;
        };
        self.left_bytes = self.left_bytes.saturating_sub(bytes as u64);
        if self.left_bytes == 0 {
            self.pause = Some(Box::pin(sleep(pace.pause())));
        }
    }
}
