use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use tokio::sync::Notify;

use super::store::Store;
use crate::Core;

/// What all connections share.
#[derive(Clone)]
pub(super) struct Shared(Arc<Inner>);

struct Inner {
    core: Mutex<Core>,
    /// How far the emulator's clock is ahead of the system's.
    ahead: Mutex<Duration>,
    /// Told that something may be due earlier than it was.
    changed: Notify,
    store: Arc<Store>,
    /// Held while the state is written, so that an older one never overwrites a newer one.
    saving: Mutex<()>,
}

impl Shared {
    pub(super) fn new(core: Core, store: Store) -> Self {
        Self(Arc::new(Inner {
            core: Mutex::new(core),
            ahead: Mutex::default(),
            changed: Notify::new(),
            store: Arc::new(store),
            saving: Mutex::default(),
        }))
    }

    pub(super) fn core(&self) -> MutexGuard<'_, Core> {
        lock(&self.0.core)
    }

    pub(super) fn store(&self) -> Arc<Store> {
        self.0.store.clone()
    }

    pub(super) fn now(&self) -> Duration {
        let system = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        system.saturating_add(*lock(&self.0.ahead))
    }

    pub(super) fn advance(&self, by: Duration) {
        let mut ahead = lock(&self.0.ahead);
        *ahead = ahead.saturating_add(by);
        drop(ahead);
        self.0.changed.notify_one();
    }

    /// Says that a request may have started something.
    pub(super) fn notify(&self) {
        self.0.changed.notify_one();
    }

    /// Waits until something may be due earlier than it was.
    pub(super) async fn changed(&self) {
        self.0.changed.notified().await;
    }

    /// Writes the state down when it changed and there is a folder for it.
    pub(super) fn save_changes(&self) -> io::Result<()> {
        if !self.0.store.is_kept() || !self.core().take_changed() {
            return Ok(());
        }
        let _saving = lock(&self.0.saving);
        let state = self.core().save();
        self.0.store.save(&state)
    }
}

/// A panic of one request must not take the others with it: the core changes its state only in
/// steps that each leave it whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
