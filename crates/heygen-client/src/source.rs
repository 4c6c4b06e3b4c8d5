mod file;

use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;

use file::FileSource;

use crate::{Error, ErrorKind};

/// Something to upload: a file, bytes, or anything that can be opened again.
///
/// A source is opened once for every attempt, so a body is never used up by a failure.
#[derive(Clone)]
pub struct Source {
    name: Option<String>,
    path: Option<PathBuf>,
    pub(crate) content: Content,
}

#[derive(Clone)]
pub(crate) enum Content {
    Bytes(Bytes),
    Reader(Arc<dyn OpenSource>),
}

/// Content that can be opened any number of times.
///
/// The methods block; they are called away from the asynchronous code.
pub trait OpenSource: Send + Sync + 'static {
    /// Opens the content at its first byte.
    ///
    /// # Errors
    ///
    /// The error ends the upload, but for two: what was interrupted is repeated at once, as are reads
    /// of what was opened, and what failed for want of a file descriptor or memory is repeated later.
    fn open(&self) -> io::Result<Box<dyn io::Read + Send>>;

    /// Returns what identifies the content as it is now. It is asked for before anything is read
    /// and again after the last byte: when the answers differ, the upload fails rather than
    /// storing a mixture.
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open).
    fn fingerprint(&self) -> io::Result<Fingerprint>;

    /// Returns where the content is, such as the absolute path of a file, in words that mean the
    /// same in another process: a [`Journal`](crate::Journal) finds an interrupted upload by them.
    ///
    /// The default is nowhere: then the content is known by its digest only. So it is when the
    /// [fingerprint](Self::fingerprint) has no time of modification: nothing would tell what is at
    /// the place now from what was there before.
    ///
    /// # Errors
    ///
    /// A place that cannot be told is none.
    fn place(&self) -> io::Result<Option<String>> {
        Ok(None)
    }
}

/// What identifies a version of some content without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Fingerprint {
    /// The number of bytes.
    pub size_bytes: u64,
    /// When it was last written to, in nanoseconds since the Unix epoch.
    pub modified_ns: Option<i128>,
    /// The device and the number of the file.
    pub file_id: Option<(u64, u64)>,
}

impl Fingerprint {
    /// Identifies content by its size alone.
    #[must_use]
    pub const fn new(size_bytes: u64) -> Self {
        Self {
            size_bytes,
            modified_ns: None,
            file_id: None,
        }
    }
}

impl Source {
    /// Uploads a file.
    ///
    /// A path that looks like a URL is refused before anything is sent, for it is a mistake nearly
    /// always. For a file of such a name write `./` before it.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self {
            name: path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned()),
            path: Some(path.clone()),
            content: Content::Reader(Arc::new(FileSource::new(path))),
        }
    }

    /// Uploads bytes under a file name.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            name: Some(name.into()),
            path: None,
            content: Content::Bytes(bytes.into()),
        }
    }

    /// Uploads anything that can be opened again, under a file name.
    pub fn reader(name: impl Into<String>, content: impl OpenSource) -> Self {
        Self {
            name: Some(name.into()),
            path: None,
            content: Content::Reader(Arc::new(content)),
        }
    }

    /// Returns the file name under which the content is uploaded.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Uploads under another file name.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Looks at the content as it is now, without reading it.
    ///
    /// # Errors
    ///
    /// When it cannot be looked at, such as a file that is gone.
    pub fn fingerprint(&self) -> io::Result<Fingerprint> {
        self.content.fingerprint()
    }

    /// Returns what the content is called in messages: its path, or its name.
    pub(crate) fn shown(&self) -> String {
        if let Some(url) = self.mistaken_url() {
            return url.to_owned();
        }
        match (&self.path, &self.name) {
            (Some(path), _) => path.display().to_string(),
            (None, Some(name)) => name.clone(),
            (None, None) => "a file without a name".to_owned(),
        }
    }

    /// Tells whether it is the same path under the same name.
    pub(crate) fn is_same_file(&self, other: &Self) -> bool {
        self.path.is_some() && self.path == other.path && self.name == other.name
    }

    /// Refuses a path that is rather a URL.
    pub(crate) fn check_path(&self) -> Result<(), Error> {
        let Some(url) = self.mistaken_url() else {
            return Ok(());
        };
        Err(Error::local(
            ErrorKind::InvalidInput,
            format!("the path {url:?} looks like a URL; nothing was sent"),
            "pass a URL as a URL: FileInput::url(…); for a file of that name write ./ before it",
        ))
    }

    /// Returns the path when it looks like a URL, up to its query, which can be a secret.
    fn mistaken_url(&self) -> Option<&str> {
        let path = self.path.as_deref()?.to_str()?;
        let url = path.split(['?', '#']).next().unwrap_or_default();
        looks_like_url(url).then_some(url)
    }
}

/// Tells whether a text begins with the scheme of a URL. One letter is a drive.
fn looks_like_url(path: &str) -> bool {
    path.split_once("://").is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

impl Content {
    pub(crate) fn open(&self) -> io::Result<Box<dyn io::Read + Send>> {
        match self {
            Self::Bytes(bytes) => Ok(Box::new(io::Cursor::new(bytes.clone()))),
            Self::Reader(reader) => uninterrupted(|| reader.open()),
        }
    }

    pub(crate) fn fingerprint(&self) -> io::Result<Fingerprint> {
        match self {
            Self::Bytes(bytes) => Ok(Fingerprint::new(bytes.len() as u64)),
            Self::Reader(reader) => uninterrupted(|| reader.fingerprint()),
        }
    }

    pub(crate) fn place(&self) -> io::Result<Option<String>> {
        match self {
            Self::Bytes(_) => Ok(None),
            Self::Reader(reader) => uninterrupted(|| reader.place()),
        }
    }
}

/// Repeats what a signal has interrupted, as the standard library does in some of its functions. A
/// network mount does that on its own account.
pub(crate) fn uninterrupted<T>(mut work: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match work() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            end => return end,
        }
    }
}

impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Self {
        Self::path(path)
    }
}

impl From<&Path> for Source {
    fn from(path: &Path) -> Self {
        Self::path(path)
    }
}

impl From<&str> for Source {
    fn from(path: &str) -> Self {
        Self::path(path)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.content {
            Content::Bytes(bytes) => format!("{} bytes", bytes.len()),
            Content::Reader(_) => "reader".to_owned(),
        };
        f.debug_struct("Source")
            .field("name", &self.shown())
            .field("content", &kind)
            .finish()
    }
}
