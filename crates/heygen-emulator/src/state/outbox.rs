use std::{collections::VecDeque, time::Duration};

use serde::{Deserialize, Serialize};

use super::Collection;
use crate::Delivery;

/// What is still to be told: the jobs whose end is awaited, and the calls to make.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outbox {
    pub(crate) watched: Watched,
    /// The calls that became due, oldest first.
    calls: VecDeque<Delivery>,
    /// How many of them were taken.
    taken: usize,
    /// Calls that a fault keeps back until another one was made.
    held: Vec<Delivery>,
    /// Calls that their receivers did not take, in the order in which they are due again.
    repeats: VecDeque<Delivery>,
}

/// The jobs whose end is awaited, in the order of their ends.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Watched(VecDeque<(Duration, Collection, String)>);

impl Watched {
    /// Waits for the end of a job. Of those that end together the first added comes first.
    pub(crate) fn add(&mut self, end: Duration, kind: Collection, id: &str) {
        let place = self.0.partition_point(|(known, ..)| *known <= end);
        self.0.insert(place, (end, kind, id.to_owned()));
    }

    /// Takes the first job whose end has come. The job may be gone, or end at another time by now.
    pub(crate) fn take(&mut self, now: Duration) -> Option<(Duration, Collection, String)> {
        self.next_end().filter(|end| *end <= now)?;
        self.0.pop_front()
    }

    fn next_end(&self) -> Option<Duration> {
        self.0.front().map(|(end, ..)| *end)
    }
}

impl Outbox {
    /// Adds a call, and behind it those that were held back for it.
    pub(crate) fn push(&mut self, delivery: Delivery) {
        self.append(delivery);
        self.release();
    }

    /// Keeps a call back until another one was made, but not much longer.
    pub(crate) fn hold(&mut self, delivery: Delivery) {
        self.held.push(delivery);
    }

    /// Plans to make a call again, unless that is planned already or it was the last attempt.
    pub(crate) fn repeat(&mut self, failed: &Delivery) {
        let Some(at) = failed.next_attempt() else {
            return;
        };
        let mut next = failed.clone();
        next.at = at;
        next.attempt += 1;
        if self
            .repeats
            .iter()
            .any(|known| known.is_same_attempt(&next))
        {
            return;
        }
        let place = self.repeats.partition_point(|known| known.at <= at);
        self.repeats.insert(place, next);
        if self.repeats.len() > MAX_CALLS {
            self.repeats.pop_back();
        }
    }

    /// Takes the first call that is due again.
    pub(crate) fn take_repeat(&mut self, now: Duration) -> Option<Delivery> {
        self.repeats.front().filter(|call| call.at <= now)?;
        self.repeats.pop_front()
    }

    /// Stops holding back calls for which no other one came in time.
    pub(crate) fn release_overdue(&mut self, now: Duration) {
        if self.release_time().is_some_and(|time| time <= now) {
            self.release();
        }
    }

    /// Takes the calls that nobody has taken yet, oldest first.
    pub(crate) fn take(&mut self) -> Vec<Delivery> {
        let waiting = self.calls.range(self.taken..).cloned().collect();
        self.taken = self.calls.len();
        waiting
    }

    /// Tells whether somebody should take calls.
    pub(crate) fn has_waiting(&self) -> bool {
        self.taken < self.calls.len()
    }

    /// Returns when something comes next: the end of a job, a call that was held back, or a call that
    /// is made again.
    pub(crate) fn next_time(&self) -> Option<Duration> {
        let repeat = self.repeats.front().map(|call| call.at);
        let times = [self.watched.next_end(), self.release_time(), repeat];
        times.into_iter().flatten().min()
    }

    /// Returns all calls, oldest first.
    pub(crate) fn log(&self) -> Vec<Delivery> {
        self.calls.iter().cloned().collect()
    }

    fn release(&mut self) {
        // Each was to come after the one behind it.
        while let Some(delivery) = self.held.pop() {
            self.append(delivery);
        }
    }

    fn release_time(&self) -> Option<Duration> {
        let first = self.held.first()?;
        Some(first.at.saturating_add(MAX_HOLD))
    }

    /// Adds a call. When there are too many the oldest are forgotten.
    fn append(&mut self, delivery: Delivery) {
        self.calls.push_back(delivery);
        if self.calls.len() > MAX_CALLS {
            self.calls.pop_front();
            self.taken = self.taken.saturating_sub(1);
        }
    }
}

const MAX_CALLS: usize = 10_000;

/// On the emulator's clock.
const MAX_HOLD: Duration = Duration::from_secs(60);
