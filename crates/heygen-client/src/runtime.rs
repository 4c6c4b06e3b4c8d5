use std::{
    fmt,
    future::Future,
    io,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

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
    /// Work for which the system has no thread is run before this returns: that is slow, and better
    /// than no upload. No work waits for other work, so few threads are enough for any number of
    /// uploads.
    ///
    /// The default starts a thread for each.
    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) {
        // A panic inside the work is reported by the panic hook, and its reader sees the channel
        // close; nobody waits for the thread itself.
        let work = BlockingWork::new(work);
        let theirs = work.clone();
        if std::thread::Builder::new()
            .spawn(move || theirs.run())
            .is_err()
        {
            work.run();
        }
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

/// Work for [`Runtime::spawn_blocking`] that is not lost with a thread that could not be had. Clones
/// are the same work, and it is run once.
#[derive(Clone)]
pub struct BlockingWork(Arc<Mutex<Option<Work>>>);

type Work = Box<dyn FnOnce() + Send>;

impl BlockingWork {
    /// Takes the work.
    #[must_use]
    pub fn new(work: Box<dyn FnOnce() + Send>) -> Self {
        Self(Arc::new(Mutex::new(Some(work))))
    }

    /// Runs the work, unless a clone has.
    pub fn run(self) {
        let work = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(work) = work {
            work();
        }
    }
}

impl fmt::Debug for BlockingWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingWork").finish_non_exhaustive()
    }
}
