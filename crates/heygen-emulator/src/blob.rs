use std::{
    fmt, fs, io,
    io::Read as _,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use bytes::Bytes;
use heygen_types::Sha256Digest;
use sha2::{Digest as _, Sha256};

/// Content that was received whole: its size, its digest, its first bytes, and where it is.
///
/// The core never reads more than the first bytes, so content may lie in a file however large it
/// is. Clones share the content.
#[derive(Clone)]
pub struct Blob(Arc<Inner>);

struct Inner {
    size_bytes: u64,
    sha256: Sha256Digest,
    first_bytes: Bytes,
    place: Place,
}

enum Place {
    Memory(Bytes),
    File {
        path: PathBuf,
        is_temporary: bool,
        is_discarded: AtomicBool,
    },
    Nowhere,
}

impl Blob {
    /// How many of its first bytes a blob has to know, for the type to be detected.
    pub const FIRST_BYTES: usize = 8192;

    /// Takes content in memory and computes its digest.
    pub fn from_bytes(content: impl Into<Bytes>) -> Self {
        let content: Bytes = content.into();
        let sha256 = Sha256Digest::from_bytes(Sha256::digest(&content).into());
        Self(Arc::new(Inner {
            size_bytes: content.len() as u64,
            sha256,
            first_bytes: content.slice(..content.len().min(Self::FIRST_BYTES)),
            place: Place::Memory(content),
        }))
    }

    /// Takes content that was written to a file, with the size and digest that were computed on
    /// the way.
    ///
    /// `first_bytes` are the first [`FIRST_BYTES`](Self::FIRST_BYTES) of it, or all. A temporary
    /// file is removed with the last clone.
    #[must_use]
    pub fn from_file(
        path: PathBuf,
        is_temporary: bool,
        size_bytes: u64,
        sha256: Sha256Digest,
        first_bytes: Bytes,
    ) -> Self {
        Self(Arc::new(Inner {
            size_bytes,
            sha256,
            first_bytes,
            place: Place::File {
                path,
                is_temporary,
                is_discarded: AtomicBool::new(false),
            },
        }))
    }

    /// Takes what is known of content that was looked at and thrown away.
    #[must_use]
    pub fn discarded(size_bytes: u64, sha256: Sha256Digest, first_bytes: Bytes) -> Self {
        Self(Arc::new(Inner {
            size_bytes,
            sha256,
            first_bytes,
            place: Place::Nowhere,
        }))
    }

    /// Takes up a file that an earlier run kept.
    pub(crate) fn reopen(path: PathBuf, sha256: Sha256Digest) -> io::Result<Self> {
        let file = open(&path)?;
        let size_bytes = file.metadata()?.len();
        let mut first_bytes = Vec::with_capacity(Self::FIRST_BYTES);
        file.take(Self::FIRST_BYTES as u64)
            .read_to_end(&mut first_bytes)?;
        Ok(Self::from_file(
            path,
            false,
            size_bytes,
            sha256,
            first_bytes.into(),
        ))
    }

    /// Returns the number of bytes.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        self.0.size_bytes
    }

    /// Returns the digest of the content.
    #[must_use]
    pub fn sha256(&self) -> Sha256Digest {
        self.0.sha256
    }

    /// Returns the first bytes, at least [`FIRST_BYTES`](Self::FIRST_BYTES) of them when there are
    /// as many.
    #[must_use]
    pub fn first_bytes(&self) -> &[u8] {
        &self.0.first_bytes
    }

    /// Returns the content when it is in memory.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.0.place {
            Place::Memory(content) => Some(content),
            Place::File { .. } | Place::Nowhere => None,
        }
    }

    /// Returns the file when the content is in one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &self.0.place {
            Place::Memory(_) | Place::Nowhere => None,
            Place::File { path, .. } => Some(path),
        }
    }

    /// Reads the whole content, from memory or from its file.
    ///
    /// # Errors
    ///
    /// Whatever the file system says when the file cannot be read; `Unsupported` when the content
    /// was thrown away.
    pub fn read(&self) -> io::Result<Bytes> {
        match &self.0.place {
            Place::Memory(content) => Ok(content.clone()),
            Place::File { path, .. } => {
                let mut content = Vec::new();
                open(path)?.read_to_end(&mut content)?;
                Ok(content.into())
            }
            Place::Nowhere => Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "the content was not kept",
            )),
        }
    }

    pub(crate) fn is_kept(&self) -> bool {
        !matches!(self.0.place, Place::Nowhere)
    }

    /// Has the file removed together with the last clone.
    pub(crate) fn discard(&self) {
        self.set_discarded(true);
    }

    /// Takes back that it was discarded, for a state that needs it again.
    pub(crate) fn keep(&self) {
        self.set_discarded(false);
    }

    fn set_discarded(&self, discarded: bool) {
        if let Place::File { is_discarded, .. } = &self.0.place {
            is_discarded.store(discarded, Ordering::Relaxed);
        }
    }

    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Opens the file of an object. A link in its place would lead to somebody else's file.
pub(crate) fn open(path: &Path) -> io::Result<fs::File> {
    if !fs::symlink_metadata(path)?.is_file() {
        let problem = format!("{} is not a file", path.display());
        return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
    }
    fs::File::open(path)
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Place::File {
            path,
            is_temporary,
            is_discarded,
        } = &self.place
            && (*is_temporary || is_discarded.load(Ordering::Relaxed))
        {
            // Whoever removed it first has done the work.
            let _ = fs::remove_file(path);
        }
    }
}

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blob")
            .field("size_bytes", &self.size_bytes())
            .field("sha256", &self.sha256())
            .field("path", &self.path())
            .finish_non_exhaustive()
    }
}
