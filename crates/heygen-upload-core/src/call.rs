use core::time::Duration;

use crate::{
    Failure, FailureKind, Mismatch, Reason, RetryPolicy, Rule,
    backoff::{Jitter, SHORTAGES_MAX, backoff},
};

/// The retries of one ordinary request, one that is not part of an upload.
///
/// It is told of every failure and answers what to do. Like [`Upload`](crate::Upload) it reads no
/// clock and does nothing itself.
///
/// A request that may have been carried out although no answer arrived ends with
/// [`Reason::Unconfirmed`], unless another call may repeat it safely. So does every request that
/// changes something and whose answer said success and cannot be read.
///
/// ```
/// use heygen_upload_core::{Call, CallDecision, Failure, FailureKind, Repeat, RetryPolicy};
///
/// let mut call = Call::new(RetryPolicy::default(), Repeat::OnlyWhenRefused, false, 1);
/// let lost = Failure::new(FailureKind::Interrupted);
/// assert!(matches!(call.handle_failure(&lost), CallDecision::Fail(_)));
/// let busy = Failure::from_api(429, None);
/// assert!(matches!(call.handle_failure(&busy), CallDecision::Again { .. }));
/// ```
#[derive(Clone, Debug)]
pub struct Call {
    policy: RetryPolicy,
    repeat: Repeat,
    can_refresh: bool,
    /// The statuses of failures of the server after which nothing was carried out.
    not_carried_out: &'static [u16],
    failures: u32,
    shortages: u32,
    sent: u32,
    unreadable: bool,
    /// One of the attempts may have been carried out.
    in_doubt: bool,
    /// One of the attempts was answered with success.
    accepted: bool,
    waited: Duration,
    jitter: Jitter,
}

/// Whether a request may be sent again when it is not known what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Repeat {
    /// It may, for it changes nothing.
    Safely,
    /// It may, by any later call too: deleting, or writing under an idempotency key that the caller
    /// keeps, has the same effect twice as once.
    Idempotently,
    /// It may within this call, under an idempotency key that is forgotten afterwards.
    UnderKey,
    /// It may not, unless it was never carried out: no connection came about, this machine lacked
    /// something for it, or the server said 429.
    OnlyWhenRefused,
}

/// What to do about a failed request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a caller that forgets a decision must not compile"
)]
pub enum CallDecision {
    /// Send the same request again after this time.
    Again {
        /// The time.
        wait: Duration,
    },
    /// Fetch a fresh credential and send the same request again.
    Refresh,
    /// Give up.
    Fail(Reason),
}

impl Call {
    /// Starts without failures.
    #[must_use]
    pub const fn new(policy: RetryPolicy, repeat: Repeat, can_refresh: bool, seed: u64) -> Self {
        Self {
            policy,
            repeat,
            can_refresh,
            not_carried_out: &[],
            failures: 0,
            shortages: 0,
            sent: 1,
            unreadable: false,
            in_doubt: false,
            accepted: false,
            waited: Duration::ZERO,
            jitter: Jitter::new(seed),
        }
    }

    /// Names the statuses of 500 and above that mean, in the words of the API, that the request was
    /// not carried out: it is repeated after them whatever [`Repeat`] says. Default: none.
    #[must_use]
    pub const fn not_carried_out(mut self, statuses: &'static [u16]) -> Self {
        self.not_carried_out = statuses;
        self
    }

    /// Returns how often the request was sent, when every failure was told.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        self.sent
    }

    /// Decides what to do about a failure.
    pub fn handle_failure(&mut self, failure: &Failure) -> CallDecision {
        if failure.kind == FailureKind::LocalResources {
            return self.await_resources(failure);
        }
        self.shortages = 0;
        let was_not_carried_out = failure.kind == FailureKind::Answer
            && failure
                .status
                .is_some_and(|it| self.not_carried_out.contains(&it));
        let is_unreadable = failure.kind == FailureKind::Unreadable;
        self.in_doubt |= !was_not_carried_out && failure.may_have_been_carried_out();
        // Words in place of what was asked for may say that it was not done.
        self.accepted |=
            is_unreadable && matches!(failure.status, Some(200..=299)) && failure.said.is_none();
        let has_one_effect = self.repeat != Repeat::OnlyWhenRefused;
        let may_repeat = match failure.kind {
            FailureKind::Connect => true,
            FailureKind::Unreadable => has_one_effect && !self.unreadable,
            _ if failure.status == Some(429) => true,
            _ if was_not_carried_out => failure.is_transient(),
            _ => has_one_effect && (failure.is_transient() || failure.is_in_progress()),
        };
        self.unreadable |= is_unreadable;
        // An intermediary that says 401 may have let the request pass.
        let may_refresh = has_one_effect || failure.kind != FailureKind::Intermediary;
        if failure.status == Some(401) && self.can_refresh && may_refresh {
            self.can_refresh = false;
            self.sent += 1;
            return CallDecision::Refresh;
        }
        if may_repeat {
            return self.repeat_within_rules(failure);
        }
        self.fail(reason(failure), failure)
    }

    /// Gives up. Whoever would send the request again as a new one has to know when the old one may
    /// have been carried out.
    fn fail(&self, reason: Reason, failure: &Failure) -> CallDecision {
        // What the API refuses under a key, nobody did under it before: that would be its answer. But
        // whose request it is, it looks at first, and what others say is not about the key at all.
        let is_settled = failure.kind == FailureKind::Answer
            && matches!(reason, Reason::Rejected | Reason::TooLarge { .. });
        let accepted = self.accepted;
        CallDecision::Fail(match self.repeat {
            Repeat::Safely => reason,
            // The caller has the key to send it again, and so learns what it did.
            Repeat::Idempotently if !accepted => reason,
            _ if self.in_doubt && !is_settled => Reason::Unconfirmed { accepted },
            _ => reason,
        })
    }

    /// The request was not begun, so it is no attempt.
    fn await_resources(&mut self, failure: &Failure) -> CallDecision {
        if self.shortages >= SHORTAGES_MAX {
            return self.fail(Reason::LocalResources, failure);
        }
        let wait = backoff(&self.policy, self.shortages, &mut self.jitter);
        self.shortages += 1;
        CallDecision::Again { wait }
    }

    fn repeat_within_rules(&mut self, failure: &Failure) -> CallDecision {
        let policy = &self.policy;
        let asked = failure.retry_after.unwrap_or_default();
        let wait = backoff(policy, self.failures, &mut self.jitter).max(asked);
        self.failures += 1;
        let waited = self.waited.saturating_add(wait);
        let rule = if self.failures >= failure.attempts_max(policy) {
            Rule::Attempts(self.failures)
        } else if asked > policy.retry_after_limit {
            Rule::RetryAfter {
                asked,
                limit: policy.retry_after_limit,
            }
        } else if waited > policy.wait_budget {
            Rule::WaitBudget(policy.wait_budget)
        } else {
            self.waited = waited;
            self.sent += 1;
            return CallDecision::Again { wait };
        };
        self.fail(Reason::Exhausted(rule), failure)
    }
}

fn reason(failure: &Failure) -> Reason {
    match (failure.kind, failure.status) {
        (FailureKind::SourceChanged, _) => Reason::SourceChanged,
        (FailureKind::SourceUnreadable, _) => Reason::SourceUnreadable,
        (FailureKind::LocalResources, _) => Reason::LocalResources,
        (FailureKind::Untrusted, _) => Reason::Untrusted,
        (FailureKind::Incompatible, _) => Reason::Incompatible,
        (FailureKind::Unsendable, _) => Reason::Unsendable,
        // This comes before the statuses, for that of an intermediary names no reason.
        _ if failure.is_transient() => Reason::Exhausted(Rule::Attempts(1)),
        (FailureKind::Credential, _) => Reason::Authentication,
        // Storage knows no credential: what it refuses is the URL.
        (FailureKind::Answer, Some(401 | 403)) if failure.api.is_none() => Reason::Rejected,
        (_, Some(401)) => Reason::Authentication,
        (FailureKind::Unreadable, _) => Reason::Protocol,
        (FailureKind::WrongAsset, _) => Reason::Integrity(Mismatch::Asset),
        // A refusal of the API that says so in its body alone.
        (_, Some(200..=299)) => Reason::Rejected,
        (_, Some(403)) if failure.is_insufficient_scope() => Reason::InsufficientScope,
        (_, Some(403)) => Reason::Permission,
        (_, Some(413)) => Reason::TooLarge { max: None },
        (_, Some(400..=499)) => Reason::Rejected,
        (_, None) => Reason::Exhausted(Rule::Attempts(1)),
        _ => Reason::Protocol,
    }
}
