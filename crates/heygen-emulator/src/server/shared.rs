use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::Notify;

use super::{clock::Clock, hosts::Hosts, store::Store};
use crate::{Core, Fault, Snapshot};

/// What all connections share.
#[derive(Clone)]
pub(super) struct Shared(Arc<Inner>);

struct Inner {
    core: Mutex<Core>,
    hosts: Hosts,
    clock: Mutex<Clock>,
    /// What a reset goes back to besides an empty core.
    first_clock: Clock,
    first_faults: Vec<Fault>,
    /// The snapshots that the control endpoint keeps, by name.
    snapshots: Mutex<BTreeMap<String, Snapshot>>,
    /// Told that something may be due earlier than it was.
    changed: Notify,
    store: Arc<Store>,
    /// Held while the state is written, so that an older one never overwrites a newer one.
    saving: Mutex<()>,
}

impl Shared {
    pub(super) fn new(
        mut core: Core,
        hosts: Hosts,
        store: Store,
        clock: Clock,
        faults: Vec<Fault>,
    ) -> Self {
        for fault in &faults {
            core.fault(fault.clone());
        }
        Self(Arc::new(Inner {
            core: Mutex::new(core),
            hosts,
            clock: Mutex::new(clock),
            first_clock: clock,
            first_faults: faults,
            snapshots: Mutex::default(),
            changed: Notify::new(),
            store: Arc::new(store),
            saving: Mutex::default(),
        }))
    }

    pub(super) fn core(&self) -> MutexGuard<'_, Core> {
        lock(&self.0.core)
    }

    pub(super) fn hosts(&self) -> &Hosts {
        &self.0.hosts
    }

    /// Does something to the core at the time that it is. Going back in time holds the same lock,
    /// so nobody acts upon a time that has not come any more.
    pub(super) fn act<T>(&self, act: impl FnOnce(&mut Core, Duration) -> T) -> T {
        let mut core = self.core();
        let now = self.now();
        act(&mut core, now)
    }

    pub(super) fn store(&self) -> Arc<Store> {
        self.0.store.clone()
    }

    pub(super) fn clock(&self) -> Clock {
        *lock(&self.0.clock)
    }

    pub(super) fn now(&self) -> Duration {
        self.clock().now()
    }

    /// Changes the clock: something may be due earlier than it was.
    pub(super) fn set_clock(&self, change: impl FnOnce(&mut Clock)) {
        change(&mut lock(&self.0.clock));
        self.notify();
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        let core = self.core();
        core.snapshot().with_clock(self.clock())
    }

    pub(super) fn restore(&self, snapshot: &Snapshot) -> io::Result<()> {
        let mut core = self.core();
        core.restore_snapshot(snapshot);
        if let Some(clock) = snapshot.clock() {
            self.set_clock(|present| *present = clock);
        }
        drop(core);
        self.save_changes()
    }

    /// Begins anew, with the clock and the faults of the beginning.
    pub(super) fn reset(&self) -> io::Result<()> {
        let mut core = self.core();
        core.reset();
        for fault in &self.0.first_faults {
            core.fault(fault.clone());
        }
        self.set_clock(|clock| *clock = self.0.first_clock);
        drop(core);
        self.save_changes()
    }

    pub(super) fn snapshots(&self) -> MutexGuard<'_, BTreeMap<String, Snapshot>> {
        lock(&self.0.snapshots)
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
        let saved = self.0.store.save(&state);
        if saved.is_err() {
            self.core().put_changed();
        }
        saved
    }
}

/// A panic of one request must not take the others with it: the core changes its state only in
/// steps that each leave it whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
