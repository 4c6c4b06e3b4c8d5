use std::{
    collections::HashMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// What is remembered of the uploads: their sizes, not their bytes.
#[derive(Debug)]
pub(super) struct Store {
    url: String,
    next: AtomicU64,
    slots: Mutex<HashMap<String, Slot>>,
    files: AtomicU64,
    bytes: AtomicU64,
}

/// A direct upload that was begun.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) media_type: String,
    pub(super) declared_bytes: u64,
    /// What the PUT brought, once there was one.
    pub(super) stored_bytes: Option<u64>,
}

impl Store {
    pub(super) fn new(url: String) -> Self {
        Self {
            url,
            next: AtomicU64::new(1),
            slots: Mutex::default(),
            files: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn new_id(&self) -> String {
        format!("asset_{:08}", self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Counts a file that was taken whole.
    pub(super) fn count(&self, bytes: u64) {
        self.files.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Returns how many files were taken so far, and how many bytes they had.
    pub(super) fn counts(&self) -> (u64, u64) {
        (
            self.files.load(Ordering::Relaxed),
            self.bytes.load(Ordering::Relaxed),
        )
    }

    pub(super) fn open(&self, id: &str, slot: Slot) {
        self.lock().insert(id.to_owned(), slot);
    }

    pub(super) fn slot(&self, id: &str) -> Option<Slot> {
        self.lock().get(id).cloned()
    }

    pub(super) fn fill(&self, id: &str, bytes: u64) {
        if let Some(slot) = self.lock().get_mut(id) {
            slot.stored_bytes = Some(bytes);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
