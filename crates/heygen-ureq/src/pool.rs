use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use heygen_transport::Head;
use http::uri::{Authority, Scheme};

use crate::wire::Wire;

/// The connections that wait for a next request.
#[derive(Default)]
pub(crate) struct Pool(Mutex<HashMap<Key, Vec<Idle>>>);

/// What two requests must have in common to share a connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key(Scheme, Authority);

struct Idle {
    wire: Wire,
    since: Instant,
}

impl Key {
    pub(crate) fn new(head: &Head) -> Self {
        let uri = head.uri();
        Self(
            uri.scheme().expect("a checked URI has a scheme").clone(),
            uri.authority().expect("a checked URI has a host").clone(),
        )
    }
}

impl Pool {
    /// Takes the connection that was used last. It may have been closed since.
    pub(crate) fn take(&self, key: &Key) -> Option<Wire> {
        let mut places = self.lock();
        let idle = places.get_mut(key)?;
        idle.retain(|idle| idle.since.elapsed() < MAX_IDLE);
        idle.pop().map(|idle| idle.wire)
    }

    /// Keeps a connection for a next request.
    pub(crate) fn keep(&self, key: Key, wire: Wire) {
        let since = Instant::now();
        let mut places = self.lock();
        places.retain(|_, idle| {
            idle.retain(|idle| idle.since.elapsed() < MAX_IDLE);
            !idle.is_empty()
        });
        let idle = places.entry(key).or_default();
        if idle.len() < MAX_PER_KEY {
            idle.push(Idle { wire, since });
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Vec<Idle>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Less than servers wait, so that most connections are closed on this side.
const MAX_IDLE: Duration = Duration::from_secs(30);

const MAX_PER_KEY: usize = 16;
