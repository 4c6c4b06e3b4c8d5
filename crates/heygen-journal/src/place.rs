//! The files of a journal, which nobody but their owner can read.

use std::{
    ffi::OsString,
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Read as _},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use etcetera::BaseStrategy as _;

use crate::schema;

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

    /// Makes the folder and the empty file, where they are missing.
    ///
    /// A file that exists is not opened: closing it would take away the locks that SQLite has on it
    /// in this process.
    pub(crate) fn prepare(&self) -> io::Result<()> {
        if let Some(folder) = self.database.parent() {
            create_folder(folder)?;
        }
        match private().write(true).create_new(true).open(&self.database) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Closes the files to everybody else. SQLite gives its other files the mode that the database
    /// has when it makes them.
    pub(crate) fn make_private(&self) -> io::Result<()> {
        for file in [&self.database, &self.wal(), &self.beside("-shm")] {
            match make_private(file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Tells whether there was a journal here, whatever the file is now: nothing but a journal is
    /// ever moved away.
    pub(crate) fn had_journal(&self) -> io::Result<bool> {
        if self.claims().try_exists()? {
            return Ok(true);
        }
        let mut head = [0; 72];
        let read = File::open(&self.database)?.read_exact(&mut head);
        Ok(read.is_ok() && head[68..] == schema::APPLICATION_ID.to_be_bytes()[4..])
    }

    /// Waits until nobody else opens the journal or moves it away, but not for longer than that
    /// takes.
    pub(crate) fn take_turn(&self) -> io::Result<File> {
        if let Some(folder) = self.database.parent() {
            create_folder(folder)?;
        }
        let file = private()
            .write(true)
            .create(true)
            .open(self.beside("-lock"))?;
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) if began.elapsed() < BUSY => thread::sleep(PAUSE),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Moves the database out of the way, with what is not in it yet. Returns where it is now.
    pub(crate) fn set_aside(&self) -> io::Result<PathBuf> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.unwrap_or_default().as_secs();
        let mut names = (now..).map(|time| self.beside(&format!(".damaged-{time}")));
        let aside = names.find(|name| !name.exists());
        let aside = aside.expect("not every name is taken");
        self.make_private()?;
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

/// How long other processes are waited for. None of them is ever longer at it than a moment.
pub(crate) const BUSY: Duration = Duration::from_secs(5);
/// The time between two attempts at a lock that cannot be waited for with a limit.
const PAUSE: Duration = Duration::from_millis(5);
