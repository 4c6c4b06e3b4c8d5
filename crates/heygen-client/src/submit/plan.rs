//! What is to be done about the files of a request, and in which places they end.

use std::sync::Arc;

use heygen_types::{Operation, Url};

use super::{
    SubmitObserver, SubmitProgress,
    attachment::{Attachment, FileRef, Place},
    checks, inline,
    input::Link,
};
use crate::{
    Cancellation, Client, Error, FileIdentity, Progress, Source, Upload, UploadedFile,
    cancellation::cancelled_by,
    race::{self, First, Work, first},
    upload::Prepared,
};

/// What the files of one request have in common.
pub(super) struct Common {
    pub(super) client: Client,
    pub(super) observer: Option<Arc<dyn SubmitObserver>>,
    pub(super) cancellation: Option<Cancellation>,
    pub(super) each_upload: Option<Box<dyn Fn(Upload) -> Upload + Send + Sync>>,
}

/// The files of a request after they were looked at.
pub(super) struct Plan<O> {
    /// What is put into the request, in the order in which it was attached.
    puts: Vec<Put<O>>,
    uploads: Vec<LocalFile>,
    urls: Vec<(usize, Url)>,
    /// How many files there are.
    files: usize,
}

/// What is put into the request.
enum Put<O> {
    Known(Box<dyn FnOnce(&mut O) + Send>),
    /// What an upload gives, by its place among the uploads.
    Uploaded(usize, Place<O, FileRef>),
}

/// A file to upload.
struct LocalFile {
    index: usize,
    source: Source,
    /// `None` for content that is no file.
    identity: Option<FileIdentity>,
    prepared: Prepared,
}

impl<O: Operation + 'static> Plan<O> {
    pub(super) const fn new() -> Self {
        Self {
            puts: Vec::new(),
            uploads: Vec::new(),
            urls: Vec::new(),
            files: 0,
        }
    }

    /// Looks at a file: what is wrong with it is said before the first one is uploaded.
    pub(super) async fn add(&mut self, file: Attachment<O>, common: &Common) -> Result<(), Error> {
        let put = match file {
            Attachment::Step(place) => {
                self.puts.push(known((), place));
                return Ok(());
            }
            Attachment::Ready(input, place) => known(input, place),
            Attachment::Link(Link::Asset(id), place) => known(FileRef::Asset(id), place),
            Attachment::Link(Link::Url(url), place) => {
                self.urls.push((self.files, url.clone()));
                known(FileRef::Url(url), place)
            }
            Attachment::Link(Link::Local(source), place) => {
                Put::Uploaded(self.upload(source, common).await?, place)
            }
            Attachment::Inline(source, place) => {
                let shown = source.shown();
                let input = inline::encode(&common.client.shared, source).await;
                known(input.map_err(|error| error.of_file(shown))?, place)
            }
        };
        self.puts.push(put);
        self.files += 1;
        Ok(())
    }

    /// Makes sure of an upload and returns its place: a file that stands in several places of a
    /// request is uploaded once, however its path is written.
    async fn upload(&mut self, source: Source, common: &Common) -> Result<usize, Error> {
        let looked_at = source.clone();
        let look = move || looked_at.identity();
        let identity = crate::blocking::run(&*common.client.shared.runtime, look).await;
        // What is wrong with the file is found out, and said, when it is prepared.
        let identity = identity.and_then(Result::ok).flatten();
        let same = |upload: &LocalFile| {
            let is_named_alike = upload.source.chosen_name() == source.chosen_name();
            identity.is_some() && upload.identity == identity && is_named_alike
        };
        if let Some(place) = self.uploads.iter().position(same) {
            return Ok(place);
        }
        let index = self.files;
        let upload = common.upload(index, source.clone());
        let prepared = upload.prepare().await?;
        self.uploads.push(LocalFile {
            index,
            identity,
            prepared,
            source,
        });
        Ok(self.uploads.len() - 1)
    }

    /// Uploads what is to be uploaded, at most `concurrency` files at a time, and asks for the
    /// sizes of URLs beside that.
    pub(super) async fn carry_out(
        self,
        concurrency: usize,
        common: &Common,
    ) -> Result<Filling<O>, Error> {
        let uploads = self.uploads.into_iter().map(|file| file.into_work(common));
        let uploads: Work<_> = Box::pin(race::all(concurrency, uploads.collect()));
        let checks = self.urls.into_iter().filter_map(|url| common.check(url));
        let checks: Vec<Work<_>> = checks.collect();
        // Questions are small: only uploads wait for each other.
        let checks: Work<_> = Box::pin(async move {
            let _: Result<Vec<()>, ((), _)> = race::all(checks.len(), checks).await;
            Ok(Vec::new())
        });
        match race::all(2, vec![uploads, checks]).await {
            Ok(uploaded) => Ok(Filling {
                puts: self.puts,
                uploaded: uploaded.into_iter().flatten().collect(),
            }),
            Err(((error, uploaded), _)) => Err(error.with_uploaded(uploaded)),
        }
    }
}

/// Everything that is put into the request.
pub(super) struct Filling<O> {
    puts: Vec<Put<O>>,
    uploaded: Vec<UploadedFile>,
}

impl<O> Filling<O> {
    /// Puts everything into its place, and returns what was uploaded for it.
    pub(super) fn put_into(self, request: &mut O) -> Vec<UploadedFile> {
        for put in self.puts {
            match put {
                Put::Known(put) => put(request),
                Put::Uploaded(upload, place) => {
                    let asset_id = self.uploaded[upload].asset_id.clone();
                    place(request, FileRef::Asset(asset_id));
                }
            }
        }
        self.uploaded
    }
}

fn known<O: 'static, T: Send + 'static>(file: T, place: Place<O, T>) -> Put<O> {
    Put::Known(Box::new(move |request| place(request, file)))
}

impl LocalFile {
    fn into_work(self, common: &Common) -> Work<Result<UploadedFile, Error>> {
        let observer = common.observer.clone();
        let (index, shown) = (self.index, self.source.shown());
        Box::pin(async move {
            let asset = self.prepared.drive().await?;
            if let Some(observer) = observer {
                observer.observe(&SubmitProgress::Uploaded {
                    index,
                    file: &shown,
                    asset: &asset,
                });
            }
            Ok(UploadedFile {
                file: shown,
                asset_id: asset.asset_id,
            })
        })
    }
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

    /// Asks for the size of the file behind a URL, when there is anybody to tell.
    fn check(&self, (index, url): (usize, Url)) -> Option<Work<Result<(), ()>>> {
        let observer = self.observer.clone()?;
        let client = self.client.clone();
        let cancellation = self.cancellation.clone();
        Some(Box::pin(async move {
            let cancelled = cancelled_by(cancellation.as_ref());
            let size = first(cancelled, checks::size_above_limit(&client, &url)).await;
            if let First::That(Some(size)) = size {
                observer.observe(&SubmitProgress::LargeUrl {
                    index,
                    url: &url,
                    size,
                    limit: checks::URL_MAX,
                });
            }
            Ok(())
        }))
    }
}
