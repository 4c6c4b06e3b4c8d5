use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use tokio::{net::TcpListener, sync::watch};

use super::{
    Emulator, StartError, StartErrorKind, clock::Clock, connection::serve, deliver::deliver,
    hosts::Hosts, shared::Shared, store::Store,
};
use crate::{ApiKey, Core, Fault, KeyScopes, Settings};

/// What an [`Emulator`] is to be, before it starts.
#[derive(Clone, Debug)]
#[must_use]
pub struct EmulatorBuilder {
    settings: Settings,
    listen: SocketAddr,
    data_dir: Option<PathBuf>,
    memory_max_bytes: usize,
    discards_large_content: bool,
    clock: Option<Clock>,
    faults: Vec<Fault>,
}

impl EmulatorBuilder {
    pub(super) fn new() -> Self {
        Self {
            settings: Settings::default(),
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            data_dir: None,
            memory_max_bytes: 1 << 20,
            discards_large_content: false,
            clock: None,
            faults: Vec::new(),
        }
    }

    /// Replaces all settings.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Changes some settings.
    pub fn configure(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// Sets the key that requests have to carry.
    pub fn api_key(self, key: impl Into<ApiKey>) -> Self {
        self.configure(|settings| settings.api_key = Some(key.into()))
    }

    /// Sets what that key may do. Default: everything.
    pub fn key_scopes(self, scopes: KeyScopes) -> Self {
        self.configure(|settings| settings.key_scopes = scopes)
    }

    /// Sets where to listen. Default: a free port of 127.0.0.1.
    ///
    /// The emulator has no encryption and a guessable key unless one is set, so anything but a
    /// loopback address is for networks that are trusted.
    pub const fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Sets the URL under which clients reach the emulator, when it is not the address that it
    /// listens on.
    ///
    /// Of all names but `localhost` the server answers to this one alone: a page in a browser can
    /// have any other lead to this machine.
    pub fn public_url(self, url: impl Into<String>) -> Self {
        self.configure(|settings| settings.public_url = Some(url.into()))
    }

    /// Keeps objects in files under `DIR/objects` and the rest in `DIR/state.json`, so that another
    /// emulator can go on with them. Idempotency keys, faults, the log and calls to repeat are not
    /// kept. One emulator at a time uses a folder; a second one does not start.
    ///
    /// Default: small objects in memory, large ones in a temporary folder, and nothing is left.
    pub fn data_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(folder.into());
        self
    }

    /// Sets up to how many bytes an object stays in memory when there is no data folder. Default
    /// 1 MiB.
    pub const fn memory_max_bytes(mut self, bytes: usize) -> Self {
        self.memory_max_bytes = bytes;
        self
    }

    /// Throws away what does not stay in memory, once its size, digest and type are known. For
    /// measurements, where the disk would be measured too. Such an asset cannot be fetched.
    pub const fn discards_large_content(mut self) -> Self {
        self.discards_large_content = true;
        self
    }

    /// Has the clock stand still from the beginning, at a time since the Unix epoch. Default: it
    /// goes with the system's clock.
    pub const fn frozen_at(mut self, time: Duration) -> Self {
        self.clock = Some(Clock::frozen_at(time));
        self
    }

    /// Adds a fault, behind those that were added before.
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Starts to listen. Has to be called on a tokio runtime with I/O and time.
    ///
    /// # Errors
    ///
    /// When the address cannot be had, the data folder cannot be used or holds a damaged state, or
    /// a setting makes no sense: [`StartError::kind`] says which.
    pub async fn start(mut self) -> Result<Emulator, StartError> {
        let unbound = |error| StartError::new(StartErrorKind::Address, error);
        let listener = TcpListener::bind(self.listen).await.map_err(unbound)?;
        let address = listener.local_addr().map_err(unbound)?;
        let hosts = Hosts::new(address.ip(), self.settings.public_url.as_deref());
        let url = match &self.settings.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{address}"),
        };
        self.settings.public_url = Some(url.clone());
        let mut core = Core::new(self.settings).map_err(|invalid| {
            let error = io::Error::new(io::ErrorKind::InvalidInput, invalid);
            StartError::new(StartErrorKind::Settings, error)
        })?;
        let (store, data_lock) = match self.data_dir {
            Some(folder) => Store::in_folder(folder)
                .map(|(store, lock)| (store, Some(lock)))
                .map_err(StartError::folder)?,
            None => Store::in_memory(self.memory_max_bytes, self.discards_large_content)
                .map(|store| (store, None))
                .map_err(StartError::folder)?,
        };
        if let Some((saved, objects)) = store.load().map_err(StartError::folder)? {
            let restored = core.restore(&saved, &objects);
            restored.map_err(StartError::folder)?;
        }
        let clock = self.clock.unwrap_or_else(Clock::system);
        let shared = Shared::new(core, hosts, store, clock, self.faults);
        let (stop, stopped) = watch::channel(false);
        let delivering = tokio::spawn(deliver(shared.clone(), stopped.clone()));
        let serving = tokio::spawn(serve(listener, shared.clone(), stopped));
        Ok(Emulator {
            shared,
            url,
            address,
            stop,
            serving: Some(serving),
            delivering,
            _data_lock: data_lock,
        })
    }
}
