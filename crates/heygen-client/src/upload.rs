mod driver;
mod prepare;
mod remembered;
mod steps;

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
    sync::Arc,
    time::Duration,
};

use heygen_types::{MediaType, Sha256Digest};
use heygen_upload_core::{Checkpoint, Checksum, Config, Finished, Route, WaitPolicy};

use prepare::Look;

use crate::{Cancellation, Client, Error, Journal, Observer, Source};

/// An uploaded file, ready to be used by its `asset_id`.
pub type Asset = Finished;

/// One upload, to be set up and awaited.
///
/// Dropping the future stops the upload where it is.
#[must_use = "an upload does nothing until it is awaited"]
pub struct Upload {
    client: Client,
    source: Source,
    settings: Settings,
}

/// What makes a checkpoint durable.
type SaveCheckpoint = Arc<dyn Fn(&Checkpoint) + Send + Sync>;

pub(crate) struct Settings {
    route: Route,
    checksum: Checksum,
    media_type: Option<MediaType>,
    digest: Option<Sha256Digest>,
    deadline: Option<Duration>,
    wait: Option<WaitPolicy>,
    observer: Option<Arc<dyn Observer>>,
    cancellation: Option<Cancellation>,
    on_checkpoint: Option<SaveCheckpoint>,
    resume: Option<Checkpoint>,
    journal: Option<Arc<dyn Journal>>,
    is_fresh: bool,
}

impl Upload {
    pub(crate) fn new(client: Client, source: Source) -> Self {
        Self {
            client,
            source,
            settings: Settings {
                route: Route::default(),
                checksum: Checksum::default(),
                media_type: None,
                digest: None,
                deadline: None,
                wait: None,
                observer: None,
                cancellation: None,
                on_checkpoint: None,
                resume: None,
                journal: None,
                is_fresh: false,
            },
        }
    }

    /// Chooses the route. Default: one request for what fits into one, direct upload for the rest.
    pub const fn route(mut self, route: Route) -> Self {
        self.settings.route = route;
        self
    }

    /// Chooses how a direct upload is verified. Default: the file is hashed first, its digest is
    /// declared, and storage refuses any other bytes.
    pub const fn checksum(mut self, checksum: Checksum) -> Self {
        self.settings.checksum = checksum;
        self
    }

    /// Declares the type of the file instead of finding it out from its bytes. When the bytes
    /// contradict it the observer is told, in [`Progress::Planned`](crate::Progress::Planned), and
    /// the file is sent nevertheless: the server decides.
    pub fn media_type(mut self, media_type: MediaType) -> Self {
        self.settings.media_type = Some(media_type);
        self
    }

    /// Gives the digest of the file when it is known already, which saves reading it twice. A
    /// wrong one ends the upload.
    pub const fn digest(mut self, digest: Sha256Digest) -> Self {
        self.settings.digest = Some(digest);
        self
    }

    /// Limits the time of the whole upload. Default: no limit.
    pub const fn deadline(mut self, limit: Duration) -> Self {
        self.settings.deadline = Some(limit);
        self
    }

    /// Waits until the server has processed the stored file. Default: no.
    pub fn wait(mut self, policy: WaitPolicy) -> Self {
        self.settings.wait = Some(policy);
        self
    }

    /// Has an observer told how the upload goes on.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.settings.observer = Some(Arc::new(observer));
        self
    }

    /// Lets a switch cancel the upload.
    pub fn cancellation(mut self, cancellation: &Cancellation) -> Self {
        self.settings.cancellation = Some(cancellation.clone());
        self
    }

    /// Has every checkpoint handed over. The upload goes on when `save` returns, so what it makes
    /// durable is durable before the next request is sent.
    pub fn on_checkpoint(mut self, save: impl Fn(&Checkpoint) + Send + Sync + 'static) -> Self {
        self.settings.on_checkpoint = Some(Arc::new(save));
        self
    }

    /// Resumes an upload from a checkpoint. The source must be unchanged: its size is checked, and
    /// where the checkpoint has a digest, the source is read and compared with it before anything is
    /// sent or completed.
    ///
    /// Route, checksum mode and media type are those of the checkpoint. A
    /// [`journal`](Self::journal) does all this by itself, and is not asked here.
    pub fn resume(mut self, checkpoint: Checkpoint) -> Self {
        self.settings.resume = Some(checkpoint);
        self
    }

    /// Remembers the upload in a journal, so that it survives its process.
    ///
    /// - While somebody else uploads the same file for the same account, this upload waits.
    /// - When the same bytes were uploaded before, which takes reading the file once where the
    ///   journal knows assets of its size, and the asset still exists, that asset is the result.
    ///   Without [a checksum](Checksum::Off) nothing is read, and only the same version of the same
    ///   file is known to be the same bytes; what was uploaded so is not found by its digest.
    /// - An upload of the same version of the file with the same settings that was begun and not
    ///   finished goes on. Another path, size or time of modification is another version. Where only
    ///   the [fingerprint](crate::Fingerprint) differs otherwise, as after a hard link, the file is
    ///   read and compared with the digest of what was begun; without a digest, as with
    ///   [`Checksum::Off`], it counts as another version. Storage takes no parts of a file: bytes
    ///   that were accepted are not sent again, and bytes that were on their way are sent from the
    ///   first one.
    ///   The server knows the key of a single request for 24 hours: one that was interrupted and
    ///   goes on later than that may be stored twice.
    /// - An upload that failed for good is forgotten, one that can still end well is kept. When it
    ///   was one that was begun before, a new one is begun at once.
    ///
    /// A journal that cannot be used costs the memory of this upload only: the observer is told,
    /// and the upload goes on. One that a newer version of this program wrote ends it before anything
    /// is sent ([`NewerJournal`](crate::ErrorKind::NewerJournal)). After a
    /// [cancellation](Self::cancellation) the journal is waited for no longer than half a second. Content that is not a file, and what has a
    /// [place](crate::OpenSource::place) but no time of modification, is known by its digest, and
    /// not remembered at all without a checksum.
    ///
    /// Equal bytes at two places that are uploaded at the same time become two assets: neither
    /// upload knows of the other before it has finished.
    pub fn journal(mut self, journal: impl Journal) -> Self {
        self.settings.journal = Some(Arc::new(journal));
        self
    }

    /// Uploads anew, whatever the journal knows. Default: no.
    pub const fn fresh(mut self, is_fresh: bool) -> Self {
        self.settings.is_fresh = is_fresh;
        self
    }

    async fn run(self) -> Result<Asset, Error> {
        self.prepare().await?.drive().await
    }

    /// Looks at the source, so that what is wrong with it is said before anything is sent.
    pub(crate) async fn prepare(self) -> Result<Prepared, Error> {
        let look = Look::new(&self.client, &self.source, &self.settings).await;
        Ok(Prepared {
            look: look.map_err(|error| error.of_file(self.source.shown()))?,
            client: self.client,
            source: self.source,
            settings: self.settings,
        })
    }
}

/// An upload that needs nothing but to be carried out.
pub(crate) struct Prepared {
    look: Look,
    client: Client,
    source: Source,
    settings: Settings,
}

impl Prepared {
    pub(crate) async fn drive(self) -> Result<Asset, Error> {
        let file = self.source.shown();
        let end = self.carry_out().await;
        end.map_err(|error| error.of_file(file))
    }

    async fn carry_out(self) -> Result<Asset, Error> {
        let Self {
            mut look,
            client,
            source,
            settings,
        } = self;
        look.begin_deadline();
        match (&settings.resume, &settings.journal) {
            (Some(checkpoint), _) => {
                // Nobody knows which version of the source it is of, but by its digest.
                let is_certain = checkpoint.digest().is_none();
                let job = look.resume(checkpoint.clone(), is_certain);
                driver::drive(&mut job.map_err(Error::not_resumable)?, &settings).await
            }
            (None, None) => driver::drive(&mut look.begin()?, &settings).await,
            (None, Some(journal)) => {
                remembered::upload(&client, &source, look, &settings, journal).await
            }
        }
    }
}

impl Settings {
    /// Returns how the machine is to behave.
    fn config(&self, client: &Client) -> Result<Config, Error> {
        let mut config = Config::default();
        config.retry = client.shared.retry.clone();
        config.deadline = self.deadline;
        config.wait.clone_from(&self.wait);
        config.can_refresh_credential = client.shared.credential.can_refresh();
        config.seed = client.shared.seed()?;
        Ok(config)
    }
}

impl IntoFuture for Upload {
    type Output = Result<Asset, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    /// # Errors
    ///
    /// Before anything is sent: [`Source`](crate::ErrorKind::Source),
    /// [`UnsupportedType`](crate::ErrorKind::UnsupportedType) or
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput). Later any kind; the error then says at
    /// which step, and what was stored.
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("source", &self.source)
            .field("route", &self.settings.route)
            .field("checksum", &self.settings.checksum)
            .finish_non_exhaustive()
    }
}
