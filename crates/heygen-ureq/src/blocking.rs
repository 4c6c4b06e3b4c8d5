use std::{
    future::{Future, IntoFuture},
    pin::pin,
    sync::Arc,
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
        struct Unpark(Thread);

        impl Wake for Unpark {
            fn wake(self: Arc<Self>) {
                self.0.unpark();
            }
        }

        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut context = Context::from_waker(&waker);
        let mut future = pin!(self.into_future());
        loop {
            match future.as_mut().poll(&mut context) {
                Poll::Ready(output) => return output,
                Poll::Pending => thread::park(),
            }
        }
    }
}
