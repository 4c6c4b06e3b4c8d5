use std::{error::Error, time::Duration};

use heygen_types::{AssetId, ByteSize, MediaType};
use heygen_upload_core::{Failure, Route, StepKind};

use crate::JournalError;

/// Is told how an upload goes on. A closure `Fn(&Progress<'_>)` is one.
///
/// It is called from the task that drives the upload and from the thread that reads the file, so
/// it should return quickly.
pub trait Observer: Send + Sync + 'static {
    /// Something happened.
    fn observe(&self, progress: &Progress<'_>);
}

impl<F: Fn(&Progress<'_>) + Send + Sync + 'static> Observer for F {
    fn observe(&self, progress: &Progress<'_>) {
        self(progress);
    }
}

/// A request that failed and will be repeated, outside of an upload. Uploads report their retries
/// as [`Progress::Retrying`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RequestRetry<'a> {
    /// How it failed.
    pub failure: &'a Failure,
    /// How often it was sent so far.
    pub attempts: u32,
    /// How long the wait before the next attempt is.
    pub wait: Duration,
}

/// How an upload goes on.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Progress<'a> {
    /// The file was looked at, and the upload begins.
    Planned {
        /// The type of the file.
        media_type: &'a MediaType,
        /// The type that the name of the file claims, when the bytes say another.
        contradicted_name: Option<&'a MediaType>,
        /// What is in the file, in words, when that contradicts the
        /// [type that was asked for](crate::Upload::media_type). The file is sent as asked.
        contradicted_contents: Option<&'a str>,
        /// The size of the file.
        size: ByteSize,
        /// The route that was chosen.
        route: Route,
    },
    /// Another process, or another upload of this one, is at the same file. This one waits for it.
    Elsewhere,
    /// The same bytes are stored already, and the asset is still there: nothing is sent.
    AlreadyStored {
        /// The asset.
        asset_id: &'a AssetId,
    },
    /// The upload was begun before and goes on.
    Resumed {
        /// Whether storage has the bytes already.
        stored: bool,
    },
    /// The journal cannot be used. The upload goes on, but it will not be found again.
    NotRemembered {
        /// Why.
        error: &'a JournalError,
    },
    /// This machine has no file descriptor or memory left to read the file or to use the journal. It
    /// is tried again after a wait; fewer uploads at once need less.
    LocalResources {
        /// What the system said.
        error: &'a (dyn Error + 'static),
        /// How long the wait is.
        wait: Duration,
    },
    /// The file is hashed before it is sent.
    Hashing {
        /// How much is hashed.
        done: ByteSize,
        /// How much there is.
        total: ByteSize,
    },
    /// The file is sent. A repeated attempt starts from zero.
    Sending {
        /// How much the connection has taken.
        done: ByteSize,
        /// How much there is.
        total: ByteSize,
    },
    /// Every byte is sent; the server has to say that it has them.
    Finishing,
    /// The server works on the stored file.
    Waiting,
    /// A step failed and will be repeated.
    Retrying {
        /// The step that failed.
        step: StepKind,
        /// How it failed.
        failure: &'a Failure,
        /// How long the wait is.
        wait: Duration,
    },
    /// The file is too large for one request after all and goes by direct upload.
    GoingDirect,
    /// The presigned URL can no longer be used; another one is asked for.
    NewUrl,
}
