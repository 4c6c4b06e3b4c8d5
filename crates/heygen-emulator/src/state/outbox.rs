use std::{collections::VecDeque, time::Duration};

use serde::{Deserialize, Serialize};

use super::Collection;
use crate::Delivery;

/// What is still to be told: the jobs whose end is awaited, and the calls that wait to be made.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    pub(crate) watched: Watched,
    /// The calls that nobody has taken yet, oldest first.
    waiting: VecDeque<Delivery>,
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
    /// Adds a call. When nobody takes them the oldest are dropped.
    pub(crate) fn push(&mut self, delivery: Delivery) {
        self.waiting.push_back(delivery);
        if self.waiting.len() > MAX_WAITING {
            self.waiting.pop_front();
        }
    }

    pub(crate) fn take(&mut self) -> Vec<Delivery> {
        self.waiting.drain(..).collect()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

const MAX_WAITING: usize = 10_000;
