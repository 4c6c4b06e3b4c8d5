use std::{
    future::{Future, IntoFuture},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
};

/// Waits on the calling thread for anything that can be awaited: the blocking face of the client.
///
/// Every builder and every method of the client that a program with a runtime would `.await` ends in
/// [`run`](Self::run) here, with the same options before it:
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use heygen_client::Route;
/// use heygen_ureq::{Blocking, client_builder};
///
/// let client = client_builder()?.environment()?.build()?;
/// let asset = client.assets().upload("clip.mp4").route(Route::Direct).run()?;
/// let voices = client.voices().list(&Default::default()).run()?;
/// # Ok(())
/// # }
/// ```
///
/// In an asynchronous program `.await` instead: a thread of its runtime would stand still in here.
pub trait Blocking: IntoFuture {
    /// Returns what comes of it, however long that takes.
    fn run(self) -> Self::Output;
}

impl<F: IntoFuture> Blocking for F {
    fn run(self) -> Self::Output {
        let signal = Arc::new(Signal {
            thread: thread::current(),
            is_given: AtomicBool::new(false),
        });
        let waker = Waker::from(Arc::clone(&signal));
        let mut context = Context::from_waker(&waker);
        let mut future = pin!(self.into_future());
        loop {
            match future.as_mut().poll(&mut context) {
                Poll::Ready(output) => return output,
                Poll::Pending => signal.wait(),
            }
        }
    }
}

/// What wakes the thread. It remembers that it did, for whatever else parks the thread meanwhile,
/// such as a channel that the future waits at, takes the wake-up of `park` for its own.
struct Signal {
    thread: Thread,
    is_given: AtomicBool,
}

impl Signal {
    fn wait(&self) {
        while !self.is_given.swap(false, Ordering::AcqRel) {
            thread::park();
        }
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.is_given.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

#[cfg(test)]
mod tests {
    use std::{future::poll_fn, task::Poll, thread};

    use super::Blocking as _;

    #[test]
    fn a_wake_up_that_something_else_has_used_up_still_counts() {
        let mut is_first = true;
        let future = poll_fn(|context| {
            if std::mem::replace(&mut is_first, false) {
                context.waker().wake_by_ref();
                // As any lock or channel of the standard library may do.
                thread::park();
                return Poll::Pending;
            }
            Poll::Ready(7)
        });
        assert_eq!(future.run(), 7);
    }
}
