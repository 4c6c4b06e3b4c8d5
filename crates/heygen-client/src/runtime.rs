use std::{fmt, future::Future, io, pin::Pin, time::Duration};

/// A future that ends when a time has passed.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The clock, the threads and the random numbers that the client works with.
///
/// `heygen-hyper` has one for tokio. A runtime in virtual time makes every test of code above
/// this line run without waiting; one with a seed makes it repeatable.
pub trait Runtime: fmt::Debug + Send + Sync + 'static {
    /// Returns the time since an origin that is fixed for this runtime. It never runs backwards.
    fn now(&self) -> Duration;

    /// Returns the time since the Unix epoch as the clock on the wall has it.
    fn wall_clock(&self) -> Duration;

    /// Ends after `duration`, not before.
    fn sleep(&self, duration: Duration) -> Sleep;

    /// Runs work that blocks, such as reading a file, away from the caller.
    ///
    /// The default starts a thread for it. Work that gets none is dropped, and whoever waits for it
    /// hears that it stopped.
    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) {
        // A panic inside the work is reported by the panic hook, and its reader sees the channel
        // close; nobody waits for the thread itself.
        drop(std::thread::Builder::new().spawn(work));
    }

    /// Fills `bytes` with random bits that nobody can guess: identities are made of them.
    ///
    /// The default asks the system.
    ///
    /// # Errors
    ///
    /// When the system has none.
    fn fill_random(&self, bytes: &mut [u8]) -> io::Result<()> {
        getrandom::fill(bytes).map_err(|error| io::Error::other(error.to_string()))
    }
}
