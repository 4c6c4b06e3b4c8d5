use std::{collections::VecDeque, time::Duration};

use serde::{Deserialize, Serialize};

use super::Collection;
use crate::Delivery;

/// What is still to be told: the jobs whose end is awaited, and the calls to make.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    pub(crate) watched: Watched,
    /// The calls that became due, oldest first.
    calls: VecDeque<Delivery>,
    /// How many of them were taken.
    taken: usize,
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

    /// Returns when the next job ends.
    pub(crate) fn next_end(&self) -> Option<Duration> {
        self.0.front().map(|(end, ..)| *end)
    }

    /// Takes the first job whose end has come. The job may be gone, or end at another time by now.
    pub(crate) fn take(&mut self, now: Duration) -> Option<(Duration, Collection, String)> {
        self.next_end().filter(|end| *end <= now)?;
        self.0.pop_front()
    }
}

impl Outbox {
    /// Adds a call. When there are too many the oldest are forgotten.
    pub(crate) fn push(&mut self, delivery: Delivery) {
        self.calls.push_back(delivery);
        if self.calls.len() > MAX_CALLS {
            self.calls.pop_front();
            self.taken = self.taken.saturating_sub(1);
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

    /// Returns all calls, oldest first.
    pub(crate) fn log(&self) -> Vec<Delivery> {
        self.calls.iter().cloned().collect()
    }
}

const MAX_CALLS: usize = 10_000;
