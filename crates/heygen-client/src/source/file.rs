use std::{
    fs::{self, File, Metadata},
    io,
    path::PathBuf,
};

use heygen_types::Sha256Digest;
use sha2::{Digest as _, Sha256};

use super::Fingerprint;

/// A file, looked up by its path every time.
pub(crate) struct FileSource {
    path: PathBuf,
}

impl FileSource {
    pub(super) const fn new(path: PathBuf) -> Self {
        Self { path }
    }

    pub(super) fn open(&self) -> io::Result<File> {
        // Opening a pipe would wait for its other end.
        self.fingerprint()?;
        File::open(&self.path)
    }

    /// Returns the fingerprint of what is at the path now.
    pub(super) fn fingerprint(&self) -> io::Result<Fingerprint> {
        fingerprint_of(&fs::metadata(&self.path)?)
    }

    /// Returns the one path of a file that has many.
    pub(super) fn place(&self) -> io::Result<String> {
        let path = fs::canonicalize(&self.path)?;
        Ok(match path.to_str() {
            Some(path) => path.to_owned(),
            // Two names that no text can tell apart must not be one.
            None => {
                let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
                let digest = Sha256Digest::from_bytes(digest.into());
                format!("{}#{digest}", path.display())
            }
        })
    }
}

impl FileSource {
    /// Returns what is equal for every path to the file: through links, by other words, and where it
    /// has several names of its own (hard links).
    pub(super) fn identity(&self) -> io::Result<FileIdentity> {
        let metadata = fs::metadata(&self.path)?;
        let fingerprint = fingerprint_of(&metadata)?;
        let mut hasher = Sha256::new();
        // The number of a file is not enough: not every file system gives each file its own.
        match fingerprint
            .file_id
            .filter(|_| system::has_several_names(&metadata))
        {
            Some(_) => hasher.update(format!("{fingerprint:?}")),
            None => hasher.update(fs::canonicalize(&self.path)?.as_os_str().as_encoded_bytes()),
        }
        Ok(FileIdentity(hasher.finalize().into()))
    }
}

/// Which file a path leads to: equal for every path to the same file. Compare identities that were
/// taken one shortly after the other; a file that is written to between them has two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileIdentity([u8; 32]);

pub(super) fn fingerprint_of(metadata: &Metadata) -> io::Result<Fingerprint> {
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    // A pipe or a device has no size to declare, and reading it twice gives two contents.
    if !metadata.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "not a regular file",
        ));
    }
    Ok(system::fingerprint(metadata))
}

#[cfg(unix)]
mod system {
    use std::{fs::Metadata, os::unix::fs::MetadataExt as _};

    use super::Fingerprint;

    pub(super) fn fingerprint(metadata: &Metadata) -> Fingerprint {
        Fingerprint {
            size_bytes: metadata.len(),
            modified_ns: Some(ns(metadata.mtime(), metadata.mtime_nsec())),
            changed_ns: Some(ns(metadata.ctime(), metadata.ctime_nsec())),
            file_id: Some((metadata.dev(), metadata.ino())),
        }
    }

    pub(super) fn has_several_names(metadata: &Metadata) -> bool {
        metadata.nlink() > 1
    }

    fn ns(seconds: i64, nanoseconds: i64) -> i128 {
        i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds)
    }
}

#[cfg(not(unix))]
mod system {
    use std::{
        fs::Metadata,
        time::{Duration, UNIX_EPOCH},
    };

    use super::Fingerprint;

    pub(super) fn fingerprint(metadata: &Metadata) -> Fingerprint {
        let ns = |duration: Duration| i128::try_from(duration.as_nanos()).ok();
        let modified = metadata.modified().ok();
        Fingerprint {
            size_bytes: metadata.len(),
            modified_ns: modified.and_then(|time| match time.duration_since(UNIX_EPOCH) {
                Ok(after) => ns(after),
                Err(before) => ns(before.duration()).map(|ns| -ns),
            }),
            changed_ns: None,
            file_id: None,
        }
    }

    pub(super) const fn has_several_names(_: &Metadata) -> bool {
        false
    }
}
