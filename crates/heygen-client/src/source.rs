mod file;

use std::{
    fmt,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;

pub use file::FileIdentity;
use file::FileSource;

use crate::{Error, ErrorKind};

/// Something to upload: a file, bytes, or anything that can be opened again.
///
/// A source is opened once for every attempt, so a body is never used up by a failure.
#[derive(Clone)]
pub struct Source {
    name: Option<String>,
    /// Whether the name is one that was chosen, and not the last part of the path.
    is_named: bool,
    path: Option<PathBuf>,
    pub(crate) content: Content,
}

#[derive(Clone)]
pub(crate) enum Content {
    Bytes(Bytes),
    File(Arc<FileSource>),
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
    fn open(&self) -> io::Result<Box<dyn Read + Send>>;

    /// Returns what identifies the content as it is now. It is asked for before anything is read
    /// and again after the last byte: when the answers [differ](Fingerprint::compare), the upload
    /// fails rather than storing a mixture.
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
    /// When it was last written to, in nanoseconds since the Unix epoch. Programs can set it.
    pub modified_ns: Option<i128>,
    /// When anything about it last changed (`ctime`), in nanoseconds since the Unix epoch. No program
    /// can set it, but more than writing changes it: a new name, a hard link, other permissions.
    pub changed_ns: Option<i128>,
    /// The device and the number of the file. Some file systems number a file anew at every look.
    pub file_id: Option<(u64, u64)>,
}

/// How a [`Fingerprint`] relates to an earlier one of the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth answer")]
pub enum FingerprintMatch {
    /// It is the same version of the content.
    Same,
    /// Size and time of modification are equal and something else is not: only reading the content
    /// shows whether it is the same. A hard link made by a backup leads here, and so does a file that
    /// was written to and whose time was put back.
    Unsure,
    /// It is another version.
    Different,
}

impl Fingerprint {
    /// Identifies content by its size alone.
    #[must_use]
    pub const fn new(size_bytes: u64) -> Self {
        Self {
            size_bytes,
            modified_ns: None,
            changed_ns: None,
            file_id: None,
        }
    }

    /// Compares it with an earlier one of the same place.
    ///
    /// The file id decides only where no time of change is known: that tells a file that was
    /// replaced, too, and does not differ between two looks at the same one.
    #[must_use]
    pub fn compare(&self, earlier: &Self) -> FingerprintMatch {
        let is_certain = match (self.changed_ns, earlier.changed_ns) {
            (Some(now), Some(then)) => now == then,
            (None, None) => self.file_id == earlier.file_id,
            _ => false,
        };
        if (self.size_bytes, self.modified_ns) != (earlier.size_bytes, earlier.modified_ns) {
            FingerprintMatch::Different
        } else if is_certain {
            FingerprintMatch::Same
        } else {
            FingerprintMatch::Unsure
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
            is_named: false,
            path: Some(path.clone()),
            content: Content::File(Arc::new(FileSource::new(path))),
        }
    }

    /// Uploads bytes under a file name.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            name: Some(name.into()),
            is_named: true,
            path: None,
            content: Content::Bytes(bytes.into()),
        }
    }

    /// Uploads anything that can be opened again, under a file name.
    pub fn reader(name: impl Into<String>, content: impl OpenSource) -> Self {
        Self {
            name: Some(name.into()),
            is_named: true,
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
        self.is_named = true;
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

    /// Returns which file the path leads to, or `None` for content that has no path. Two sources with
    /// one identity are one file, however their paths are written.
    ///
    /// # Errors
    ///
    /// When there is no regular file, or it cannot be looked at.
    pub fn identity(&self) -> io::Result<Option<FileIdentity>> {
        match &self.content {
            Content::File(file) => uninterrupted(|| file.identity()).map(Some),
            Content::Bytes(_) | Content::Reader(_) => Ok(None),
        }
    }

    /// Returns the name that was chosen for it, if it is not that of the file.
    pub(crate) fn chosen_name(&self) -> Option<&str> {
        self.name().filter(|_| self.is_named)
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
    pub(crate) fn open(&self) -> io::Result<Opened> {
        let handle = uninterrupted(|| {
            Ok(match self {
                Self::Bytes(bytes) => Handle::Reader(Box::new(io::Cursor::new(bytes.clone()))),
                Self::File(file) => Handle::File(file.open()?),
                Self::Reader(reader) => Handle::Reader(reader.open()?),
            })
        })?;
        Ok(Opened {
            content: self.clone(),
            handle,
        })
    }

    /// Returns the fingerprint of what would be opened now.
    pub(crate) fn fingerprint(&self) -> io::Result<Fingerprint> {
        match self {
            Self::Bytes(bytes) => Ok(Fingerprint::new(bytes.len() as u64)),
            Self::File(file) => uninterrupted(|| file.fingerprint()),
            Self::Reader(reader) => uninterrupted(|| reader.fingerprint()),
        }
    }

    pub(crate) fn place(&self) -> io::Result<Option<String>> {
        match self {
            Self::Bytes(_) => Ok(None),
            Self::File(file) => uninterrupted(|| file.place()).map(Some),
            Self::Reader(reader) => uninterrupted(|| reader.place()),
        }
    }
}

/// Repeats what a signal has interrupted, as the standard library does in some of its functions. A
/// network mount does that on its own account, and a broken one may do it every time.
fn uninterrupted<T>(mut work: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 0..INTERRUPTIONS_MAX {
        match work() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            end => return end,
        }
    }
    // Of another kind, or whoever reads would go on by itself.
    Err(io::Error::other(format!(
        "it was interrupted {INTERRUPTIONS_MAX} times in a row"
    )))
}

/// How often in a row some work is repeated that was interrupted: signals do not come as often.
const INTERRUPTIONS_MAX: u32 = 1_000;

/// Content that is open. Of a file it is the opened one that is looked at, whatever is at its path
/// by now.
pub(crate) struct Opened {
    content: Content,
    handle: Handle,
}

enum Handle {
    File(File),
    Reader(Box<dyn Read + Send>),
}

impl Opened {
    pub(crate) fn fingerprint(&self) -> io::Result<Fingerprint> {
        match &self.handle {
            Handle::File(file) => uninterrupted(|| file::fingerprint_of(&file.metadata()?)),
            Handle::Reader(_) => self.content.fingerprint(),
        }
    }
}

impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.handle {
            Handle::File(file) => uninterrupted(|| file.read(buffer)),
            Handle::Reader(reader) => uninterrupted(|| reader.read(buffer)),
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
            Content::File(_) => "file".to_owned(),
            Content::Reader(_) => "reader".to_owned(),
        };
        f.debug_struct("Source")
            .field("name", &self.shown())
            .field("content", &kind)
            .finish()
    }
}
