use core::time::Duration;

use heygen_upload_core::{
    Checkpoint, Event, Output, Rule, StateName, Step, StepId, Timer, Timestamp, Upload,
    UploadFailure, UploadId,
};

use super::{
    Answer, Fault, Scenario,
    check::Checks,
    label::{end_of, step_of, timer_of},
};

/// How long every step takes that a scenario says nothing of.
const LATENCY: Duration = Duration::from_millis(1);

/// More inputs than any scenario needs.
const INPUTS_MAX: usize = 2_000;

/// One upload under way: the machine, its server and the clock.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) upload: Upload,
    pub(crate) scenario: Scenario,
    pub(crate) now: Timestamp,
    pub(crate) running: Option<(StepId, Step)>,
    /// Numbers of steps that have ended.
    pub(crate) ended: Vec<StepId>,
    /// Every step, wait and end, in order, in a word each.
    pub(crate) trace: Vec<String>,
    pub(crate) waits: Vec<(Timer, Duration)>,
    pub(crate) events: Vec<Event>,
    pub(crate) transitions: Vec<(StateName, StateName)>,
    /// The last checkpoint that the machine asked to make durable.
    pub(crate) durable: Option<String>,
    pub(super) checks: Checks,
    state: StateName,
}

impl World {
    pub(crate) fn new(scenario: Scenario) -> Self {
        let now = Timestamp::from_unix(Duration::from_secs(1_767_225_600));
        let id = UploadId::from_random([0xab; 16]);
        let upload = Upload::new(scenario.plan.clone(), scenario.config.clone(), id, now);
        let mut world = Self {
            upload,
            scenario,
            now,
            running: None,
            ended: Vec::new(),
            trace: Vec::new(),
            waits: Vec::new(),
            events: Vec::new(),
            transitions: Vec::new(),
            durable: None,
            checks: Checks::default(),
            state: StateName::Ready,
        };
        world.drain();
        world
    }

    /// Hands in the next input: the outcome of the running step, or the time. Tells whether there
    /// was one.
    pub(crate) fn advance(&mut self) -> bool {
        if self.has_ended() {
            return false;
        }
        match self.running.clone() {
            Some((id, step)) => self.play(id, &step),
            None => self.wait(),
        }
        self.drain();
        true
    }

    /// Plays on to the end.
    pub(crate) fn finish(&mut self) {
        let mut inputs = 0;
        while self.advance() {
            inputs += 1;
            assert!(inputs < INPUTS_MAX, "no end: {}", self.trace.join(" "));
        }
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.upload.state().is_terminal()
    }

    /// Returns the word for the end.
    pub(crate) fn end(&self) -> &str {
        assert!(self.has_ended());
        self.trace.last().unwrap()
    }

    pub(crate) fn failure(&self) -> &UploadFailure {
        match self.events.last() {
            Some(Event::Failed(failure)) => failure,
            other => panic!("no failure: {other:?}"),
        }
    }

    /// Goes on in another process, from a checkpoint that went through a file.
    pub(crate) fn resume(&mut self, checkpoint: &str) {
        self.durable = Some(checkpoint.to_owned());
        let checkpoint: Checkpoint = serde_json::from_str(checkpoint).unwrap();
        self.upload = Upload::resume(checkpoint, self.scenario.config.clone(), self.now).unwrap();
        self.state = StateName::Ready;
        self.running = None;
        self.ended.clear();
        self.checks.resumed();
        self.trace.push("resumed".to_owned());
        self.drain();
    }

    /// Returns the checkpoint of this moment as text.
    pub(crate) fn checkpoint(&self) -> String {
        serde_json::to_string(&self.upload.checkpoint()).unwrap()
    }

    /// Loses the process, and everything that was not durable.
    pub(crate) fn crash(&mut self) {
        // A process that dies before anything is durable leaves nothing to resume.
        let durable = self.durable.clone();
        let checkpoint = durable.unwrap_or_else(|| self.checkpoint());
        self.resume(&checkpoint);
    }

    /// Has the server do the work of the running step, and loses the process before the answer.
    pub(crate) fn crash_in_flight(&mut self) {
        if let Some((_, step)) = self.running.take() {
            let source = self.scenario.source;
            self.scenario.server.serve(self.now, &step, source);
        }
        self.crash();
    }

    fn play(&mut self, id: StepId, step: &Step) {
        let begun = self.now;
        let fault = self.scenario.next_fault(step.kind());
        if let Some(Fault::SourceChanges) = fault {
            self.scenario.change_source();
        }
        let source = self.scenario.source;
        let server = &mut self.scenario.server;
        let mut tells_digest = true;
        let mut latency = LATENCY;
        let answer = match fault {
            None | Some(Fault::SourceChanges) => server.serve(begun, step, source),
            Some(Fault::Takes(time)) => {
                latency = time;
                server.serve(begun, step, source)
            }
            Some(Fault::Says(change)) => {
                let mut answer = server.serve(begun, step, source);
                change(&mut answer);
                answer
            }
            Some(Fault::Fails(failure)) => {
                tells_digest = failure.body_handed_over;
                Answer::Failed(failure)
            }
            Some(Fault::FailsAfter(time, failure)) => {
                tells_digest = failure.body_handed_over;
                latency = time;
                Answer::Failed(failure)
            }
            Some(Fault::Loses(failure)) => {
                server.serve(begun, step, source);
                Answer::Failed(failure)
            }
            Some(Fault::LosesAfter(time, failure)) => {
                latency = time;
                server.serve(begun, step, source);
                Answer::Failed(failure)
            }
            Some(Fault::TellsNoDigest(failure)) => {
                tells_digest = false;
                Answer::Failed(failure)
            }
            Some(Fault::Hangs) => return self.wait(),
            Some(Fault::Cancels) => return self.upload.cancel(self.now),
            Some(Fault::Crashes) => return self.crash(),
            Some(Fault::CrashesAfter) => return self.crash_in_flight(),
        };
        if let Some(until) = self.upload.poll_timeout()
            && until <= begun.after(latency)
        {
            return self.wait();
        }
        self.now = begun.after(latency);
        let hashes = match step {
            Step::UploadSingle(single) => single.hash,
            Step::Put(put) => put.hash,
            _ => false,
        };
        if hashes && tells_digest {
            self.upload.handle_digest(self.now, id, source);
            self.drain();
        }
        self.checks.answered(step, &answer);
        self.running = None;
        self.ended.push(id);
        if !self.has_ended() {
            self.deliver(id, answer);
        }
    }

    /// Hands in an outcome.
    pub(crate) fn deliver(&mut self, id: StepId, answer: Answer) {
        let now = self.now;
        match answer {
            Answer::Hashed(digest) => self.upload.handle_hashed(now, id, digest),
            Answer::Refreshed => self.upload.handle_refreshed(now, id),
            Answer::Uploaded(asset) => self.upload.handle_uploaded(now, id, asset),
            Answer::Created(slot) => self.upload.handle_created(now, id, slot),
            Answer::Stored => self.upload.handle_stored(now, id),
            Answer::Completed(asset) => self.upload.handle_completed(now, id, asset),
            Answer::Status(entries) => self.upload.handle_status(now, id, &entries),
            Answer::Failed(failure) => self.upload.handle_failure(now, id, failure),
        }
    }

    /// Jumps to the deadline of the machine.
    fn wait(&mut self) {
        let timeout = self.upload.poll_timeout();
        self.now = timeout.expect("an upload always runs a step or a timer, or has ended");
        self.upload.handle_timeout(self.now);
    }

    pub(crate) fn drain(&mut self) {
        while let Some(output) = self.upload.poll_output() {
            assert!(
                !self.state.is_terminal(),
                "nothing follows the end: {output:?}"
            );
            self.checks.output(&self.upload, &output);
            self.note(output);
        }
        self.checks.drained(&self.upload, self.running.is_some());
        if self.running.is_none()
            && let Some(until) = self.upload.poll_timeout()
        {
            let timer = self.upload.poll_timer().unwrap();
            self.waits.push((timer, until.since(self.now)));
            self.trace.push(timer_of(timer).to_owned());
        }
    }

    fn note(&mut self, output: Output) {
        match output {
            Output::Start { id, step } => {
                assert!(self.running.is_none(), "at most one step runs");
                self.enter(self.upload.state());
                self.checks.start(
                    &self.upload,
                    &step,
                    self.now,
                    &self.scenario.server,
                    self.durable.as_deref(),
                );
                self.trace.push(step_of(self.upload.state(), &step));
                self.running = Some((id, *step));
            }
            Output::Abort { id } => {
                let running = self.running.take().map(|(id, _)| id);
                assert_eq!(running, Some(id), "only what runs is aborted");
                self.ended.push(id);
            }
            Output::Event(event) => {
                if matches!(event, Event::Checkpoint) {
                    self.durable = Some(self.checkpoint());
                }
                if event.is_terminal() {
                    self.enter(self.upload.state());
                    self.trace.push(end_of(&event));
                }
                self.events.push(event);
            }
        }
    }

    fn enter(&mut self, state: StateName) {
        self.transitions.push((self.state, state));
        self.state = state;
    }

    /// Returns the rule that ended the upload.
    pub(crate) fn rule(&self) -> Rule {
        match self.failure().reason {
            heygen_upload_core::Reason::Exhausted(rule) => rule,
            other => panic!("{other:?} is no rule"),
        }
    }
}
