use std::{collections::HashMap, fmt, time::Duration};

use bytes::Bytes;
use heygen_types::IdempotencyKey;

/// The responses that are kept under idempotency keys. The scope of a key is the endpoint with
/// the parameters of its path, so the path stands beside it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Replays(HashMap<(String, IdempotencyKey), Entry>);

#[derive(Clone)]
enum Entry {
    InProgress,
    Done { at: Duration, body: Bytes },
}

/// What is known of a key.
pub(crate) enum Claim {
    /// Nothing: it is now in progress.
    New,
    /// The first request still runs.
    InProgress,
    /// The body of the first response.
    Replay(Bytes),
}

impl Replays {
    pub(crate) fn claim(
        &mut self,
        now: Duration,
        lifetime: Duration,
        scope: (String, IdempotencyKey),
    ) -> Claim {
        match self.0.get(&scope) {
            Some(Entry::InProgress) => return Claim::InProgress,
            Some(Entry::Done { at, body }) if now < at.saturating_add(lifetime) => {
                return Claim::Replay(body.clone());
            }
            Some(Entry::Done { .. }) | None => {}
        }
        self.0.insert(scope, Entry::InProgress);
        Claim::New
    }

    /// Keeps the body of a response. Only the body is kept: a replayed 202 comes as 200.
    pub(crate) fn keep(
        &mut self,
        now: Duration,
        lifetime: Duration,
        scope: (String, IdempotencyKey),
        body: Bytes,
    ) {
        // Looking for the dead ones now and then keeps a long-lived emulator small.
        if self.0.len().is_multiple_of(1024) {
            self.0.retain(|_, entry| match entry {
                Entry::InProgress => true,
                Entry::Done { at, .. } => now < at.saturating_add(lifetime),
            });
        }
        self.0.insert(scope, Entry::Done { at: now, body });
    }

    /// Returns what requests left behind that have ended.
    pub(crate) fn settled(&self) -> Self {
        let entries = self.0.iter();
        let done = entries.filter(|(_, entry)| matches!(entry, Entry::Done { .. }));
        Self(
            done.map(|(key, entry)| (key.clone(), entry.clone()))
                .collect(),
        )
    }

    /// Forgets a key whose request had no success, so that a corrected one may use it again.
    pub(crate) fn release(&mut self, scope: &(String, IdempotencyKey)) {
        self.0.remove(scope);
    }
}

impl fmt::Debug for Entry {
    /// Leaves out the body, which may hold presigned URLs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InProgress => f.write_str("InProgress"),
            Self::Done { at, .. } => f
                .debug_struct("Done")
                .field("at", at)
                .finish_non_exhaustive(),
        }
    }
}
