//! From the files of a request to what stands in it: looked at, uploaded, put into its place.

use std::sync::Arc;

use heygen_types::{AssetId, AssetInput, AssetLink, Operation, Url};

use super::{PartOf, SubmitObserver, SubmitProgress, checks, inline, input::Link};
use crate::{
    Cancellation, Client, Error, Progress, Source, Upload, UploadedFile,
    cancellation::cancelled_by,
    race::{First, Work, first},
    upload::Prepared,
};

/// A file, and what puts it into the request.
pub(super) enum Attachment<O> {
    Link(Link, Place<O, FileRef>),
    Inline(Source, Place<O, AssetInput>),
    Ready(AssetInput, Place<O, AssetInput>),
    /// No file, but something that has to happen between two files.
    Step(Place<O, ()>),
}

/// What puts a file into a request. It is called twice: on a copy whose limits are checked before
/// anything is uploaded, and on the request itself.
type Place<O, T> = Box<dyn Fn(&mut O, T) + Send>;

/// Turns what puts a file into a part of a request into what puts it into the whole.
pub(super) fn whole<O, R: PartOf<O>, T>(place: impl Fn(&mut R, T) + Send + 'static) -> Place<O, T> {
    Box::new(move |request, file| place(R::part_of(request), file))
}

/// What a file is by the time the request is sent, where base64 is not taken.
pub(crate) enum FileRef {
    Asset(AssetId),
    Url(Url),
}

impl From<FileRef> for AssetLink {
    fn from(file: FileRef) -> Self {
        match file {
            FileRef::Asset(asset_id) => Self::asset(asset_id),
            FileRef::Url(url) => Self::url(url),
        }
    }
}

impl From<FileRef> for AssetInput {
    fn from(file: FileRef) -> Self {
        AssetLink::from(file).into()
    }
}

/// Stands in the place of a file until the file is there. A request is never sent with it.
pub(crate) fn stand_in<T: From<AssetId>>() -> T {
    let id: AssetId = "yet_to_be_uploaded".parse().expect("a word is an id");
    id.into()
}

/// What the files of one request have in common.
pub(super) struct Common {
    pub(super) client: Client,
    pub(super) observer: Option<Arc<dyn SubmitObserver>>,
    pub(super) cancellation: Option<Cancellation>,
    pub(super) each_upload: Option<Box<dyn Fn(Upload) -> Upload + Send + Sync>>,
}

/// A file that was looked at.
pub(super) enum LookedAt<O> {
    Usable(Usable<O>),
    Url(Url, Place<O, FileRef>),
    Local(String, Box<Prepared>, Place<O, FileRef>),
}

/// A file that can be used.
pub(super) struct Usable<O> {
    pub(super) put: Box<dyn FnOnce(&mut O) + Send>,
    /// What was uploaded for it.
    pub(super) uploaded: Option<UploadedFile>,
}

impl<O: Operation + 'static> Attachment<O> {
    /// Tells whether it counts among the files of the request.
    pub(super) const fn is_file(&self) -> bool {
        !matches!(self, Self::Step(_))
    }

    /// Puts something into a request by which its limits can be checked.
    pub(super) fn put_stand_in(&self, request: &mut O) {
        match self {
            Self::Link(link, place) => place(
                request,
                match link {
                    Link::Asset(asset_id) => FileRef::Asset(asset_id.clone()),
                    Link::Url(url) => FileRef::Url(url.clone()),
                    Link::Local(_) => FileRef::Asset(stand_in()),
                },
            ),
            Self::Inline(_, place) => place(request, stand_in()),
            Self::Ready(input, place) => place(request, input.clone()),
            Self::Step(place) => place(request, ()),
        }
    }

    /// Makes the file one of a larger request that contains this one.
    pub(super) fn within<W: 'static>(
        self,
        find: impl Fn(&mut W) -> Option<&mut O> + Send + 'static,
    ) -> Attachment<W> {
        fn widen<W: 'static, O: 'static, T: 'static>(
            place: Place<O, T>,
            find: impl Fn(&mut W) -> Option<&mut O> + Send + 'static,
        ) -> Place<W, T> {
            Box::new(move |request, file| {
                if let Some(part) = find(request) {
                    place(part, file);
                }
            })
        }
        match self {
            Self::Link(link, place) => Attachment::Link(link, widen(place, find)),
            Self::Inline(source, place) => Attachment::Inline(source, widen(place, find)),
            Self::Ready(input, place) => Attachment::Ready(input, widen(place, find)),
            Self::Step(place) => Attachment::Step(widen(place, find)),
        }
    }

    /// Looks at the file, so that what is wrong with it is said before the first one is uploaded.
    pub(super) async fn look(self, index: usize, common: &Common) -> Result<LookedAt<O>, Error> {
        match self {
            Self::Link(Link::Asset(id), place) => Ok(usable(FileRef::Asset(id), place)),
            Self::Link(Link::Url(url), place) => Ok(LookedAt::Url(url, place)),
            Self::Link(Link::Local(source), place) => {
                let shown = source.shown();
                let prepared = common.upload(index, source).prepare().await;
                let prepared = prepared.map_err(|error| error.about(&shown))?;
                Ok(LookedAt::Local(shown, Box::new(prepared), place))
            }
            Self::Inline(source, place) => {
                let shown = source.shown();
                let input = inline::encode(&*common.client.shared.runtime, source).await;
                Ok(usable(input.map_err(|error| error.about(shown))?, place))
            }
            Self::Ready(input, place) => Ok(usable(input, place)),
            Self::Step(place) => Ok(usable((), place)),
        }
    }
}

fn usable<O: 'static, T: Send + 'static>(file: T, place: Place<O, T>) -> LookedAt<O> {
    LookedAt::Usable(Usable {
        put: Box::new(move |request| place(request, file)),
        uploaded: None,
    })
}

impl Common {
    fn upload(&self, index: usize, source: Source) -> Upload {
        let shown = source.shown();
        let mut upload = self.client.assets().upload(source);
        if let Some(observer) = self.observer.clone() {
            upload = upload.observer(move |progress: &Progress<'_>| {
                observer.observe(&SubmitProgress::Uploading {
                    index,
                    file: &shown,
                    progress,
                });
            });
        }
        if let Some(cancellation) = &self.cancellation {
            upload = upload.cancellation(cancellation);
        }
        match &self.each_upload {
            Some(change) => change(upload),
            None => upload,
        }
    }
}

impl<O: Operation + 'static> LookedAt<O> {
    /// Makes the file usable.
    pub(super) fn into_work(self, index: usize, common: &Common) -> Work<Result<Usable<O>, Error>> {
        let observer = common.observer.clone();
        match self {
            Self::Usable(usable) => Box::pin(std::future::ready(Ok(usable))),
            Self::Url(url, place) => {
                let shared = Arc::clone(&common.client.shared);
                let cancellation = common.cancellation.clone();
                Box::pin(async move {
                    let cancelled = cancelled_by(cancellation.as_ref());
                    // Without anybody to tell there is no need to ask.
                    if let Some(observer) = observer
                        && let First::That(Some(size)) =
                            first(cancelled, checks::size_above_limit(&shared, &url)).await
                    {
                        let (url, limit) = (&url, checks::URL_MAX);
                        let warning = SubmitProgress::LargeUrl {
                            index,
                            url,
                            size,
                            limit,
                        };
                        observer.observe(&warning);
                    }
                    let put = move |request: &mut O| place(request, FileRef::Url(url));
                    Ok(Usable {
                        put: Box::new(put),
                        uploaded: None,
                    })
                })
            }
            Self::Local(shown, prepared, place) => Box::pin(async move {
                let asset = prepared
                    .drive()
                    .await
                    .map_err(|error| error.about(&shown))?;
                if let Some(observer) = observer {
                    let (file, asset) = (shown.as_str(), &asset);
                    observer.observe(&SubmitProgress::Uploaded { index, file, asset });
                }
                let asset_id = asset.asset_id.clone();
                let put = move |request: &mut O| place(request, FileRef::Asset(asset_id));
                Ok(Usable {
                    put: Box::new(put),
                    uploaded: Some(UploadedFile {
                        file: shown,
                        asset_id: asset.asset_id,
                    }),
                })
            }),
        }
    }
}
