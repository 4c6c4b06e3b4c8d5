//! What to do when this machine has nothing left for some work: wait, and do it then.

use std::{error::Error as StdError, future::Future, io, time::Duration};

use heygen_upload_core::{Call, CallDecision, Failure, FailureKind, Repeat};

use crate::{
    Cancellation,
    cancellation::cancelled_by,
    client::Shared,
    race::{First, first},
};

/// Returns `true` if an error, or one of its causes, says that this machine has no file descriptor
/// or memory left.
///
/// It is the one place that tells such an error from a broken file or an unreachable server. What
/// failed that way was not begun, and works once other work has ended.
#[must_use]
pub fn is_local_shortage(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        next = match error.downcast_ref::<io::Error>() {
            Some(error) if says_shortage(error) => return true,
            // An I/O error hides the error that it was made of.
            Some(error) => error.get_ref().map(|inner| inner as _),
            None => error.source(),
        };
    }
    false
}

fn says_shortage(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::OutOfMemory
        || error
            .raw_os_error()
            .is_some_and(|code| SHORTAGES.contains(&code))
}

impl Shared {
    /// Does work on this machine, and does it again after a wait while there is no file descriptor or
    /// memory left for it. The waits are those of a request, and a cancellation ends them.
    pub(crate) async fn patiently<T, E, F>(
        &self,
        cancellation: Option<&Cancellation>,
        waiting: impl Fn(&E, Duration),
        attempt: impl Fn() -> F,
    ) -> Result<T, E>
    where
        E: StdError + 'static,
        F: Future<Output = Result<T, E>>,
    {
        let seed = self.seed().unwrap_or_default();
        let mut call = Call::new(self.retry.clone(), Repeat::Safely, false, seed);
        loop {
            let error = match attempt().await {
                Err(error) if is_local_shortage(&error) => error,
                end => return end,
            };
            let shortage = Failure::new(FailureKind::LocalResources);
            let CallDecision::Again { wait } = call.handle_failure(&shortage) else {
                return Err(error);
            };
            waiting(&error, wait);
            let sleep = self.runtime.sleep(wait);
            if let First::This(()) = first(cancelled_by(cancellation), sleep).await {
                return Err(error);
            }
        }
    }
}

/// No file descriptor for the process, none for the machine, no memory, no buffer for a socket.
#[cfg(unix)]
const SHORTAGES: [i32; 4] = [libc::EMFILE, libc::ENFILE, libc::ENOMEM, libc::ENOBUFS];

/// The same of Windows: files, then sockets.
#[cfg(not(unix))]
const SHORTAGES: [i32; 4] = [4, 8, 10_024, 10_055];
