//! The limits of one run: how often it sends the same, under how many keys, and how long it waits.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use heygen_client::{RetryPolicy, WaitPolicy};
use heygen_emulator::{Endpoint, OperationId};

use super::subject::{Heard, Subject};

/// What one run has used of its limits.
#[derive(Debug, Default)]
pub(super) struct Budget {
    tries: HashMap<Subject, Tries>,
    /// The keys under which URLs were asked for, by upload.
    keys: HashMap<String, HashSet<String>>,
    /// When a server allows the same again, `None` for never in this run.
    not_before: HashMap<Subject, Option<Duration>>,
    /// What was heard last.
    last: Option<(Subject, Heard)>,
    /// Until when the machine said it would wait.
    announced_until: Option<Duration>,
    /// The waits of the present upload: as announced, as they really were, and those for the work
    /// of the server.
    announced: Duration,
    backed_off: Duration,
    watched: Duration,
    /// The waits for an answer about an asset that is stored already, by asset.
    looked: HashMap<String, Duration>,
    /// The waits before another URL was asked for.
    renewed: Duration,
    /// A wait that nobody has explained yet.
    idled: Duration,
}

/// How often a request was sent since the last answer that counts.
#[derive(Clone, Copy, Debug, Default)]
struct Tries {
    sent: u32,
    /// It was sent once more for another reason than a failure that passes: a fresh credential, a
    /// digest that was refused, a redirect.
    is_refreshed: bool,
    is_refused: bool,
    is_redirected: bool,
}

impl Tries {
    fn limit(self) -> u32 {
        let extra = [self.is_refreshed, self.is_refused, self.is_redirected];
        let extra = extra.into_iter().map(u32::from).sum::<u32>();
        RetryPolicy::default().max_attempts + extra
    }
}

impl Budget {
    /// A machine begins to work: the limits count for each.
    pub(super) const fn begin(&mut self) {
        self.announced = Duration::ZERO;
        self.backed_off = Duration::ZERO;
        self.watched = Duration::ZERO;
        self.renewed = Duration::ZERO;
    }

    /// A request leaves.
    pub(super) fn sent(&mut self, now: Duration, subject: &Subject) -> Result<(), String> {
        if let Some(until) = self.announced_until.take()
            && now < until
        {
            return Err("a request is sent before the wait is over that was announced".to_owned());
        }
        self.explain_idling(subject)?;
        match self.not_before.remove(subject) {
            Some(Some(until)) if now < until => {
                let early = until.saturating_sub(now);
                return Err(format!("{subject:?} is sent {early:?} before Retry-After"));
            }
            Some(None) => {
                return Err(format!(
                    "{subject:?} is sent after a Retry-After that is too long"
                ));
            }
            _ => {}
        }
        if subject.endpoint == Endpoint::StoragePut {
            // Bytes that are sent again are completed afresh.
            let complete = Subject::new(OperationId::CompleteAsset, subject.id.clone());
            self.tries.remove(&complete);
            self.not_before.remove(&complete);
        }
        if subject.endpoint == OperationId::CreateDirectUpload {
            let keys = self.keys.entry(subject.upload().to_owned()).or_default();
            keys.insert(subject.id.clone());
            let used = keys.len();
            let max = RetryPolicy::default().max_generations as usize;
            if used > max {
                return Err(format!("one upload asks for {used} URLs, more than {max}"));
            }
        }
        let tries = self.tries.entry(subject.clone()).or_default();
        tries.sent += 1;
        if tries.sent > tries.limit() {
            return Err(format!("{subject:?} is sent {} times", tries.sent));
        }
        Ok(())
    }

    /// The client heard of a request.
    pub(super) fn heard(&mut self, now: Duration, subject: &Subject, heard: Heard) {
        self.last = Some((subject.clone(), heard));
        let Some(tries) = self.tries.get_mut(subject) else {
            return;
        };
        let is_put = subject.endpoint == Endpoint::StoragePut;
        match heard {
            Heard::Nothing => {}
            Heard::Success => {
                if is_put || subject.endpoint == OperationId::ListAssetStatuses {
                    *tries = Tries::default();
                }
            }
            Heard::Refusal {
                status,
                retry_after,
                is_transient,
                ..
            } => {
                match status {
                    401 if !is_put => tries.is_refreshed = true,
                    // It was answered as it should be: it is the object that is late.
                    409 if heard.is_conflict()
                        && subject.endpoint == OperationId::CompleteAsset =>
                    {
                        *tries = Tries::default();
                    }
                    307 if is_put => tries.is_redirected = true,
                    _ if is_put && !is_transient => tries.is_refused = true,
                    _ => {}
                }
                let Some(asked) = retry_after else { return };
                // These are followed by something else, and not by a wait.
                if status == 401 || is_put && !is_transient {
                    return;
                }
                let limit = RetryPolicy::default().retry_after_limit;
                let until = (asked <= limit).then(|| now + asked);
                self.not_before.insert(subject.clone(), until);
                if is_put {
                    let complete = Subject::new(OperationId::CompleteAsset, subject.id.clone());
                    self.not_before.insert(complete, until);
                }
            }
        }
    }

    /// The machine says that it will wait.
    pub(super) fn announce(&mut self, now: Duration, wait: Duration) -> Result<(), String> {
        self.announced += wait;
        self.announced_until = Some(now + wait);
        within(
            "the waits of one upload are announced to take",
            self.announced,
        )
    }

    /// A wait is over.
    pub(super) fn slept(&mut self, time: Duration) -> Result<(), String> {
        if self.announced_until.is_none() {
            self.idled += time;
            return Ok(());
        }
        self.backed_off += time;
        within("the waits of one upload take", self.backed_off)
    }

    /// Holds a wait that was not announced to what was heard before it.
    fn explain_idling(&mut self, next: &Subject) -> Result<(), String> {
        let idled = std::mem::take(&mut self.idled);
        if idled.is_zero() {
            return Ok(());
        }
        match &self.last {
            // It waits for a claim of another process, which ends when that process does.
            None => Ok(()),
            Some((subject, heard)) => match (subject.endpoint, heard) {
                (Endpoint::Api(OperationId::GetAsset), _) => {
                    let looked = self.looked.entry(subject.id.clone()).or_default();
                    *looked += idled;
                    within("the waits for a look at one asset take", *looked)
                }
                (Endpoint::Api(OperationId::ListAssetStatuses), Heard::Success) => {
                    self.watched += idled;
                    match self.watched <= WaitPolicy::default().limit {
                        true => Ok(()),
                        false => Err(format!("the server is watched for {:?}", self.watched)),
                    }
                }
                // A URL that did not serve, and another one.
                (Endpoint::StoragePut | Endpoint::Api(OperationId::CreateDirectUpload), heard)
                    if next.endpoint == OperationId::CreateDirectUpload && next != subject =>
                {
                    match heard {
                        Heard::Nothing => Err(format!("it waits {idled:?} for another URL")),
                        _ => {
                            self.renewed += idled;
                            within("the waits for other URLs take", self.renewed)
                        }
                    }
                }
                // How long is judged where the PUTs are.
                (Endpoint::Api(OperationId::CompleteAsset), heard) if heard.is_conflict() => Ok(()),
                _ => Err(format!(
                    "it waits {idled:?} for no reason after {subject:?}"
                )),
            },
        }
    }
}

fn within(what: &str, time: Duration) -> Result<(), String> {
    let budget = RetryPolicy::default().wait_budget;
    match time <= budget {
        true => Ok(()),
        false => Err(format!("{what} {time:?}, more than {budget:?}")),
    }
}

#[cfg(test)]
mod tests;
