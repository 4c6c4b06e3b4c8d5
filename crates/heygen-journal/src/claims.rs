//! Who is at which upload: a locked file for each.
//!
//! The lock belongs to the open file, so the system gives it back however its process ends, and two
//! uploads of one process exclude each other too.

use std::{
    fs::{self, File, Metadata, TryLockError},
    io,
    path::{Path, PathBuf},
};

use heygen_client::JournalKey;
use heygen_types::Sha256Digest;
use sha2::{Digest as _, Sha256};

use crate::place::{self, create_folder, private, refuse_link};

/// The folder with the files.
#[derive(Clone, Debug)]
pub(crate) struct Claims {
    folder: PathBuf,
}

impl Claims {
    pub(crate) const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Claims an upload. `None` means that somebody else has it.
    pub(crate) fn take(&self, key: &JournalKey) -> io::Result<Option<ClaimFile>> {
        take(self.folder.join(name(key)))
    }

    /// Removes the claims that dead processes have left behind, and no other file.
    pub(crate) fn sweep(&self) -> io::Result<()> {
        refuse_link(&self.folder)?;
        let files = match fs::read_dir(&self.folder) {
            Ok(files) => files,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        for file in files {
            let file = file?;
            let has_name = file.file_name().to_str().is_some_and(is_name);
            if !has_name || !file.metadata().is_ok_and(|file| is_claim(&file)) {
                continue;
            }
            // A claim that can be had is given back at once, and its file goes with it.
            match take(file.path()) {
                // It was given back in this moment.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                taken => drop(taken?),
            }
        }
        Ok(())
    }
}

/// A claim; dropping it gives it back.
#[derive(Debug)]
pub(crate) struct ClaimFile {
    path: PathBuf,
    file: File,
}

impl Drop for ClaimFile {
    fn drop(&mut self) {
        // Only who holds the lock removes the file, so this path is still this file. Where it
        // cannot be removed it stays, unlocked, and does no harm. One with content is not ours.
        if CAN_REMOVE && self.file.metadata().is_ok_and(|file| is_claim(&file)) {
            let _ = fs::remove_file(&self.path);
        }
        let _ = self.file.unlock();
    }
}

fn take(path: PathBuf) -> io::Result<Option<ClaimFile>> {
    for _ in 0..ATTEMPTS {
        let file = open(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // Who had it before may have removed it between the opening and the lock: then this lock
        // is on a file that nobody else will find.
        if is_at(&file, &path)? {
            return Ok(Some(ClaimFile { path, file }));
        }
    }
    Err(io::Error::other(
        "the file system numbers a file anew at every look; keep the journal on a local disk",
    ))
}

fn open(path: &Path) -> io::Result<File> {
    let open = || place::open(private().read(true).write(true).create(true), path);
    let Some(folder) = path.parent() else {
        return open();
    };
    refuse_link(folder)?;
    match open() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            create_folder(folder)?;
            open()
        }
        opened => opened,
    }
}

/// Returns `true` if it is what claims are: files without content.
fn is_claim(file: &Metadata) -> bool {
    file.is_file() && file.len() == 0
}

/// Returns `true` if a file is named as claims are: by a digest.
fn is_name(name: &str) -> bool {
    let digest = name.parse::<Sha256Digest>();
    digest.is_ok_and(|digest| digest.to_string() == name)
}

fn name(key: &JournalKey) -> String {
    let mut hasher = Sha256::new();
    // An account is as long as any other, so the parts do not run into one another.
    hasher.update(key.account.as_str());
    hasher.update([0]);
    hasher.update(&key.source);
    Sha256Digest::from_bytes(hasher.finalize().into()).to_string()
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let file = file.metadata()?;
    match fs::symlink_metadata(path) {
        Ok(there) => Ok((there.dev(), there.ino()) == (file.dev(), file.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

/// Whether a file can be told from another one that took its place.
const CAN_REMOVE: bool = cfg!(unix);

/// How often a claim may be given back by somebody else in the moment in which it is taken.
const ATTEMPTS: u32 = 1000;
