use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use super::{Content, CredentialsFile};
use crate::{escape, exit::Exit, failure::Failure};

impl CredentialsFile {
    /// Refuses what must not be written to, so that nobody types a key in vain.
    pub(crate) fn check_place(&self) -> Result<(), Failure> {
        let Ok(metadata) = fs::symlink_metadata(&self.path) else {
            return Ok(());
        };
        let (what, hint) = if metadata.is_symlink() {
            // It may lead into a repository of settings, or to where somebody else wants it.
            (
                "is a symbolic link, and a key is not written through one",
                "remove the link, or name the folder of the real file in HEYGEN_CONFIG_DIR",
            )
        } else if metadata.is_file() {
            return Ok(());
        } else {
            ("is not a regular file", "move it away")
        };
        let path = escape::name(self.path.as_os_str());
        Err(Failure::new(
            Exit::File,
            "unwritable_credentials",
            format!("{path} {what}; nothing was changed"),
            hint,
        ))
    }

    /// Makes the file what it is to become: whole or not at all, for its owner alone. A file with
    /// nothing left in it goes.
    pub(crate) fn write(&self) -> Result<(), Failure> {
        self.check_place()?;
        let written = match self.text() {
            None => remove(&self.path),
            Some(text) => replace(&self.path, &text),
        };
        written.map_err(|error| {
            let path = escape::name(self.path.as_os_str());
            Failure::new(
                Exit::File,
                "unwritable_credentials",
                format!("the credentials file {path} could not be written; it is as it was"),
                "check the permissions of its folder and the space on the disk",
            )
            .caused_by(Some(&error))
        })
    }

    /// Returns what the file is to hold, `None` when nothing is left of it.
    pub(super) fn text(&self) -> Option<Vec<u8>> {
        let mut text = match &self.content {
            Content::Nothing => return None,
            Content::Plain(key) => key.as_bytes().to_vec(),
            Content::Structured(members) => {
                serde_json::to_vec_pretty(members).expect("maps with string keys serialise")
            }
        };
        text.push(b'\n');
        Some(text)
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Writes beside the file and renames: a crash leaves the old one or the new one, and a link that
/// appeared meanwhile is replaced and not followed.
fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_owned);
    create_folder(&folder)?;
    // Only the owner can read it from its first moment on.
    let mut file = tempfile::Builder::new()
        .prefix("credentials.")
        .suffix(".tmp")
        .tempfile_in(&folder)?;
    file.write_all(text)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(&folder);
    Ok(())
}

#[cfg(unix)]
fn create_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn create_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Makes the new name durable, where folders can be synchronised. When it fails, the file is
/// whole all the same.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}
