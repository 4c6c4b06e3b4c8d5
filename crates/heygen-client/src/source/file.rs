use std::{
    fs::{self, File, Metadata},
    io,
    path::PathBuf,
    time::UNIX_EPOCH,
};

use heygen_types::Sha256Digest;
use sha2::{Digest as _, Sha256};

use super::{Fingerprint, OpenSource};

/// A file, looked up by its path every time.
pub(super) struct FileSource {
    path: PathBuf,
}

impl FileSource {
    pub(super) const fn new(path: PathBuf) -> Self {
        Self { path }
    }
}

impl OpenSource for FileSource {
    fn open(&self) -> io::Result<Box<dyn io::Read + Send>> {
        Ok(Box::new(File::open(&self.path)?))
    }

    fn fingerprint(&self) -> io::Result<Fingerprint> {
        let metadata = fs::metadata(&self.path)?;
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
        Ok(Fingerprint {
            size_bytes: metadata.len(),
            modified_ns: modified_ns(&metadata),
            file_id: file_id(&metadata),
        })
    }

    /// Returns the one path of a file that has many.
    fn place(&self) -> io::Result<Option<String>> {
        let path = fs::canonicalize(&self.path)?;
        Ok(Some(match path.to_str() {
            Some(path) => path.to_owned(),
            // Two names that no text can tell apart must not be one.
            None => {
                let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
                let digest = Sha256Digest::from_bytes(digest.into());
                format!("{}#{digest}", path.display())
            }
        }))
    }
}

fn modified_ns(metadata: &Metadata) -> Option<i128> {
    let modified = metadata.modified().ok()?;
    let ns = |duration: std::time::Duration| i128::try_from(duration.as_nanos()).ok();
    match modified.duration_since(UNIX_EPOCH) {
        Ok(after) => ns(after),
        Err(before) => ns(before.duration()).map(|ns| -ns),
    }
}

#[cfg(unix)]
fn file_id(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn file_id(_: &Metadata) -> Option<(u64, u64)> {
    None
}
