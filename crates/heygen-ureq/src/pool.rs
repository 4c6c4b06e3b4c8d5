use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use heygen_types::Origin;

/// The connections that wait for a next request, those that were used last at the end.
///
/// No thread watches them. They are few, and whenever one is taken or kept, those that have waited
/// for too long are closed, whatever server they go to.
pub(crate) struct Pool<W>(Mutex<Vec<Idle<W>>>);

struct Idle<W> {
    /// What two requests must have in common to share a connection.
    key: Origin,
    wire: W,
    since: Instant,
}

impl<W> Pool<W> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// Takes the connection that was used last. It may have been closed since.
    pub(crate) fn take(&self, key: &Origin, now: Instant) -> Option<W> {
        let mut idle = self.fresh(now);
        let last = idle.iter().rposition(|idle| idle.key == *key)?;
        Some(idle.remove(last).wire)
    }

    /// Keeps a connection for a next request, in place of the oldest one when there are too many.
    pub(crate) fn keep(&self, key: Origin, wire: W, now: Instant) {
        let mut idle = self.fresh(now);
        let is_alike = |idle: &Idle<W>| idle.key == key;
        if idle.iter().filter(|idle| is_alike(idle)).count() >= MAX_PER_SERVER {
            let oldest = idle.iter().position(is_alike);
            idle.remove(oldest.expect("there are some"));
        } else if idle.len() >= MAX_IDLE {
            idle.remove(0);
        }
        let since = now;
        idle.push(Idle { key, wire, since });
    }

    /// Closes what has waited for too long, and returns the rest.
    fn fresh(&self, now: Instant) -> MutexGuard<'_, Vec<Idle<W>>> {
        let mut idle = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|idle| now.saturating_duration_since(idle.since) < MAX_IDLE_TIME);
        idle
    }
}

/// Less than servers wait, so that most connections are closed on this side.
const MAX_IDLE_TIME: Duration = Duration::from_secs(30);

const MAX_PER_SERVER: usize = 16;
const MAX_IDLE: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    fn key(host: &'static str) -> Origin {
        Origin::from_parts("https", host).unwrap()
    }

    /// Takes all connections of a server.
    fn all(pool: &Pool<usize>, host: &'static str, now: Instant) -> Vec<usize> {
        std::iter::from_fn(|| pool.take(&key(host), now)).collect()
    }

    #[test]
    fn the_last_one_goes_first() {
        let (pool, now) = (Pool::new(), Instant::now());
        for (host, wire) in [("a", 1), ("b", 2), ("a", 3)] {
            pool.keep(key(host), wire, now);
        }
        assert_eq!(all(&pool, "a", now), [3, 1]);
        assert_eq!(all(&pool, "b", now), [2]);
    }

    #[test]
    fn old_ones_are_closed_whatever_their_server() {
        let (pool, now) = (Pool::new(), Instant::now());
        pool.keep(key("a"), 1, now);
        pool.keep(key("b"), 2, now + MAX_IDLE_TIME / 2);
        // Neither of them is asked for.
        assert_eq!(pool.take(&key("c"), now + MAX_IDLE_TIME), None);
        assert!(all(&pool, "a", now).is_empty());
        assert_eq!(all(&pool, "b", now), [2]);
    }

    #[test]
    fn there_are_never_many() {
        let (pool, now) = (Pool::new(), Instant::now());
        for wire in 0..100 {
            pool.keep(key("a"), wire, now);
        }
        for (index, host) in ["b", "c"].into_iter().enumerate() {
            for wire in 0..10 {
                pool.keep(key(host), 100 * index + wire, now);
            }
        }
        // The oldest went.
        assert_eq!(all(&pool, "a", now), (88..100).rev().collect::<Vec<_>>());
        assert_eq!(all(&pool, "b", now).len() + all(&pool, "c", now).len(), 20);
    }
}
