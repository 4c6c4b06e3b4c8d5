use std::{
    error::Error as StdError,
    fmt, io,
    path::{Path, PathBuf},
};

use heygen_client::JournalError;

use crate::database::is_busy;

/// A journal that could not be used.
///
/// `Display` says which and why; it never contains a URL or a credential.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    path: PathBuf,
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

/// What kept a journal from being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A newer version of this crate wrote it. It was left as it is.
    Newer,
    /// It is a file of another program. It was left as it is.
    Foreign,
    /// It is a link, or one of the files beside it is. Links are not followed.
    Link,
    /// Other processes kept it busy for too long.
    Busy,
    /// The disk or the folder did not allow it.
    Unusable,
    /// There is no home to keep it in.
    NoPlace,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, path: &Path) -> Self {
        let path = path.to_owned();
        Self {
            kind,
            path,
            cause: None,
        }
    }

    pub(crate) fn io(path: &Path, cause: io::Error) -> Self {
        let kind = match cause.kind() {
            _ if cause.get_ref().is_some_and(|cause| cause.is::<Link>()) => ErrorKind::Link,
            io::ErrorKind::WouldBlock => ErrorKind::Busy,
            _ => ErrorKind::Unusable,
        };
        Self {
            cause: Some(cause.into()),
            ..Self::new(kind, path)
        }
    }

    pub(crate) fn sqlite(path: &Path, cause: rusqlite::Error) -> Self {
        let kind = match is_busy(&cause) {
            true => ErrorKind::Busy,
            false => ErrorKind::Unusable,
        };
        Self {
            cause: Some(cause.into()),
            ..Self::new(kind, path)
        }
    }

    /// Returns what kept the journal from being used.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the file of the journal; empty when there is no place for one.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns what to do about it, in a sentence.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self.kind {
            ErrorKind::Newer => "use the newer version, or keep the journal in another file",
            ErrorKind::Foreign => "keep the journal in another file",
            ErrorKind::Link => "name the file that the link leads to, or remove the link",
            ErrorKind::Busy => "try again, or look for a process that has stopped half-way",
            ErrorKind::Unusable => "check the folder, its permissions and the space on the disk",
            ErrorKind::NoPlace => "set HOME, or name a file for the journal",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match self.kind {
            ErrorKind::Newer => write!(
                f,
                "a newer version of this program wrote the journal {path}, or a record in it"
            ),
            ErrorKind::Link => write!(f, "the journal {path} is not opened through a link"),
            ErrorKind::Foreign => write!(f, "{path} is a file of another program and no journal"),
            ErrorKind::Busy => write!(f, "the journal {path} is kept busy by other processes"),
            ErrorKind::Unusable => write!(f, "the journal {path} could not be used"),
            ErrorKind::NoPlace => f.write_str("there is no home to keep the journal in"),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let cause = self.cause.as_deref()?;
        Some(cause)
    }
}

impl From<Error> for JournalError {
    fn from(error: Error) -> Self {
        match error.kind {
            ErrorKind::Newer => Self::newer(error),
            _ => Self::new(error),
        }
    }
}

/// A link where a file of the journal should be.
#[derive(Debug)]
pub(crate) struct Link(pub(crate) PathBuf);

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is a link", self.0.display())
    }
}

impl StdError for Link {}
