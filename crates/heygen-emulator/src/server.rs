//! The core behind sockets: HTTP/1.1 over TCP, bodies streamed to memory or files.

mod answer;
mod brake;
mod builder;
mod connection;
mod deliver;
mod exchange;
mod receive;
mod shared;
mod socket;
mod spool;
mod store;

use std::{fmt, net::SocketAddr, time::Duration};

use tokio::{sync::watch, task::JoinHandle};

use crate::{AssetEntry, Delivery, Fault, RequestRecord};

pub use builder::EmulatorBuilder;

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
}

impl Emulator {
    /// Starts an emulator with the default settings on a free port of the loopback interface.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    pub async fn start() -> std::io::Result<Self> {
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

    /// Returns the key that requests have to carry.
    #[must_use]
    pub fn api_key(&self) -> String {
        self.shared.core().api_key().to_owned()
    }

    /// Returns the assets in the order of their creation, unfinished ones too.
    #[must_use]
    pub fn assets(&self) -> Vec<AssetEntry> {
        let now = self.shared.now();
        self.shared.core().assets(now)
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
    /// themselves, with two repeats; others are not, since the emulator stays on its machine.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        let now = self.shared.now();
        self.shared.core().deliveries(now)
    }

    /// Moves the emulator's clock forward: URLs expire, jobs go on and end, events are delivered.
    pub fn advance(&self, by: Duration) {
        self.shared.advance(by);
    }

    /// Adds a fault behind those that wait already.
    pub fn fault(&self, fault: Fault) {
        self.shared.core().fault(fault);
    }

    /// Returns the faults that no request has met yet, each with the uses it has left.
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
