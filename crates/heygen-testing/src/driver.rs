//! A driver of the upload machine that keeps to its contract, whatever it is told to hand in.

use core::time::Duration;

use heygen_types::{
    AssetId, ByteSize, MediaType, PresignedUrl, Sha256Digest, Url,
    assets::{CompletedAsset, UploadSlot, UploadedAsset},
    batches::{ItemStatus, StatusEntry},
};
use heygen_upload_core::{
    Checkpoint, Config, Failure, FailureKind, Output, Plan, Step, StepId, Timestamp, Upload,
    UploadId,
};

/// One thing that reaches the machine.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Input {
    /// The answer that fits the running step, with these values in it.
    Success(Values),
    /// The source was read to its end by the running step.
    Digest(Sha256Digest),
    /// The running step fails.
    Failure(Failure),
    /// Time passes.
    Timeout,
    /// The user gives up.
    Cancel,
    /// The process ends, and another one goes on from its checkpoint.
    Resume,
    /// Something is said of a step that has ended, or never was.
    Spurious(Values),
}

/// Values for every answer.
#[derive(Clone, Debug)]
#[expect(
    clippy::exhaustive_structs,
    reason = "whoever makes values makes all of them"
)]
pub struct Values {
    /// The asset.
    pub id: AssetId,
    /// Its size, and that of the slot.
    pub size: u64,
    /// How long the presigned URL lives, in seconds.
    pub life: i64,
    /// The type that the server found.
    pub media_type: MediaType,
    /// The presigned URL.
    pub url: String,
    /// Where the background work stands.
    pub status: ItemStatus,
    /// The digest of the source.
    pub digest: Sha256Digest,
}

impl Values {
    /// Makes an entry of a list of statuses.
    fn entry(&self) -> StatusEntry {
        let mut entry = StatusEntry::new(self.status.clone());
        entry.video_id = Some(self.id.clone());
        entry
    }
}

/// The machine, and what its driver knows. Every input is followed by what has to hold.
#[derive(Debug)]
pub struct Driver {
    upload: Upload,
    config: Config,
    running: Option<(StepId, Step)>,
    ended: Vec<StepId>,
    deadline: Option<Timestamp>,
    latest: Timestamp,
    ends: u32,
}

impl Driver {
    /// Starts an upload.
    #[must_use]
    pub fn new(plan: Plan, config: Config, now: Timestamp) -> Self {
        let id = UploadId::from_random([3; 16]);
        Self::drive(Upload::new(plan, config.clone(), id, now), config, now)
    }

    /// Goes on with an upload; `None` when the checkpoint is of another version.
    #[must_use]
    pub fn resume(checkpoint: Checkpoint, config: Config, now: Timestamp) -> Option<Self> {
        let upload = Upload::resume(checkpoint, config.clone(), now).ok()?;
        Some(Self::drive(upload, config, now))
    }

    fn drive(upload: Upload, config: Config, now: Timestamp) -> Self {
        let mut driver = Self {
            upload,
            deadline: config.deadline.map(|limit| now.after(limit)),
            config,
            running: None,
            ended: Vec::new(),
            latest: now,
            ends: 0,
        };
        driver.drain();
        driver
    }

    /// Returns the machine.
    #[must_use]
    pub const fn upload(&self) -> &Upload {
        &self.upload
    }

    /// Returns the step that runs.
    #[must_use]
    pub fn running(&self) -> Option<&Step> {
        self.running.as_ref().map(|(_, step)| step)
    }

    /// Hands an input in, as far as it fits: where no step runs, time passes instead.
    ///
    /// # Panics
    ///
    /// When the machine breaks its contract.
    pub fn hand_in(&mut self, input: Input, now: Timestamp) {
        self.latest = self.latest.max(now);
        match (input, self.running.clone()) {
            (Input::Success(values), Some((id, step))) => {
                self.end_step(id);
                self.succeed(now, id, &step, values);
            }
            (Input::Failure(failure), Some((id, _))) => {
                self.end_step(id);
                self.upload.handle_failure(now, id, failure);
            }
            (Input::Digest(digest), Some((id, _))) => self.upload.handle_digest(now, id, digest),
            (Input::Cancel, _) => self.upload.cancel(now),
            (Input::Resume, _) => self.restart(now),
            (Input::Spurious(values), _) => self.hand_in_spurious(values),
            _ => self.pass_time(now),
        }
        self.drain();
    }

    fn end_step(&mut self, id: StepId) {
        self.running = None;
        self.ended.push(id);
    }

    fn pass_time(&mut self, now: Timestamp) {
        let due = self.upload.poll_timeout();
        let before = self.upload.checkpoint();
        self.upload.handle_timeout(now);
        if due.is_none_or(|due| self.latest < due) {
            assert_eq!(
                due,
                self.upload.poll_timeout(),
                "an early timeout changes nothing"
            );
            assert_eq!(
                before,
                self.upload.checkpoint(),
                "an early timeout changes nothing"
            );
        }
    }

    fn restart(&mut self, now: Timestamp) {
        let text = serde_json::to_string(&self.upload.checkpoint());
        let text = text.expect("a checkpoint is plain data");
        let checkpoint: Checkpoint = serde_json::from_str(&text).expect("what was written is read");
        assert_eq!(checkpoint, self.upload.checkpoint());
        self.upload = Upload::resume(checkpoint, self.config.clone(), now)
            .expect("the version is that of this crate");
        self.running = None;
        self.ended.clear();
        self.deadline = self.config.deadline.map(|limit| now.after(limit));
        self.latest = now;
        self.ends = 0;
    }

    /// Tells of a step that is over what every step can be told; nothing may come of it.
    fn hand_in_spurious(&mut self, values: Values) {
        let Some(id) = self.ended.last().copied() else {
            return;
        };
        let before = (self.upload.checkpoint(), self.upload.poll_timeout());
        let now = Timestamp::default();
        self.upload.handle_hashed(now, id, values.digest);
        self.upload.handle_digest(now, id, values.digest);
        self.upload.handle_refreshed(now, id);
        self.upload.handle_stored(now, id);
        self.upload.handle_status(now, id, &[values.entry()]);
        let lost = Failure::new(FailureKind::Interrupted);
        self.upload.handle_failure(now, id, lost);
        assert!(
            self.upload.poll_output().is_none(),
            "an ended step has no outcome"
        );
        assert_eq!(
            before,
            (self.upload.checkpoint(), self.upload.poll_timeout())
        );
    }

    fn succeed(&mut self, now: Timestamp, id: StepId, step: &Step, values: Values) {
        let upload = &mut self.upload;
        let size = ByteSize::new(values.size);
        let url: Url = "https://f.example/o?SECRET".parse().expect("a URL");
        match step {
            Step::HashSource => upload.handle_hashed(now, id, values.digest),
            Step::RefreshCredential => upload.handle_refreshed(now, id),
            Step::UploadSingle(_) => {
                let asset = UploadedAsset::new(values.id, values.media_type, size, url);
                upload.handle_uploaded(now, id, asset);
            }
            Step::CreateUpload { .. } => {
                let url = PresignedUrl::new(values.url);
                let slot = UploadSlot::new(values.id, url, values.life, size);
                upload.handle_created(now, id, slot);
            }
            Step::Put(_) => upload.handle_stored(now, id),
            Step::Complete { .. } => {
                let asset = CompletedAsset::new(values.id, values.media_type, size, url);
                upload.handle_completed(now, id, asset);
            }
            Step::QueryStatus { .. } => upload.handle_status(now, id, &[values.entry()]),
        }
    }

    fn drain(&mut self) {
        while let Some(output) = self.upload.poll_output() {
            assert_eq!(self.ends, 0, "nothing follows the end");
            let shown = format!("{output:?} {:?}", self.upload);
            assert!(!shown.contains("SECRET"), "{shown}");
            match output {
                Output::Start { id, step } => {
                    assert!(
                        !self.ended.contains(&id),
                        "no step has the number of another"
                    );
                    let running = self.running.replace((id, *step));
                    assert!(running.is_none(), "at most one step runs");
                }
                Output::Abort { id } => {
                    let running = self.running.take().map(|(id, _)| id);
                    assert_eq!(running, Some(id), "only what runs is aborted");
                    self.ended.push(id);
                }
                Output::Event(event) => self.ends += u32::from(event.is_terminal()),
            }
        }
        self.check_rest();
    }

    /// Holds the machine to what is so whenever it has nothing more to say.
    fn check_rest(&self) {
        let timeout = self.upload.poll_timeout();
        let is_over = self.upload.state().is_terminal();
        assert_eq!(self.ends, u32::from(is_over), "it ends once");
        let is_alive = self.running.is_some() || timeout.is_some();
        assert_eq!(
            is_alive, !is_over,
            "it runs a step or a timer, or has ended"
        );
        assert_eq!(timeout.is_some(), self.upload.poll_timer().is_some());
        if let (Some(deadline), false) = (self.deadline, is_over) {
            assert!(
                timeout.is_some_and(|timeout| timeout <= deadline),
                "no wait outlasts it"
            );
        }
    }

    /// Lets the deadline pass: whatever goes on then ends.
    ///
    /// # Panics
    ///
    /// When it does not.
    pub fn let_deadline_pass(&mut self) {
        if let Some(deadline) = self.deadline {
            self.hand_in(Input::Timeout, deadline.after(Duration::from_secs(1)));
            assert!(self.upload.state().is_terminal(), "the deadline ends it");
        }
    }
}
