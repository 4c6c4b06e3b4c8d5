use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use heygen_client::Destination;
use heygen_transport::Head;
use heygen_types::Origin;
use tokio::{
    task::{JoinHandle, yield_now},
    time::{Instant, sleep_until},
};

use crate::connection::{Connection, Http1, Http2};

/// The connections that wait for a next request.
#[derive(Clone, Default)]
pub(crate) struct Pool {
    state: Arc<Mutex<State>>,
}

pub(crate) type Gate = tokio::sync::Mutex<()>;

#[derive(Default)]
struct State {
    places: HashMap<Key, Place>,
    /// Whoever holds one is making the first connection of its key.
    gates: HashMap<Key, Arc<Gate>>,
    /// Servers that offer HTTP/2 and then want HTTP/1.1.
    http1_only: HashSet<Key>,
    reaper: Option<JoinHandle<()>>,
}

/// What two requests must have in common to share a connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    origin: Origin,
    destination: Destination,
}

#[derive(Default)]
struct Place {
    /// The one that was used last stands last and goes first: it is the least likely to be stale.
    idle: Vec<(Http1, Instant)>,
    shared: Option<(Http2, Instant)>,
}

impl Key {
    pub(crate) fn new(head: &Head) -> Self {
        Self {
            origin: head.origin().clone(),
            destination: head.destination(),
        }
    }
}

impl Pool {
    /// Returns the gate of a key, or `None` where every request needs a connection of its own.
    pub(crate) fn gate(&self, key: &Key) -> Option<Arc<Gate>> {
        let may_be_shared = self.offers_http2(key);
        may_be_shared.then(|| Arc::clone(self.lock().gates.entry(key.clone()).or_default()))
    }

    /// Returns `true` if a connection for this key may be one of HTTP/2.
    pub(crate) fn offers_http2(&self, key: &Key) -> bool {
        key.origin.is_https()
            && key.destination == Destination::Api
            && !self.lock().http1_only.contains(key)
    }

    /// Remembers that a server wants HTTP/1.1 although it offers HTTP/2.
    pub(crate) fn refuse_http2(&self, key: &Key) {
        self.forget(key);
        self.lock().http1_only.insert(key.clone());
    }

    /// Takes a connection that is open as far as anyone here knows.
    pub(crate) async fn take(&self, key: &Key) -> Option<Connection> {
        if let Some(shared) = self.shared(key) {
            return Some(Connection::Http2(shared));
        }
        let mut candidate = self.pop(key)?;
        // A server that closed an idle connection is noticed by the task that owns the socket.
        // This lets that task run first.
        yield_now().await;
        loop {
            if candidate.is_open() && candidate.ready().await {
                return Some(Connection::Http1(candidate));
            }
            candidate = self.pop(key)?;
        }
    }

    fn shared(&self, key: &Key) -> Option<Http2> {
        let mut state = self.lock();
        let place = state.places.get_mut(key)?;
        let (connection, used) = place.shared.as_mut()?;
        if connection.is_open() {
            *used = Instant::now();
            return Some(connection.clone());
        }
        place.shared = None;
        None
    }

    fn pop(&self, key: &Key) -> Option<Http1> {
        let mut state = self.lock();
        let (connection, _) = state.places.get_mut(key)?.idle.pop()?;
        Some(connection)
    }

    /// Keeps a connection whose request and response are both complete.
    pub(crate) fn keep(&self, key: &Key, connection: Connection) {
        let mut state = self.lock();
        let place = state.places.entry(key.clone()).or_default();
        match connection {
            Connection::Http1(connection) => {
                if place.idle.len() < MAX_IDLE && connection.is_open() {
                    place.idle.push((connection, Instant::now()));
                }
            }
            Connection::Http2(connection) => place.shared = Some((connection, Instant::now())),
        }
        if state.reaper.as_ref().is_none_or(JoinHandle::is_finished) {
            state.reaper = Some(tokio::spawn(reap(Arc::downgrade(&self.state))));
        }
    }

    /// Closes the connections that no request uses, and returns `true` if there were any.
    pub(crate) fn close_idle(&self) -> bool {
        let mut state = self.lock();
        let idle = state.places.values_mut();
        let closed: usize = idle.map(|place| place.idle.drain(..).count()).sum();
        closed > 0
    }

    /// Forgets a shared connection that let a request hang, so that the next one does not.
    pub(crate) fn forget(&self, key: &Key) {
        if let Some(place) = self.lock().places.get_mut(key) {
            place.shared = None;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Closes what nobody used for a while, and ends when nothing is left.
async fn reap(state: Weak<Mutex<State>>) {
    let mut next = Instant::now() + MAX_IDLE_TIME;
    loop {
        sleep_until(next).await;
        let Some(state) = state.upgrade() else {
            return;
        };
        let mut state = lock(&state);
        let now = Instant::now();
        let is_fresh = |since: Instant| now.duration_since(since) < MAX_IDLE_TIME;
        for place in state.places.values_mut() {
            place
                .idle
                .retain(|(connection, since)| connection.is_open() && is_fresh(*since));
            place
                .shared
                .take_if(|(connection, used)| !connection.is_open() || !is_fresh(*used));
        }
        state
            .places
            .retain(|_, place| !place.idle.is_empty() || place.shared.is_some());
        if state.places.is_empty() {
            state.reaper = None;
            return;
        }
        next = now + REAP_EVERY;
    }
}

const MAX_IDLE: usize = 32;
const MAX_IDLE_TIME: Duration = Duration::from_secs(30);
const REAP_EVERY: Duration = Duration::from_secs(5);
