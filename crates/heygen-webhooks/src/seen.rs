use alloc::collections::{BTreeSet, VecDeque};
use core::{fmt, time::Duration};

use sha2::{Digest as _, Sha256};

use crate::{Delivery, Verifier};

/// Remembers deliveries for a while, so that each event is handled once.
///
/// HeyGen sends an event again until it is told that it arrived, and others may send a recorded
/// delivery again. A delivery counts as seen when its event id came before, or its signature: the
/// id is not signed, and no other body has the same signature.
///
/// Memory is bounded: when it is full, the oldest delivery is forgotten. The memory is that of one
/// process; several that share the work need a table with a unique index on the event id.
#[derive(Clone)]
pub struct SeenIds {
    capacity: usize,
    window: Duration,
    /// In the order in which they came.
    order: VecDeque<(Duration, Key)>,
    keys: BTreeSet<Key>,
}

/// What a delivery is recognised by, in a size that the sender does not choose.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// The digest of the event id.
    Event([u8; 32]),
    /// The signature, which stands for the body.
    Body([u8; 32]),
}

impl SeenIds {
    /// How long a delivery is remembered unless [`with_window`](Self::with_window) says otherwise:
    /// the 24 hours for which HeyGen sends an event again, and as long as the default [`Verifier`]
    /// could accept the last of these deliveries.
    pub const DEFAULT_WINDOW: Duration = Duration::from_secs(24 * 3600)
        .saturating_add(Verifier::DEFAULT_TOLERANCE.saturating_mul(2));

    /// Makes a memory for this many deliveries, at least one. Each takes about 200 bytes.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity: capacity.max(1).saturating_mul(KEYS_PER_DELIVERY),
            window: Self::DEFAULT_WINDOW,
            order: VecDeque::new(),
            keys: BTreeSet::new(),
        }
    }

    /// Sets how long a delivery is remembered. Below 24 hours an event that HeyGen sends again can be
    /// handled twice, and below twice the tolerance of the verifier a recorded delivery can.
    #[must_use]
    pub const fn with_window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// Remembers a delivery, and tells whether it is new.
    ///
    /// `now` is on the same clock in every call; when it goes back, nothing is forgotten early.
    pub fn insert(&mut self, now: Duration, delivery: &Delivery<'_>) -> bool {
        self.expire(now);
        let body_is_new = self.remember(now, Key::Body(delivery.signature));
        let id_is_new = match event_key(delivery) {
            // With a body that came before, the id may be forged, and remembering it would
            // suppress the event that really has it.
            Some(id) if body_is_new => self.remember(now, id),
            _ => true,
        };
        while self.order.len() > self.capacity {
            self.forget_oldest();
        }
        body_is_new && id_is_new
    }

    /// Forgets a delivery, so that its repetition is new: for when handling it failed.
    pub fn forget(&mut self, delivery: &Delivery<'_>) {
        let keys = [Some(Key::Body(delivery.signature)), event_key(delivery)];
        for key in keys.into_iter().flatten() {
            if self.keys.remove(&key) {
                self.order.retain(|(_, kept)| *kept != key);
            }
        }
    }

    /// Remembers a key, and tells whether it is new.
    fn remember(&mut self, now: Duration, key: Key) -> bool {
        let is_new = self.keys.insert(key);
        if is_new {
            self.order.push_back((now, key));
        }
        is_new
    }

    fn expire(&mut self, now: Duration) {
        while let Some((since, _)) = self.order.front()
            && now.saturating_sub(*since) > self.window
        {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        if let Some((_, key)) = self.order.pop_front() {
            self.keys.remove(&key);
        }
    }
}

impl fmt::Debug for SeenIds {
    /// Shows how much is remembered, and no signature.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeenIds")
            .field("keys", &self.keys.len())
            .field("window", &self.window)
            .finish_non_exhaustive()
    }
}

const KEYS_PER_DELIVERY: usize = 2;

fn event_key(delivery: &Delivery<'_>) -> Option<Key> {
    let id = delivery.event_id?;
    Some(Key::Event(Sha256::digest(id).into()))
}
