//! The files of a journal, which nobody but their owner can read.

use std::{
    ffi::OsString,
    fs::{self, DirBuilder, File, OpenOptions},
    io,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use etcetera::BaseStrategy as _;

/// Returns where a journal is kept when nobody says otherwise: `heygen-rs/journal.db` in the state
/// folder of the user, which is `$XDG_STATE_HOME` or `~/.local/state`. `None` when there is no home.
#[must_use]
pub fn default_path() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let folder = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(folder.join("heygen-rs").join("journal.db"))
}

/// The file of the database, and those beside it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) database: PathBuf,
}

impl Place {
    pub(crate) fn new(path: &Path) -> io::Result<Self> {
        // The claims have to be found again after a change of the working folder.
        let database = std::path::absolute(path)?;
        Ok(Self { database })
    }

    /// Returns the log that SQLite writes ahead.
    pub(crate) fn wal(&self) -> PathBuf {
        self.beside("-wal")
    }

    /// Returns the folder with a file for every claim.
    pub(crate) fn claims(&self) -> PathBuf {
        self.beside("-claims")
    }

    fn beside(&self, suffix: &str) -> PathBuf {
        append(&self.database, suffix)
    }

    /// Makes the folder and the empty file, where they are missing, and closes an open file.
    ///
    /// SQLite gives its other files the mode of this one. A file that exists is not opened: closing
    /// it would take away the locks that SQLite has on it in this process.
    pub(crate) fn prepare(&self) -> io::Result<()> {
        if let Some(folder) = self.database.parent() {
            create_folder(folder)?;
        }
        match private().write(true).create_new(true).open(&self.database) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                make_private(&self.database)
            }
            Err(error) => Err(error),
        }
    }

    /// Waits until nobody else opens the journal or moves it away.
    pub(crate) fn take_turn(&self) -> io::Result<File> {
        if let Some(folder) = self.database.parent() {
            create_folder(folder)?;
        }
        let file = private()
            .write(true)
            .create(true)
            .open(self.beside("-lock"))?;
        file.lock()?;
        Ok(file)
    }

    /// Moves the database out of the way, with what is not in it yet. Returns where it is now.
    pub(crate) fn set_aside(&self) -> io::Result<PathBuf> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.unwrap_or_default().as_secs();
        let mut names = (now..).map(|time| self.beside(&format!(".damaged-{time}")));
        let aside = names.find(|name| !name.exists());
        let aside = aside.expect("not every name is taken");
        fs::rename(&self.database, &aside)?;
        for (suffix, keep) in [("-wal", true), ("-shm", false)] {
            let moved = match keep {
                true => fs::rename(self.beside(suffix), append(&aside, suffix)),
                false => fs::remove_file(self.beside(suffix)),
            };
            match moved {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(aside)
    }
}

fn append(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

/// Makes a folder, with those above it, for the owner alone. One that is there is left as it is.
pub(crate) fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Opens files for the owner alone, from the moment in which they are made.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = fs::metadata(path)?;
    if metadata.permissions().mode() & 0o077 != 0 && metadata.is_file() {
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn make_private(_: &Path) -> io::Result<()> {
    Ok(())
}
