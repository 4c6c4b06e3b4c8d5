//! What a failure leads to: the decision table, and the rules that end retries.

use alloc::boxed::Box;
use core::time::Duration;

use super::Upload;
use crate::{
    Event, Failure, FailureKind, Reason, Route, Rule, StateName, StepKind,
    backoff::{SHORTAGES_MAX, SHORTEST_PAUSE, backoff},
    decide::{Decision, Situation, decide, without_answer},
    memory::{Activity, Timer},
};

/// How long bytes are looked for at most whose PUT was not answered.
const PROBE_WINDOW_MAX: Duration = Duration::from_secs(30);

/// How often they are looked for at most in this time, however short the pauses of the backoff are.
const PROBES_MAX: u32 = 16;

/// How many answers about the status may be unreadable in a row.
const UNREADABLE_STATUSES_MAX: u32 = 5;

/// No bounds of a pause but those of the backoff.
const ANY_PAUSE: (Duration, Duration) = (Duration::ZERO, Duration::MAX);

impl Upload {
    pub(super) fn react(&mut self, failure: Failure) {
        self.note_uncertainty(&failure);
        let decision = decide(&self.situation(), &failure);
        let is_shortage = failure.kind == FailureKind::LocalResources;
        if !is_shortage {
            self.memory.unreadable = failure.is_no_answer();
            self.memory.shortages = 0;
        }
        match decision {
            Decision::Again if is_shortage => self.await_resources(failure),
            Decision::Again => self.repeat(failure),
            Decision::Refresh => {
                self.memory.refreshed = true;
                self.memory.refresh_due = true;
                self.proceed();
            }
            Decision::GoDirect => {
                self.facts.route = Route::Direct;
                self.facts.key_first_sent = None;
                self.memory.repeats += 1;
                self.emit(Event::GoingDirect);
                self.proceed();
            }
            Decision::NewGeneration => {
                if self.state == StateName::Put {
                    self.memory.refused |= !self.url_has_expired(&failure);
                } else {
                    self.memory.unknown_asset = true;
                }
                let pauses = self.state == StateName::Put && self.situation().url_is_alive;
                self.renew(Some(failure), pauses);
            }
            Decision::PutAgain if self.state == StateName::Probe => {
                self.memory.probe_due = false;
                self.memory.uncertain = false;
                // The trial only showed what it was made for: it is the PUT that failed.
                let failure = self.memory.lost_put.take().map_or(failure, |lost| *lost);
                if self.has_attempt(StateName::Put, &failure) {
                    self.proceed();
                } else {
                    let attempts = failure.attempts_max(&self.config.retry);
                    let reason = Reason::Exhausted(Rule::Attempts(attempts));
                    self.fail_at(StepKind::Put, reason, Some(failure));
                }
            }
            Decision::PutAgain => self.repeat(failure),
            Decision::Probe => {
                self.memory.probe_due = true;
                // Storage may need as long to show the bytes as they needed to arrive.
                let took = self.now.since(self.memory.put_began);
                let window = took.min(PROBE_WINDOW_MAX);
                self.memory.probe_until = self.now.after(window);
                self.memory.probe_pause = window / PROBES_MAX;
                self.memory.probe_polls = 0;
                self.memory.lost_put = Some(Box::new(failure.clone()));
                self.wait(failure);
            }
            Decision::ProbeAgain => self.probe_again(&failure),
            Decision::ReadSourceAgain => {
                self.memory.digest_refused = true;
                self.memory.repeats += 1;
                // Without a digest of the first read there is nothing to compare with.
                self.memory.verify_source = self.facts.digest.is_some();
                self.proceed();
            }
            Decision::Follow(target) => {
                self.memory.redirected = true;
                self.memory.redirect = Some(target);
                self.proceed();
            }
            Decision::AwaitObject => self.await_object(failure),
            Decision::AskLater => self.ask_later(failure),
            Decision::Fail(reason) => self.fail(reason, Some(failure)),
        }
    }

    fn situation(&self) -> Situation<'_> {
        let memory = &self.memory;
        let slot = self.facts.slot.as_ref();
        Situation {
            state: self.state,
            route_is_automatic: self.plan.route == Route::Auto,
            may_refresh: self.config.can_refresh_credential && !memory.refreshed,
            unreadable_before: memory.unreadable,
            url_is_alive: slot.is_some_and(|slot| slot.expires_at > self.now),
            put_url: memory
                .redirect
                .as_ref()
                .or_else(|| slot.map(|slot| &slot.url)),
            redirected_before: memory.redirected,
            refused_before: memory.refused,
            digest_refused_before: memory.digest_refused,
            unknown_before: memory.unknown_asset,
            is_uncertain: memory.uncertain,
            may_show_up: memory.probe_twice || self.now < memory.probe_until,
        }
    }

    fn url_has_expired(&self, failure: &Failure) -> bool {
        !self.situation().url_is_alive
            || failure.storage.as_ref().is_some_and(|error| error.expired)
    }

    /// Remembers that bytes may have been stored by a request whose end is not known.
    fn note_uncertainty(&mut self, failure: &Failure) {
        let sends_bytes = matches!(self.state, StateName::Single | StateName::Put);
        let is_open = match failure.kind {
            FailureKind::Interrupted
            | FailureKind::AnswerTimeout
            | FailureKind::Stall
            | FailureKind::Unreadable => true,
            FailureKind::SourceChanged => failure.body_handed_over,
            // It may have let the bytes pass, and blocked the answer.
            FailureKind::Intermediary if failure.is_intermediary_refusal() => {
                failure.body_handed_over && failure.status != Some(413)
            }
            _ => failure.status.is_some_and(|status| status >= 500),
        };
        self.memory.uncertain |= sends_bytes && is_open;
    }

    fn has_attempt(&self, state: StateName, failure: &Failure) -> bool {
        self.memory.tries.of(state) < failure.attempts_max(&self.config.retry)
    }

    /// Waits until this machine may have what a step needs. The step was not begun, so it is no
    /// attempt.
    fn await_resources(&mut self, failure: Failure) {
        let shortages = self.memory.shortages;
        if shortages >= SHORTAGES_MAX {
            return self.fail(Reason::LocalResources, Some(failure));
        }
        self.memory.shortages += 1;
        self.memory.tries.uncount(self.state);
        self.wait_after(shortages, failure);
    }

    /// Has the same request sent again after a wait, unless it was sent often enough.
    fn repeat(&mut self, failure: Failure) {
        if self.has_attempt(self.state, &failure) {
            self.wait(failure);
        } else {
            self.give_up_attempts(failure);
        }
    }

    fn give_up_attempts(&mut self, failure: Failure) {
        let reason = match failure.is_no_answer() {
            true => without_answer(&failure),
            false => Reason::Exhausted(Rule::Attempts(failure.attempts_max(&self.config.retry))),
        };
        self.fail(reason, Some(failure));
    }

    /// Waits as long as the server asks and the backoff says, within the budget.
    fn wait(&mut self, failure: Failure) {
        let retry = self.memory.tries.of(self.state).saturating_sub(1);
        self.wait_after(retry, failure);
    }

    fn wait_after(&mut self, retry: u32, failure: Failure) {
        let Some(wait) = self.next_wait(retry, ANY_PAUSE, Some(&failure)) else {
            return;
        };
        self.memory.repeats += u32::from(failure.kind != FailureKind::LocalResources);
        let step = self.state.step().expect("only a step fails");
        self.emit(Event::Retrying {
            step,
            failure: Box::new(failure),
            wait,
        });
        self.wait_until(wait, Timer::Backoff);
    }

    /// Returns the wait before the next attempt, which only a server can make longer than `longest`;
    /// or fails and returns `None` when a rule forbids it.
    fn next_wait(
        &mut self,
        retry: u32,
        (shortest, longest): (Duration, Duration),
        failure: Option<&Failure>,
    ) -> Option<Duration> {
        let policy = &self.config.retry;
        let limit = policy.retry_after_limit;
        let budget = policy.wait_budget;
        let wait = backoff(policy, retry, &mut self.jitter);
        let wait = wait.max(shortest).min(longest);
        let asked = failure.and_then(|failure| failure.retry_after);
        let asked = asked.unwrap_or_default();
        let rule = if asked > limit {
            Rule::RetryAfter { asked, limit }
        } else {
            let wait = wait.max(asked);
            let waited = self.memory.waited.saturating_add(wait);
            match (self.deadline, self.config.deadline) {
                (Some(deadline), Some(limit)) if deadline <= self.now.after(wait) => {
                    Rule::Deadline(limit)
                }
                _ if waited > budget => Rule::WaitBudget(budget),
                _ => {
                    self.memory.waited = waited;
                    return Some(wait);
                }
            }
        };
        self.fail(Reason::Exhausted(rule), failure.cloned());
        None
    }

    /// Looks once more for bytes whose PUT was not answered, at the end of their time at the latest.
    fn probe_again(&mut self, failure: &Failure) {
        // The request was answered as it should be: it is the object that is late.
        self.memory.tries.reset(StateName::Probe);
        let pauses = match core::mem::take(&mut self.memory.probe_twice) {
            true => ANY_PAUSE,
            false => (
                self.memory.probe_pause,
                self.memory.probe_until.since(self.now),
            ),
        };
        let polls = self.memory.probe_polls;
        self.memory.probe_polls += 1;
        if let Some(wait) = self.next_wait(polls, pauses, Some(failure)) {
            self.wait_until(wait, Timer::Object);
        }
    }

    /// Waits before another presigned URL is asked for: a server whose URLs are refused, or over
    /// before they were used, would be asked without a pause.
    pub(super) fn wait_for_url(&mut self, failure: Option<Failure>) {
        let retry = self.memory.urls_given_up.saturating_sub(1);
        if let Some(wait) = self.next_wait(retry, ANY_PAUSE, failure.as_ref()) {
            self.wait_until(wait, Timer::Backoff);
        }
    }

    fn await_object(&mut self, failure: Failure) {
        let window = self.config.object_window;
        let since = *self.memory.object_missing_since.get_or_insert(self.now);
        // The request was answered as it should be: it is the object that is late.
        self.memory.tries.reset(StateName::Complete);
        if self.now.since(since) < window {
            let polls = self.memory.object_polls;
            self.memory.object_polls += 1;
            if let Some(wait) = self.next_wait(polls, ANY_PAUSE, Some(&failure)) {
                self.wait_until(wait, Timer::Object);
            }
        } else if self.memory.put_repeated {
            self.fail(Reason::Exhausted(Rule::ObjectWindow(window)), Some(failure));
        } else {
            self.memory.put_repeated = true;
            self.memory.object_missing_since = None;
            self.memory.object_polls = 0;
            self.memory.repeats += 1;
            self.facts.stored = false;
            self.memory.uncertain = true;
            self.proceed();
        }
    }

    /// Asks for the status again as if it was still processing: an answer in which nothing can be read
    /// ends no asset that is stored.
    fn ask_later(&mut self, failure: Failure) {
        self.memory.tries.reset(StateName::Status);
        self.memory.status_unreadable += 1;
        match self.memory.status_unreadable < UNREADABLE_STATUSES_MAX {
            true => self.poll_status_later(),
            false => self.fail(Reason::Protocol, Some(failure)),
        }
    }

    fn wait_until(&mut self, wait: Duration, timer: Timer) {
        self.activity = Activity::Waiting {
            until: self.now.after(wait.max(SHORTEST_PAUSE)),
            timer,
        };
    }

    pub(super) fn on_deadline(&mut self) {
        if let (Activity::Running(_), StateName::Single | StateName::Put) =
            (self.activity, self.state)
        {
            self.memory.uncertain = true;
        }
        let limit = self.config.deadline.unwrap_or_default();
        self.fail(Reason::Exhausted(Rule::Deadline(limit)), None);
    }
}
