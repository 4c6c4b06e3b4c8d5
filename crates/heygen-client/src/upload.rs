mod driver;
mod prepare;
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

use crate::{Cancellation, Client, Error, Observer, Source};

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

    /// Declares the type of the file instead of finding it out from its bytes.
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

    /// Goes on with an upload that was begun before. The source has to be the same; its size is
    /// checked here, and so is its digest wherever it was known.
    ///
    /// Route, checksum mode and media type are those of the checkpoint.
    pub fn resume(mut self, checkpoint: Checkpoint) -> Self {
        self.settings.resume = Some(checkpoint);
        self
    }

    async fn run(self) -> Result<Asset, Error> {
        self.prepare().await?.drive().await
    }

    /// Looks at the source, so that what is wrong with it is said before anything is sent.
    pub(crate) async fn prepare(self) -> Result<Prepared, Error> {
        let job = prepare::Job::new(&self.client, &self.source, &self.settings).await?;
        Ok(Prepared {
            job,
            settings: self.settings,
        })
    }
}

/// An upload that needs nothing but to be carried out.
pub(crate) struct Prepared {
    job: prepare::Job,
    settings: Settings,
}

impl Prepared {
    pub(crate) async fn drive(self) -> Result<Asset, Error> {
        driver::drive(self.job, &self.settings).await
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
        config.seed = crate::client::seed()?;
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
