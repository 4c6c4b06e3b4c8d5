use heygen_types::{ByteSize, Url};

use crate::{Asset, Progress};

/// Is told how a request with files goes on. A closure `Fn(&SubmitProgress<'_>)` is one.
///
/// It is called from the task that drives the request and from the threads that read files, so it
/// should return quickly.
pub trait SubmitObserver: Send + Sync + 'static {
    /// Something happened.
    fn observe(&self, progress: &SubmitProgress<'_>);
}

impl<F: Fn(&SubmitProgress<'_>) + Send + Sync + 'static> SubmitObserver for F {
    fn observe(&self, progress: &SubmitProgress<'_>) {
        self(progress);
    }
}

/// How a request with files goes on.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum SubmitProgress<'a> {
    /// A local file goes on.
    #[non_exhaustive]
    Uploading {
        /// The place of the file among the files of the request, from zero.
        index: usize,
        /// The path of the file, or its name where it has no path.
        file: &'a str,
        /// How its upload goes on.
        progress: &'a Progress<'a>,
    },
    /// A local file is uploaded.
    #[non_exhaustive]
    Uploaded {
        /// The place of the file among the files of the request, from zero.
        index: usize,
        /// The path of the file, or its name where it has no path.
        file: &'a str,
        /// What it is now.
        asset: &'a Asset,
    },
    /// A URL leads to a file that is larger than HeyGen fetches, by what its own server says. The
    /// request is made all the same.
    #[non_exhaustive]
    LargeUrl {
        /// The place of the file among the files of the request, from zero.
        index: usize,
        /// The URL.
        url: &'a Url,
        /// How large the file is.
        size: ByteSize,
        /// How large it should be at most: "32 MB" in the strict reading.
        limit: ByteSize,
    },
    /// Every file is there, and the request is sent.
    Sending,
}
