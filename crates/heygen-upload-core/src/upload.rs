mod answers;
mod proceed;
mod react;

use alloc::collections::VecDeque;
use core::fmt;

use heygen_types::{
    Sha256Digest,
    assets::{CompletedAsset, UploadSlot, UploadedAsset},
    batches::StatusEntry,
};

use crate::{
    Checkpoint, Config, Event, Failure, Output, Plan, ResumeError, Route, StateName, StepId,
    Stored, Timestamp, UploadId,
    backoff::Jitter,
    checkpoint::Facts,
    memory::{Activity, Memory, Timer},
    state::is_listed,
};

/// The upload of one file, as a state machine that does nothing itself.
///
/// See the [crate documentation](crate) for the contract and for the table of its decisions.
pub struct Upload {
    plan: Plan,
    config: Config,
    upload_id: UploadId,
    facts: Facts,
    memory: Memory,
    state: StateName,
    activity: Activity,
    outputs: VecDeque<Output>,
    jitter: Jitter,
    next_id: u64,
    now: Timestamp,
    deadline: Option<Timestamp>,
}

/// Making a machine.
impl Upload {
    /// Starts an upload. The first outputs can be polled at once.
    #[must_use]
    pub fn new(plan: Plan, config: Config, upload_id: UploadId, now: Timestamp) -> Self {
        let fits =
            plan.size <= config.single_max && plan.media_type.is_accepted_in_single_request();
        let facts = Facts {
            route: match plan.route {
                Route::Auto if fits => Route::Single,
                Route::Auto => Route::Direct,
                chosen => chosen,
            },
            generation: 1,
            digest: plan.digest,
            key_first_sent: None,
            slot: None,
            stored: false,
            finished: None,
        };
        Self::start(plan, config, upload_id, facts, Memory::default(), now)
    }

    /// Goes on with an upload that another process began.
    ///
    /// The driver has to make sure first that the source is still the same; where it cannot,
    /// [`Config::verify_source`] has the machine do it. When there is a URL already, the machine does
    /// not know whether the bytes arrived before the crash: it completes on trial before it sends
    /// them again.
    ///
    /// # Errors
    ///
    /// Refuses a checkpoint of a version that this crate does not know, one that contradicts itself,
    /// and one without a digest when the source has to be verified.
    pub fn resume(
        checkpoint: Checkpoint,
        config: Config,
        now: Timestamp,
    ) -> Result<Self, ResumeError> {
        checkpoint.check()?;
        // The bytes of a finished asset are the server's; there is nothing left to send or complete.
        let verify_source = config.verify_source && checkpoint.facts.finished.is_none();
        if verify_source && checkpoint.facts.digest.is_none() {
            return Err(ResumeError::unverifiable());
        }
        let memory = Memory {
            verify_source,
            probe_due: checkpoint.facts.slot.is_some() && !checkpoint.facts.stored,
            probe_twice: true,
            replay_likely: checkpoint.facts.key_first_sent.is_some(),
            uncertain: checkpoint.facts.key_first_sent.is_some(),
            ..Memory::default()
        };
        let Checkpoint {
            upload_id,
            plan,
            facts,
            ..
        } = checkpoint;
        Ok(Self::start(plan, config, upload_id, facts, memory, now))
    }

    fn start(
        plan: Plan,
        config: Config,
        upload_id: UploadId,
        facts: Facts,
        memory: Memory,
        now: Timestamp,
    ) -> Self {
        let began = config.began.unwrap_or(now);
        let mut upload = Self {
            jitter: Jitter::new(config.seed),
            deadline: config.deadline.map(|limit| began.after(limit)),
            plan,
            config,
            upload_id,
            facts,
            memory,
            state: StateName::Ready,
            activity: Activity::Idle,
            outputs: VecDeque::with_capacity(4),
            next_id: 0,
            now,
        };
        upload.proceed();
        upload
    }
}

/// Looking at it. None of these changes anything.
impl Upload {
    /// Returns what is uploaded.
    #[must_use]
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Returns the identity of the upload.
    #[must_use]
    pub const fn upload_id(&self) -> UploadId {
        self.upload_id
    }

    /// Returns the state. While the machine waits it is the state of the last step.
    #[must_use]
    pub const fn state(&self) -> StateName {
        self.state
    }

    /// Returns the route in use, single or direct.
    #[must_use]
    pub const fn route(&self) -> Route {
        self.facts.route
    }

    /// Returns one, and one more for every time that a step had to be repeated.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        self.memory.repeats + 1
    }

    /// Tells what is stored as far as the machine knows.
    #[must_use]
    pub fn stored(&self) -> Stored {
        if let Some(asset_id) = &self.memory.mismatched {
            return Stored::Mismatched(asset_id.clone());
        }
        if let Some(finished) = &self.facts.finished {
            return Stored::Finished(finished.asset_id.clone());
        }
        match &self.facts.slot {
            Some(slot) if self.facts.stored => Stored::Unfinished(slot.asset_id.clone()),
            _ if self.memory.uncertain => Stored::Unknown,
            _ => Stored::Nothing,
        }
    }

    /// Returns what another process needs to go on, as of now. It can be taken at any time, after
    /// the end too.
    ///
    /// A presigned URL is left out as soon as storage has accepted the bytes.
    #[must_use]
    pub fn checkpoint(&self) -> Checkpoint {
        let mut facts = self.facts.clone();
        if let Some(slot) = &mut facts.slot
            && (facts.stored || facts.finished.is_some())
        {
            slot.forget_url();
        }
        Checkpoint {
            version: Checkpoint::VERSION,
            upload_id: self.upload_id,
            plan: self.plan.clone(),
            facts,
        }
    }
}

/// Telling it what happened. Every input is followed by draining [`poll_output`](Self::poll_output)
/// and reading [`poll_timeout`](Self::poll_timeout). An outcome whose number is not that of the
/// running step changes nothing.
impl Upload {
    /// The source was read to its end: this is the digest of what was read.
    ///
    /// A step that is asked to hash tells its digest by this, before its outcome and whatever that
    /// is. From a step that does not read the source it changes nothing.
    pub fn handle_digest(&mut self, now: Timestamp, id: StepId, digest: Sha256Digest) {
        let reads = matches!(
            self.state,
            StateName::Hash | StateName::Single | StateName::Put
        );
        if self.is_running(now, id) && reads {
            self.on_digest(digest);
        }
    }

    /// [`Step::HashSource`](crate::Step::HashSource) ended: this is the digest of the source.
    pub fn handle_hashed(&mut self, now: Timestamp, id: StepId, digest: Sha256Digest) {
        if self.ends_step(now, id, &[StateName::Hash]) {
            self.on_hashed(digest);
        }
    }

    /// [`Step::RefreshCredential`](crate::Step::RefreshCredential) ended well.
    pub fn handle_refreshed(&mut self, now: Timestamp, id: StepId) {
        if self.ends_step(now, id, &[StateName::Credential]) {
            self.memory.refresh_due = false;
            self.proceed();
        }
    }

    /// [`Step::UploadSingle`](crate::Step::UploadSingle) was answered with success.
    pub fn handle_uploaded(&mut self, now: Timestamp, id: StepId, answer: UploadedAsset) {
        if self.ends_step(now, id, &[StateName::Single]) {
            self.on_uploaded(answer);
        }
    }

    /// [`Step::CreateUpload`](crate::Step::CreateUpload) was answered with success.
    pub fn handle_created(&mut self, now: Timestamp, id: StepId, slot: UploadSlot) {
        if self.ends_step(now, id, &[StateName::Create]) {
            self.on_created(slot);
        }
    }

    /// [`Step::Put`](crate::Step::Put) was answered with success.
    pub fn handle_stored(&mut self, now: Timestamp, id: StepId) {
        if self.ends_step(now, id, &[StateName::Put]) {
            self.on_stored();
        }
    }

    /// [`Step::Complete`](crate::Step::Complete) was answered with success.
    pub fn handle_completed(&mut self, now: Timestamp, id: StepId, answer: CompletedAsset) {
        let completes = matches!(self.state, StateName::Complete | StateName::Probe);
        let asked = self.facts.slot.as_ref().map(|slot| &slot.asset_id);
        if completes && asked != Some(&answer.asset_id) {
            let failure = Failure::wrong_asset(Some(answer.asset_id));
            return self.handle_failure(now, id, failure);
        }
        if self.ends_step(now, id, &[StateName::Complete, StateName::Probe]) {
            self.on_completed(answer);
        }
    }

    /// [`Step::QueryStatus`](crate::Step::QueryStatus) was answered with success: these are the
    /// entries of the list. Entries of other assets change nothing.
    pub fn handle_status(&mut self, now: Timestamp, id: StepId, entries: &[StatusEntry]) {
        let asked = self.facts.finished.as_ref().map(|it| &it.asset_id);
        match asked.map(|asked| answers::status_of(asked, entries)) {
            Some(Err(other)) if self.state == StateName::Status => {
                self.handle_failure(now, id, Failure::wrong_asset(other));
            }
            Some(Ok(status)) if self.ends_step(now, id, &[StateName::Status]) => {
                self.on_status(status);
            }
            _ => self.tick(now),
        }
    }

    /// A step failed.
    pub fn handle_failure(&mut self, now: Timestamp, id: StepId, failure: Failure) {
        if self.is_running(now, id) {
            self.activity = Activity::Idle;
            self.react(failure);
        }
    }

    /// Time has passed. Earlier than the deadline this changes nothing.
    pub fn handle_timeout(&mut self, now: Timestamp) {
        self.tick(now);
        match self.activity {
            _ if self.state.is_terminal() => {}
            _ if self.deadline.is_some_and(|deadline| deadline <= self.now) => self.on_deadline(),
            Activity::Waiting { until, .. } if until <= self.now => {
                self.activity = Activity::Idle;
                self.proceed();
            }
            _ => {}
        }
    }

    /// The user does not want the upload any more. What is in flight is aborted; the checkpoint
    /// can be resumed.
    pub fn cancel(&mut self, now: Timestamp) {
        self.tick(now);
        if self.state.is_terminal() {
            return;
        }
        if let (Activity::Running(_), StateName::Single | StateName::Put) =
            (self.activity, self.state)
        {
            self.memory.uncertain = true;
        }
        let stored = self.stored();
        self.end(StateName::Cancelled, Event::Cancelled { stored });
    }
}

/// Asking it what to do.
impl Upload {
    /// Returns the next thing to do, `None` when there is none until the next input.
    ///
    /// The answer changes with every input, and with nothing else.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// Returns when [`handle_timeout`](Self::handle_timeout) is due, `None` when no timer runs.
    ///
    /// The answer changes with every input, and with nothing else.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Timestamp> {
        self.next_timer().map(|(until, _)| until)
    }

    /// Returns the name of the timer behind [`poll_timeout`](Self::poll_timeout), for debugging.
    #[must_use]
    pub fn poll_timer(&self) -> Option<Timer> {
        self.next_timer().map(|(_, timer)| timer)
    }

    fn next_timer(&self) -> Option<(Timestamp, Timer)> {
        if self.state.is_terminal() {
            return None;
        }
        let deadline = self.deadline.map(|until| (until, Timer::Deadline));
        match self.activity {
            Activity::Waiting { until, timer } => match deadline {
                Some(deadline) if deadline.0 < until => Some(deadline),
                _ => Some((until, timer)),
            },
            _ => deadline,
        }
    }
}

/// What every input has in common.
impl Upload {
    fn tick(&mut self, now: Timestamp) {
        debug_assert!(
            self.outputs.is_empty(),
            "outputs are drained before the next input"
        );
        self.now = self.now.max(now);
    }

    fn is_running(&mut self, now: Timestamp, id: StepId) -> bool {
        self.tick(now);
        self.activity == Activity::Running(id)
    }

    /// Takes the running step as ended when it is this one and the outcome fits its kind.
    fn ends_step(&mut self, now: Timestamp, id: StepId, states: &[StateName]) -> bool {
        let ends = self.is_running(now, id) && states.contains(&self.state);
        if ends {
            self.activity = Activity::Idle;
            self.memory.unreadable = false;
            self.memory.shortages = 0;
            self.memory.tries.reset(self.state);
            if self.state != StateName::Credential {
                self.memory.refreshed = false;
            }
        }
        ends
    }

    /// Enters a state. Every change of state passes here.
    fn go(&mut self, state: StateName) {
        debug_assert!(
            is_listed(self.state, state),
            "{} -> {state} is not in the list of transitions",
            self.state
        );
        self.state = state;
    }

    fn emit(&mut self, event: Event) {
        self.outputs.push_back(Output::Event(event));
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("upload_id", &self.upload_id)
            .field("state", &self.state)
            .field("activity", &self.activity)
            .field("attempts", &self.attempts())
            .finish_non_exhaustive()
    }
}
