mod attachment;
mod checks;
mod inline;
mod input;
mod part;
mod plan;
mod progress;
mod run;
mod wait;

use std::{
    fmt,
    future::{Future, IntoFuture},
    marker::PhantomData,
    pin::Pin,
    sync::Arc,
};

use heygen_types::{AssetInput, AssetLink, IdempotencyKey, Operation};

pub use input::{FileInput, FileLink};
pub use part::PartOf;
pub use progress::{SubmitObserver, SubmitProgress};
pub use wait::{StartsJob, StartsJobs, SubmitAndWait, SubmitAndWaitAll};

use crate::{Cancellation, Client, Error, Upload};
use attachment::{Attachment, whole};
pub(crate) use attachment::{FileRef, stand_in};
use input::Input;

/// How many files of one request are uploaded at a time, unless it is said otherwise.
const CONCURRENCY: usize = 4;

/// A request with files that are yet to be uploaded, to be set up and awaited.
///
/// It checks the limits of the request and looks at every local file before it uploads the first
/// one; uploads the files, several at a time; puts what they have become into the request; and
/// sends that once, under one idempotency key where the operation has one.
///
/// A file that stands in several places under the same path is uploaded once.
///
/// When it fails after an upload the error says which files are stored by then, and
/// [`Error::uploaded`] gives their ids. Dropping the future stops everything where it is.
///
/// ```
/// # use heygen_client::{Client, Error, types::video_agents::AgentMode};
/// # async fn present(client: &Client) -> Result<(), Error> {
/// let session = client
///     .video_agents()
///     .create("Present this report")
///     .file("report.pdf")
///     .mode(AgentMode::Chat)
///     .await?;
/// println!("{}", session.session_id);
/// # Ok(())
/// # }
/// ```
///
/// `R` is what was started: the request itself, or the one of its variants whose fields
/// [`with`](Self::with) gives access to.
#[must_use = "a request does nothing until it is awaited"]
pub struct Submit<O: Operation, R = O> {
    client: Client,
    request: O,
    files: Vec<Attachment<O>>,
    settings: Settings<O>,
    part: PhantomData<fn() -> R>,
}

struct Settings<O: Operation> {
    concurrency: usize,
    key: Option<IdempotencyKey>,
    observer: Option<Arc<dyn SubmitObserver>>,
    cancellation: Option<Cancellation>,
    each_upload: Option<Box<dyn Fn(Upload) -> Upload + Send + Sync>>,
    on_created: Option<OnCreated<O::Response>>,
}

/// Who is told of the answer.
type OnCreated<T> = Box<dyn FnOnce(&T) + Send>;

impl Client {
    /// Starts a request of any operation whose files are yet to be uploaded.
    ///
    /// The methods of the [`resources`](crate::resources) do this, with a setter for each field. This
    /// is for requests that exist already: [`Submit::with`] changes their fields, and
    /// [`Submit::attach`] adds files.
    pub fn submit<O: Operation>(&self, request: O) -> Submit<O> {
        self.submit_part(request)
    }

    /// Starts a request with one of its variants.
    pub(crate) fn submit_part<O: Operation, R: PartOf<O> + Into<O>>(
        &self,
        request: R,
    ) -> Submit<O, R> {
        Submit {
            client: self.clone(),
            request: request.into(),
            files: Vec::new(),
            settings: Settings {
                concurrency: CONCURRENCY,
                key: None,
                observer: None,
                cancellation: None,
                each_upload: None,
                on_created: None,
            },
            part: PhantomData,
        }
    }
}

impl<O: Operation + 'static, R: PartOf<O> + 'static> Submit<O, R> {
    /// Changes the request, for fields that have no setter. Files, and items that were added one by one,
    /// are put into it when it is sent, behind what it holds already.
    pub fn with(mut self, change: impl FnOnce(&mut R)) -> Self {
        change(R::part_of(&mut self.request));
        self
    }

    /// Adds a file, and says where it goes in the request. `place` is called twice: the first time
    /// with another id on a copy of the request, whose limits are checked before anything is
    /// uploaded.
    pub fn attach(
        mut self,
        file: impl Into<FileInput>,
        place: impl Fn(&mut R, AssetInput) + Send + 'static,
    ) -> Self {
        match file.into().0 {
            Input::Link(link) => {
                return self.attach_ref(FileLink(link), move |part, file| place(part, file.into()));
            }
            Input::Inline(source) => self.files.push(Attachment::Inline(source, whole(place))),
            Input::Ready(input) => self.files.push(Attachment::Ready(input, whole(place))),
        }
        self
    }

    /// Adds a file for a place that refuses base64.
    pub fn attach_link(
        self,
        file: impl Into<FileLink>,
        place: impl Fn(&mut R, AssetLink) + Send + 'static,
    ) -> Self {
        self.attach_ref(file.into(), move |request, file| {
            place(request, file.into());
        })
    }

    /// Adds a file for a place that has a field for ids and another one for URLs.
    pub(crate) fn attach_ref(
        mut self,
        file: FileLink,
        place: impl Fn(&mut R, FileRef) + Send + 'static,
    ) -> Self {
        self.files.push(Attachment::Link(file.0, whole(place)));
        self
    }

    /// Changes the request when the files before are in their places, so that what has no file
    /// keeps its place among what has one.
    pub(crate) fn then(mut self, change: impl Fn(&mut R) + Send + 'static) -> Self {
        self.files
            .push(Attachment::Step(whole(move |part, ()| change(part))));
        self
    }

    /// Says how many files are uploaded at a time. Default: 4.
    pub const fn concurrency(mut self, uploads: usize) -> Self {
        self.settings.concurrency = uploads;
        self
    }

    /// Changes how each file is uploaded: its checksum mode, its deadline.
    pub fn each_upload(
        mut self,
        change: impl Fn(Upload) -> Upload + Send + Sync + 'static,
    ) -> Self {
        self.settings.each_upload = Some(Box::new(change));
        self
    }

    /// Sends the request under a key of the caller's own, so that a repeated call, even from
    /// another process, starts nothing twice within 24 hours; the files are uploaded again all the
    /// same. It is ignored by operations that declare no key.
    pub fn idempotency_key(mut self, key: IdempotencyKey) -> Self {
        self.settings.key = Some(key);
        self
    }

    /// Has an observer told how the files and the request go on, and warned of URLs to files that
    /// are too large. A closure `Fn(&SubmitProgress<'_>)` is one.
    pub fn observer(mut self, observer: impl SubmitObserver) -> Self {
        self.settings.observer = Some(Arc::new(observer));
        self
    }

    /// Lets a switch cancel the uploads, the request and the wait for its job.
    pub fn cancellation(mut self, cancellation: &Cancellation) -> Self {
        self.settings.cancellation = Some(cancellation.clone());
        self
    }

    /// Has the answer handed over as soon as it is there, for those who wait for the job and want
    /// its id in the meantime.
    pub fn on_created(mut self, on_created: impl FnOnce(&O::Response) + Send + 'static) -> Self {
        self.settings.on_created = Some(Box::new(on_created));
        self
    }
}

impl<O: Operation + 'static> Submit<O> {
    /// Puts another request into this one, with the files that belong to it.
    pub(crate) fn absorb<P: Operation + Clone + Send + 'static, Q>(
        mut self,
        item: Submit<P, Q>,
        items: fn(&mut O) -> &mut Vec<P>,
    ) -> Self {
        let Submit { request, files, .. } = item;
        // It comes in with its files, so that nothing can come between the two.
        self.files.push(Attachment::Step(Box::new(move |whole, ()| {
            items(whole).push(request.clone());
        })));
        let files = files.into_iter();
        self.files
            .extend(files.map(|file| file.within(move |whole| items(whole).last_mut())));
        self
    }
}

impl<O, R> IntoFuture for Submit<O, R>
where
    R: 'static,
    O: Operation<Response: Send> + Clone + Send + Sync + 'static,
{
    type Output = Result<O::Response, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    /// # Errors
    ///
    /// Before anything is uploaded: [`InvalidInput`](crate::ErrorKind::InvalidInput) when a limit
    /// is exceeded or a local path looks like a URL, and what every local file has to say. Later
    /// that of the first upload that failed, or that of the request.
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<O: Operation + fmt::Debug, R> fmt::Debug for Submit<O, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submit")
            .field("request", &self.request)
            .field("files", &self.files.len())
            .finish_non_exhaustive()
    }
}
