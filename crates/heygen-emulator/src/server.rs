//! The core behind sockets: HTTP/1.1 over TCP, bodies streamed to memory or files.

mod answer;
mod brake;
mod builder;
mod clock;
mod connection;
mod deliver;
mod exchange;
mod hosts;
mod receive;
mod remote;
mod shared;
mod socket;
mod spool;
mod start_error;
mod store;

use std::{fmt, fs::File, io, net::SocketAddr, time::Duration};

use tokio::{sync::watch, task::JoinHandle};

use crate::{AssetEntry, Core, Delivery, Fault, KeyScopes, RequestRecord, Snapshot};

pub use builder::EmulatorBuilder;
pub use start_error::{StartError, StartErrorKind};

pub(crate) use clock::Clock;
use shared::Shared;

/// A running emulator, in the process that uses it.
///
/// It serves on the tokio runtime that started it, and stops when the handle is dropped.
pub struct Emulator {
    shared: Shared,
    url: String,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: Option<JoinHandle<()>>,
    delivering: JoinHandle<()>,
    /// The right to the data folder. It ends with this handle, so that another emulator can use the
    /// folder then.
    _data_lock: Option<File>,
}

impl Emulator {
    /// Starts an emulator with the default settings on a free port of the loopback interface.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Starts from the default settings, to change some of them.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::new()
    }

    /// Returns the base URL of the API, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the address that the server listens on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the key of the settings.
    #[must_use]
    pub fn api_key(&self) -> String {
        self.shared.core().api_key().to_owned()
    }

    /// Creates another key that requests may carry, with its own scopes. It can expire, at a time
    /// since the Unix epoch on the emulator's clock. A reset forgets it.
    pub fn create_api_key(&self, scopes: KeyScopes, expires_at: Option<Duration>) -> String {
        let create = |core: &mut Core, now| core.create_api_key(now, scopes, expires_at);
        self.shared.act(create).expose().to_owned()
    }

    /// Returns the assets in the order of their creation, unfinished ones too.
    #[must_use]
    pub fn assets(&self) -> Vec<AssetEntry> {
        self.shared.act(|core, now| core.assets(now))
    }

    /// Returns the requests so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.shared.core().requests().cloned().collect()
    }

    /// Returns the requests that carried a credential to storage. A client that keeps its key to
    /// itself leaves this empty.
    #[must_use]
    pub fn leaks(&self) -> Vec<RequestRecord> {
        let mut requests = self.requests();
        requests.retain(|request| request.leaks_credential);
        requests
    }

    /// Returns what time the emulator takes it to be, since the Unix epoch.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.shared.now()
    }

    /// Returns the calls that have become due so far, oldest first: webhook events, and the ends of
    /// jobs that asked for a call. Those to plain http on a loopback address are made by
    /// themselves and repeated as [`Delivery`] says; others are not, since the emulator stays on its
    /// machine. Each attempt is listed.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.shared.act(Core::deliveries)
    }

    /// Moves the emulator's clock forward: URLs expire, jobs go on and end, events are delivered.
    /// The delays and paces of faults are of real time, whatever the clock shows.
    pub fn advance(&self, by: Duration) {
        self.shared.set_clock(|clock| clock.advance(by));
    }

    /// Stops the emulator's clock. Moving and setting it still works.
    pub fn freeze(&self) {
        self.shared.set_clock(Clock::freeze);
    }

    /// Lets the clock go on from what it shows.
    pub fn unfreeze(&self) {
        self.shared.set_clock(Clock::unfreeze);
    }

    /// Tells whether the clock stands still.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        self.shared.clock().is_frozen()
    }

    /// Sets the clock, to an earlier time if need be; the argument is a time since the Unix epoch.
    /// It runs on from there unless it is frozen.
    pub fn set_clock(&self, now: Duration) {
        self.shared.set_clock(|clock| clock.set(now));
    }

    /// Takes down everything as it is now, the clock too.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.shared.snapshot()
    }

    /// Goes back to a snapshot of this emulator, as though nothing had happened since.
    ///
    /// A frozen clock stands where it stood; one that runs is as far from the system's as it was.
    /// Requests in the middle of being answered end without an answer.
    ///
    /// # Errors
    ///
    /// When the data folder cannot be written. The emulator has gone back all the same.
    pub fn restore(&self, snapshot: &Snapshot) -> io::Result<()> {
        self.shared.restore(snapshot)
    }

    /// Forgets everything: assets, jobs, keys, the log. The clock and the faults to come are those
    /// that the emulator was built with.
    ///
    /// # Errors
    ///
    /// When the data folder cannot be written. The emulator has forgotten all the same.
    pub fn reset(&self) -> io::Result<()> {
        self.shared.reset()
    }

    /// Adds a fault behind those that wait already.
    pub fn fault(&self, fault: Fault) {
        self.shared.core().fault(fault);
    }

    /// Returns the faults that have still to happen, in order, each with the uses it has left. A
    /// fault without an end is among them until it is met. When there are none, all have fired.
    #[must_use]
    pub fn unused_faults(&self) -> Vec<Fault> {
        self.shared.core().unused_faults()
    }

    /// Forgets all faults to come.
    pub fn clear_faults(&self) {
        self.shared.core().clear_faults();
    }

    /// Stops: no new connections, requests that run may end within five seconds.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(true);
        if let Some(serving) = self.serving.take() {
            // It ends by itself, and only a bug could make it panic.
            let _ = serving.await;
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.delivering.abort();
        if let Some(serving) = &self.serving {
            serving.abort();
        }
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}
