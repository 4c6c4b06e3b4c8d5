use std::{fmt, future::Future, pin::Pin, time::Duration};

/// A future that ends when a time has passed.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The clock and the threads that the client works with.
///
/// `heygen-hyper` has one for tokio. A runtime in virtual time makes every test of code above
/// this line run without waiting.
pub trait Runtime: fmt::Debug + Send + Sync + 'static {
    /// Returns the time since an origin that is fixed for this runtime. It never runs backwards.
    fn now(&self) -> Duration;

    /// Returns the time since the Unix epoch as the clock on the wall has it.
    fn wall_clock(&self) -> Duration;

    /// Ends after `duration`, not before.
    fn sleep(&self, duration: Duration) -> Sleep;

    /// Runs work that blocks, such as reading a file, away from the caller.
    ///
    /// The default starts a thread for it.
    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) {
        // A panic inside the work is reported by the panic hook, and its reader sees the channel
        // close; nobody waits for the thread itself.
        drop(std::thread::spawn(work));
    }
}
