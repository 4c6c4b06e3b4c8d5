//! What comes next, from what is known.

use alloc::boxed::Box;

use heygen_types::assets::{CompleteAsset, CreateDirectUpload};

use super::Upload;
use crate::{
    Checksum, Event, Output, PutStep, Reason, Route, Rule, SingleStep, StateName, Step, StepId,
    StepKind, memory::Activity,
};

impl Upload {
    /// Starts whatever step the facts ask for.
    pub(super) fn proceed(&mut self) {
        match self.next_state() {
            StateName::Completed => self.complete(),
            StateName::Create if self.facts.slot.is_some() => {
                // The first one may have been old, of another process; more than one are not.
                let pauses = self.memory.urls_given_up > 0;
                self.renew(None, pauses);
            }
            state => self.start_step(state),
        }
    }

    /// The order of an upload. A retry, a resume and a change of route all end up here, so none of
    /// them has an order of its own.
    fn next_state(&self) -> StateName {
        let facts = &self.facts;
        let memory = &self.memory;
        if memory.refresh_due {
            return StateName::Credential;
        }
        if facts.finished.is_some() {
            let waits = self.config.wait.is_some() && !memory.status_settled;
            return if waits {
                StateName::Status
            } else {
                StateName::Completed
            };
        }
        let needs_digest = facts.digest.is_none()
            && match self.plan.checksum {
                Checksum::Declared | Checksum::Completion if facts.route == Route::Single => {
                    memory.replay_likely
                }
                Checksum::Declared => true,
                // A trial completion must not accept bytes that were never compared.
                Checksum::Completion => memory.probe_due,
                Checksum::Off => false,
            };
        match &facts.slot {
            _ if memory.verify_source || needs_digest => StateName::Hash,
            _ if facts.route == Route::Single => StateName::Single,
            None => StateName::Create,
            Some(_) if facts.stored => StateName::Complete,
            Some(_) if memory.probe_due => StateName::Probe,
            Some(slot) if slot.expires_at > self.now => StateName::Put,
            Some(_) => StateName::Create,
        }
    }

    fn start_step(&mut self, state: StateName) {
        self.go(state);
        self.memory.tries.count(state);
        let sends_key = matches!(state, StateName::Single | StateName::Create);
        if sends_key && self.facts.key_first_sent.is_none() {
            self.facts.key_first_sent = Some(self.now);
            self.emit(Event::Checkpoint);
        }
        if state == StateName::Put {
            self.memory.put_began = self.now;
        }
        let id = StepId(self.next_id);
        self.next_id += 1;
        self.activity = Activity::Running(id);
        let step = Box::new(self.step(state));
        self.outputs.push_back(Output::Start { id, step });
    }

    fn step(&self, state: StateName) -> Step {
        let plan = &self.plan;
        let slot = || {
            self.facts
                .slot
                .as_ref()
                .expect("a direct upload puts and completes only what it created")
        };
        match state {
            StateName::Hash => Step::HashSource,
            StateName::Credential => Step::RefreshCredential,
            StateName::Single => Step::UploadSingle(SingleStep {
                file_name: plan.file_name.clone(),
                media_type: plan.media_type.clone(),
                size: plan.size,
                key: self.upload_id.key(StepKind::Single, self.facts.generation),
                digest: self.facts.digest,
                hash: plan.checksum != Checksum::Off,
            }),
            StateName::Create => {
                let mut request = CreateDirectUpload::new(
                    plan.file_name.clone(),
                    plan.media_type.clone(),
                    plan.size,
                );
                if plan.checksum == Checksum::Declared {
                    request.checksum_sha256 = self.facts.digest;
                }
                Step::CreateUpload {
                    request,
                    key: self.upload_id.key(StepKind::Create, self.facts.generation),
                }
            }
            StateName::Put => Step::Put(PutStep {
                url: self
                    .memory
                    .redirect
                    .as_ref()
                    .unwrap_or_else(|| &slot().url)
                    .clone(),
                headers: slot().headers.clone(),
                size: plan.size,
                // A declared digest is enforced by storage itself.
                hash: plan.checksum == Checksum::Completion,
            }),
            StateName::Probe | StateName::Complete => {
                let mut request = CompleteAsset::new(slot().asset_id.clone());
                if plan.checksum != Checksum::Off {
                    request.body.checksum_sha256 = self.facts.digest;
                }
                Step::Complete { request }
            }
            StateName::Status => Step::QueryStatus {
                asset_id: self
                    .facts
                    .finished
                    .as_ref()
                    .expect("only a finished asset is watched")
                    .asset_id
                    .clone(),
            },
            StateName::Ready | StateName::Completed | StateName::Failed | StateName::Cancelled => {
                unreachable!("{state} runs no step")
            }
        }
    }

    /// Ends well.
    fn complete(&mut self) {
        let mut finished = self
            .facts
            .finished
            .clone()
            .expect("only a finished asset ends an upload well");
        finished.attempts = self.attempts();
        self.end(StateName::Completed, Event::Completed(Box::new(finished)));
    }

    /// Gives up the presigned URL and asks for another one under a new key.
    pub(super) fn renew(&mut self, failure: Option<crate::Failure>, pauses: bool) {
        let max = self.config.retry.max_generations.max(1);
        if self.memory.urls_given_up + 1 >= max {
            return self.fail(Reason::Exhausted(Rule::Generations(max)), failure);
        }
        self.memory.urls_given_up += 1;
        self.facts.generation += 1;
        self.facts.key_first_sent = None;
        self.facts.slot = None;
        self.facts.stored = false;
        self.memory.repeats += 1;
        self.memory.redirect = None;
        self.memory.redirected = false;
        self.memory.probe_due = false;
        self.memory.object_missing_since = None;
        self.memory.tries.reset(StateName::Create);
        self.memory.tries.reset(StateName::Put);
        self.emit(Event::NewUrl);
        if pauses {
            // Whoever resumes it in the meantime has to leave the old URL alone, too.
            self.emit(Event::Checkpoint);
            self.wait_for_url(failure);
        } else {
            self.proceed();
        }
    }

    /// Ends, with what is in flight aborted.
    pub(super) fn end(&mut self, state: StateName, terminal: Event) {
        debug_assert!(
            terminal.is_terminal(),
            "an upload ends with a terminal event"
        );
        if let Activity::Running(id) = self.activity {
            self.outputs.push_back(Output::Abort { id });
        }
        self.activity = Activity::Idle;
        self.go(state);
        self.emit(terminal);
    }
}
