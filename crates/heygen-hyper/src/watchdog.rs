use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use heygen_client::TransportErrorKind;
use heygen_transport::Limits;
use tokio::time::{Instant, Sleep, sleep};

use crate::progress::Progress;

/// Ends when a request has made no progress for too long.
///
/// It looks at the progress only when its timer rings, and sets the timer no later than the next
/// moment at which patience could end. A write therefore never touches a timer.
pub(crate) struct Watchdog {
    timer: Pin<Box<Sleep>>,
    progress: Arc<Progress>,
    limits: Limits,
}

impl Watchdog {
    pub(crate) fn new(progress: Arc<Progress>, limits: Limits) -> Self {
        Self {
            timer: Box::pin(sleep(shortest(&limits))),
            progress,
            limits,
        }
    }
}

impl Future for Watchdog {
    type Output = TransportErrorKind;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<TransportErrorKind> {
        loop {
            ready!(self.timer.as_mut().poll(cx));
            let now = Instant::now();
            let next = match self.progress.deadline(&self.limits) {
                Some((deadline, kind)) if deadline <= now => return Poll::Ready(kind),
                Some((deadline, _)) => deadline,
                None => now + shortest(&self.limits),
            };
            self.timer.as_mut().reset(next);
        }
    }
}

/// Nothing that begins after a look at the progress can be overdue sooner than this.
fn shortest(limits: &Limits) -> std::time::Duration {
    limits.stall.min(limits.answer)
}
