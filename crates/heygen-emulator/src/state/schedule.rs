use std::time::Duration;

use heygen_types::ApiError;
use serde::{Deserialize, Serialize};

use super::Collection;

/// Which status a resource has from when on. Nothing but the clock moves it along.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Schedule {
    /// In the order of time.
    steps: Vec<(Duration, String)>,
    /// Whether the last status is an end; if not, something has to be done for it to go on.
    has_end: bool,
    /// Why it ends badly, when it does.
    failure: Option<ApiError>,
}

impl Schedule {
    /// Has no status, or always the same one, which is not shown.
    pub(crate) const fn none() -> Self {
        Self {
            steps: Vec::new(),
            has_end: false,
            failure: None,
        }
    }

    /// Takes a status from each time on; the last one is the end.
    pub(crate) fn of(steps: &[(Duration, &str)]) -> Self {
        Self {
            has_end: true,
            ..Self::waiting(steps)
        }
    }

    /// Takes a status from each time on; the last one stays until somebody acts.
    pub(crate) fn waiting(steps: &[(Duration, &str)]) -> Self {
        let steps = steps.iter().map(|(at, status)| (*at, (*status).to_owned()));
        Self {
            steps: steps.collect(),
            ..Self::none()
        }
    }

    /// Runs a job of this kind for so long. Where there are two words for a job that is not over,
    /// the first one stands for a fifth of the time.
    pub(crate) fn job(kind: Collection, from: Duration, time: Duration) -> Self {
        let words = Words::of(kind);
        let end = from.saturating_add(time);
        match words.running {
            [first] => Self::of(&[(from, *first), (end, words.completed)]),
            [first, second, ..] => Self::of(&[
                (from, *first),
                (from.saturating_add(time / 5), *second),
                (end, words.completed),
            ]),
            [] => Self::of(&[(end, words.completed)]),
        }
    }

    /// Has it end badly, with the word that this kind has for it.
    pub(crate) fn failing(mut self, kind: Collection, failure: ApiError) -> Self {
        if let Some((_, status)) = self.steps.last_mut().filter(|_| self.has_end) {
            Words::of(kind).failed.clone_into(status);
            self.failure = Some(failure);
        }
        self
    }

    /// Returns the status at a time.
    pub(crate) fn status(&self, now: Duration) -> &str {
        let begun = self.steps.iter().rev().find(|(at, _)| *at <= now);
        let step = begun.or_else(|| self.steps.first());
        step.map_or("", |(_, status)| status)
    }

    /// Returns when it is over, unless it waits for somebody.
    pub(crate) fn end(&self) -> Option<Duration> {
        let (at, _) = self.steps.last().filter(|_| self.has_end)?;
        Some(*at)
    }

    /// Tells whether it is over, well or badly.
    pub(crate) fn is_over(&self, now: Duration) -> bool {
        self.end().is_some_and(|end| end <= now)
    }

    /// Tells whether it has a status that is not its last one.
    pub(crate) fn is_waited_for(&self, now: Duration) -> bool {
        !self.steps.is_empty() && !self.is_over(now)
    }

    /// Tells whether it has come to a good end.
    pub(crate) fn is_completed(&self, now: Duration) -> bool {
        self.is_over(now) && self.failure.is_none()
    }

    /// Returns why it ended badly.
    pub(crate) fn failure(&self, now: Duration) -> Option<&ApiError> {
        self.failure.as_ref().filter(|_| self.is_over(now))
    }

    /// Returns how far it is, in percent; 100 only at the end.
    pub(crate) fn progress(&self, now: Duration) -> u32 {
        let (Some((from, _)), Some(end)) = (self.steps.first(), self.end()) else {
            return 0;
        };
        if now >= end {
            return 100;
        }
        percent(now.saturating_sub(*from), end.saturating_sub(*from))
    }
}

/// Writes a time down to the millisecond, as JSON keeps it.
pub(crate) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// Returns a part in percent, but never all of it.
pub(crate) fn percent(part: Duration, whole: Duration) -> u32 {
    let percent = part.as_millis() * 100 / whole.as_millis().max(1);
    u32::try_from(percent).map_or(99, |percent| percent.min(99))
}

/// The words that a kind of job has for where it stands.
struct Words {
    running: &'static [&'static str],
    completed: &'static str,
    failed: &'static str,
}

impl Words {
    const fn of(kind: Collection) -> Self {
        let running: &[&str] = match kind {
            Collection::BackgroundRemovals | Collection::Videos => &["pending", "processing"],
            Collection::Clippings
            | Collection::FillerWordRemovals
            | Collection::Lipsyncs
            | Collection::Translations => &["pending", "running"],
            Collection::ModelImages => &["pending"],
            Collection::ModelVoices => &["PENDING"],
            Collection::Renders => &["queued", "rendering"],
            Collection::BrandKits => &["loading"],
            _ => &["processing"],
        };
        Self {
            running,
            completed: match kind {
                Collection::ModelVoices => "ACTIVE",
                Collection::Voices => "complete",
                _ => "completed",
            },
            failed: match kind {
                Collection::BrandKits => "error",
                Collection::ModelVoices => "FAILED",
                _ => "failed",
            },
        }
    }
}
