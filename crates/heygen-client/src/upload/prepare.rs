//! Looking at the source, and deciding what to ask of the machine.

use std::{
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use heygen_types::{ByteSize, MediaType, Sha256Digest};
use heygen_upload_core::{
    Checkpoint, Config, Plan, ResumeError, Route, Timestamp, Upload as Machine,
};

use super::{Settings, remembered::Entry};
use crate::{
    Cancellation, Client, Error, ErrorKind, Fingerprint, Observer, Progress, Source,
    client::Shared,
    exchange::Secrets,
    media::{self, Detection},
    shortage::is_local_shortage,
    source::Content,
};

/// A source that was looked at, and what is asked for it. Nothing was sent yet.
#[derive(Clone)]
pub(super) struct Look {
    pub(super) clock: Clock,
    pub(super) hands: Arc<Hands>,
    /// `None` for an upload that is resumed: its checkpoint has the plan.
    plan: Option<Plan>,
    /// The type that the name of the file claims, when the bytes say another.
    contradicted: Option<MediaType>,
    /// The digest in the plan was read from the source, not given by the user.
    is_hashed: bool,
    /// What is in the file, when that contradicts the type that was asked for.
    contents: Option<String>,
    config: Config,
}

/// One upload with everything that its steps need.
pub(super) struct Job {
    pub(super) machine: Machine,
    pub(super) clock: Clock,
    pub(super) hands: Arc<Hands>,
    pub(super) entry: Option<Entry>,
    /// The source may be another version than the one whose upload is resumed: it was not read yet.
    pub(super) is_unverified: bool,
}

/// What a step works with.
pub(super) struct Hands {
    pub(super) shared: Arc<Shared>,
    pub(super) content: Content,
    pub(super) fingerprint: Fingerprint,
    pub(super) observer: Option<Arc<dyn Observer>>,
    pub(super) cancellation: Option<Cancellation>,
    /// Those of the PUTs so far.
    pub(super) secrets: Mutex<Secrets>,
    /// An upload is resumed that has no digest: nothing but the fingerprint tells what was sent.
    resumes_blindly: AtomicBool,
}

impl Hands {
    /// Returns whether the source has to be, when it is opened, what it was when it was looked at.
    /// An edit in between would go out under the key of other bytes.
    pub(super) fn is_exact(&self) -> bool {
        self.resumes_blindly.load(Ordering::Relaxed)
    }

    pub(super) fn observe(&self, progress: &Progress<'_>) {
        if let Some(observer) = &self.observer {
            observer.observe(progress);
        }
    }
}

/// The time of one upload: the wall clock is read once, and the monotonic one from there on.
#[derive(Clone)]
pub(super) struct Clock {
    shared: Arc<Shared>,
    offset: Duration,
}

impl Clock {
    fn new(shared: Arc<Shared>) -> Self {
        let offset = shared
            .runtime
            .wall_clock()
            .saturating_sub(shared.runtime.now());
        Self { shared, offset }
    }

    pub(super) fn now(&self) -> Timestamp {
        Timestamp::from_unix(self.offset + self.shared.runtime.now())
    }

    /// Ends at `until`, never when there is no such time.
    pub(super) async fn sleep_until(&self, until: Option<Timestamp>) {
        match until {
            Some(until) => self.shared.runtime.sleep(until.since(self.now())).await,
            None => std::future::pending().await,
        }
    }
}

impl Look {
    pub(super) async fn new(
        client: &Client,
        source: &Source,
        settings: &Settings,
    ) -> Result<Self, Error> {
        source.check_path()?;
        let shared = &client.shared;
        let content = &source.content;
        let cancellation = settings.cancellation.as_ref();
        let waiting = |error: &io::Error, wait| {
            if let Some(observer) = &settings.observer {
                observer.observe(&Progress::LocalResources { error, wait });
            }
        };
        let look = || async {
            let content = content.clone();
            let looked = crate::blocking::run(&*shared.runtime, move || look(&content)).await;
            looked.unwrap_or_else(|| Err(io::Error::other("its reader stopped")))
        };
        let looked = shared.patiently(cancellation, waiting, look).await;
        let (fingerprint, head) = looked.map_err(|error| {
            let is_cancelled = cancellation.is_some_and(Cancellation::is_cancelled);
            match is_cancelled && is_local_shortage(&error) {
                true => Error::cancelled_early(),
                false => Error::source_unreadable(error),
            }
        })?;
        let size = ByteSize::new(fingerprint.size_bytes);
        let (mut contradicted, mut contents) = (None, None);
        let plan = match &settings.resume {
            Some(checkpoint) if checkpoint.plan().size != size => {
                return Err(Error::local(
                    ErrorKind::SourceChanged,
                    "the file is not the one whose upload was begun: its size differs",
                    "upload it anew",
                ));
            }
            Some(_) => None,
            None => {
                let detection = media::detect(&head, source.name());
                match &settings.media_type {
                    Some(wanted) => {
                        let is_contradicted = media::contradicts(&head, wanted);
                        contents = is_contradicted.then(|| detection.contents());
                    }
                    None => contradicted = detection.contradicted_extension().cloned(),
                }
                Some(plan(source, size, &detection, settings)?)
            }
        };
        let hands = Hands {
            shared: Arc::clone(shared),
            content: source.content.clone(),
            fingerprint,
            observer: settings.observer.clone(),
            cancellation: settings.cancellation.clone(),
            secrets: Mutex::default(),
            resumes_blindly: AtomicBool::new(false),
        };
        Ok(Self {
            clock: Clock::new(Arc::clone(shared)),
            hands: Arc::new(hands),
            plan,
            contradicted,
            is_hashed: false,
            contents,
            config: settings.config(client)?,
        })
    }

    /// Returns what is to be uploaded, unless a checkpoint says it.
    pub(super) const fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }

    /// Takes note of the digest of the source.
    pub(super) fn know(&mut self, digest: Sha256Digest) {
        if let Some(plan) = &mut self.plan {
            plan.digest = Some(digest);
            self.is_hashed = true;
        }
    }

    /// Returns `true` if the content was read in this run.
    pub(super) const fn is_hashed(&self) -> bool {
        self.is_hashed
    }

    /// Has the deadline count from now on: a file among others may have waited for its turn.
    pub(super) fn begin_deadline(&mut self) {
        self.config.began = Some(self.clock.now());
    }

    /// Looks at the source once more. The time goes on as before.
    pub(super) async fn again(
        self,
        client: &Client,
        source: &Source,
        settings: &Settings,
    ) -> Result<Self, Error> {
        let mut look = Self::new(client, source, settings).await?;
        look.config.began = self.config.began;
        look.clock = self.clock;
        Ok(look)
    }

    /// Returns when the upload has to have ended.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let limit = self.config.deadline?;
        Some(self.config.began?.after(limit))
    }

    /// Begins a new upload.
    pub(super) fn begin(self) -> Result<Job, Error> {
        let id = self.hands.shared.fresh_id()?;
        let now = self.clock.now();
        let plan = self.plan.clone();
        let plan = plan.expect("an upload without a plan has a checkpoint, and is resumed");
        let machine = Machine::new(plan, self.config.clone(), id, now);
        Ok(self.into_job(machine, false))
    }

    /// Resumes an upload. When it is not certain that the source is still the same, it is read first.
    pub(super) fn resume(
        mut self,
        checkpoint: Checkpoint,
        is_certain: bool,
    ) -> Result<Job, ResumeError> {
        self.config.verify_source = !is_certain;
        let is_unverified = !is_certain && checkpoint.finished().is_none();
        let is_blind = checkpoint.digest().is_none();
        self.hands
            .resumes_blindly
            .store(is_blind, Ordering::Relaxed);
        let machine = Machine::resume(checkpoint, self.config.clone(), self.clock.now())?;
        Ok(self.into_job(machine, is_unverified))
    }

    fn into_job(self, machine: Machine, is_unverified: bool) -> Job {
        self.hands.observe(&Progress::Planned {
            media_type: &machine.plan().media_type,
            contradicted_name: self.contradicted.as_ref(),
            contradicted_contents: self.contents.as_deref(),
            size: machine.plan().size,
            route: machine.route(),
        });
        Job {
            machine,
            clock: self.clock,
            hands: self.hands,
            entry: None,
            is_unverified,
        }
    }
}

fn plan(
    source: &Source,
    size: ByteSize,
    detection: &Detection,
    settings: &Settings,
) -> Result<Plan, Error> {
    // An empty file has no type; that it is empty is the better thing to say.
    if size.bytes() == 0 {
        return Err(Error::empty_source());
    }
    let media_type = match (&settings.media_type, detection.media_type()) {
        // Who names the type may know more than the bytes show, and the server has the last word.
        (Some(wanted), _) if wanted.is_accepted_in_direct_upload() => wanted.clone(),
        (Some(wanted), _) => return Err(Error::unsupported_request(wanted)),
        (None, Some(found)) if found.is_accepted_in_direct_upload() => found.clone(),
        (None, _) => return Err(Error::unsupported(detection)),
    };
    if settings.route == Route::Single && !media_type.is_accepted_in_single_request() {
        return Err(Error::local(
            ErrorKind::UnsupportedType,
            format!("{media_type} is not taken in a single request; nothing was sent"),
            "use the direct route, or leave the choice of the route to the client",
        ));
    }
    let file_name = source.name().filter(|name| !name.is_empty());
    let file_name = file_name.map_or_else(
        || format!("upload.{}", media_type.extension().unwrap_or("bin")),
        str::to_owned,
    );
    let mut plan = Plan::new(file_name, media_type, size)?;
    plan.route = settings.route;
    plan.checksum = settings.checksum;
    plan.digest = settings.digest;
    Ok(plan)
}

/// Reads what identifies the source, and its first bytes.
fn look(content: &Content) -> io::Result<(Fingerprint, Vec<u8>)> {
    let opened = content.open()?;
    let fingerprint = opened.fingerprint()?;
    Ok((fingerprint, media::read_head(opened)?))
}
