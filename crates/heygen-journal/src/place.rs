//! The files of a journal, which nobody but their owner can read.

use std::{
    ffi::OsString,
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use etcetera::BaseStrategy as _;

use crate::{blank, error::Link, patience::Patience, schema};

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
    /// Makes the folder of the journal, where it is missing.
    ///
    /// The way to the folder may lead through links: a home on another disk is ordinary. From there
    /// on none is followed.
    pub(crate) fn new(path: &Path) -> io::Result<Self> {
        let path = std::path::absolute(path)?;
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(io::ErrorKind::IsADirectory.into());
        };
        create_folder(folder)?;
        let database = fs::canonicalize(folder)?.join(name);
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

    /// Makes the empty file, where it is missing. Returns `true` if it was.
    ///
    /// A file that exists is not opened: closing it would take away the locks that SQLite has on it
    /// in this process.
    pub(crate) fn prepare(&self) -> io::Result<bool> {
        // SQLite opens none of them through a link either, but says nothing that helps.
        for suffix in ["", "-wal", "-shm", "-journal", "-claims"] {
            refuse_link(&self.beside(suffix))?;
        }
        // A pipe or a folder is no journal that could be damaged: it is not opened, nor moved away.
        if_there(refuse_other(&self.database))?;
        match private().write(true).create_new(true).open(&self.database) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Returns `true` if nothing is left of a journal that had content: a file that somebody cut off.
    pub(crate) fn was_emptied(&self, turn: &Turn) -> bool {
        let is_empty = fs::symlink_metadata(&self.database).is_ok_and(|file| file.len() == 0);
        is_empty && (turn.is_known || self.has_claims() || self.has_log())
    }

    /// Returns `true` if there is something in the log, as a process leaves it that dies.
    pub(crate) fn has_log(&self) -> bool {
        fs::symlink_metadata(self.wal()).is_ok_and(|wal| wal.len() > 0)
    }

    /// Returns `true` if it takes a few milliseconds to read all of it.
    pub(crate) fn is_small(&self) -> bool {
        fs::symlink_metadata(&self.database).is_ok_and(|file| file.len() <= SMALL_BYTES)
    }

    fn has_claims(&self) -> bool {
        fs::symlink_metadata(self.claims()).is_ok_and(|folder| folder.is_dir())
    }

    /// Closes the files to everybody else. SQLite gives its other files the mode that the database
    /// has when it makes them.
    pub(crate) fn make_private(&self) -> io::Result<()> {
        for file in [&self.database, &self.wal(), &self.beside("-shm")] {
            if_there(make_private(file))?;
        }
        Ok(())
    }

    /// Tells whether there was a journal here, whatever the file is now: nothing but a journal is
    /// ever moved away.
    pub(crate) fn had_journal(&self, turn: &Turn) -> io::Result<bool> {
        if turn.is_known || self.has_claims() {
            return Ok(true);
        }
        let mut head = [0; 72];
        let read = open(private().read(true), &self.database)?.read_exact(&mut head);
        Ok(read.is_ok() && head[68..] == schema::APPLICATION_ID.to_be_bytes()[4..])
    }

    /// Waits until nobody else opens the journal or moves it away, but not for longer than that
    /// takes.
    pub(crate) fn take_turn(&self, patience: &Patience) -> io::Result<Turn> {
        let path = self.beside("-lock");
        // To read as well: a pipe of that name would be waited for otherwise.
        let file = open(private().read(true).write(true).create(true), &path)?;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if patience.wait() => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Turn {
            is_known: file.metadata()?.len() > 0,
            file,
        })
    }

    /// Blanks the URLs in the database and in what is not in it yet, and moves both out of the way.
    /// Returns where the database is now.
    ///
    /// The database goes last: whoever dies or fails before leaves it to the next one.
    pub(crate) fn set_aside(&self) -> io::Result<PathBuf> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.unwrap_or_default().as_secs();
        let mut names = (now..).map(|time| self.beside(&format!(".damaged-{time}")));
        let aside = names.find(|name| fs::symlink_metadata(name).is_err());
        let aside = aside.expect("not every name is taken");
        self.make_private()?;
        blank::database(&self.database)?;
        if_there(blank::log(&self.wal()))?;
        if_there(fs::remove_file(self.beside("-shm")))?;
        if_there(fs::rename(self.wal(), append(&aside, "-wal")))?;
        fs::rename(&self.database, &aside)?;
        Ok(aside)
    }
}

/// The time in which nobody else opens the journal or moves it away.
#[derive(Debug)]
pub(crate) struct Turn {
    /// Whether the journal could be opened before.
    is_known: bool,
    file: File,
}

impl Turn {
    /// Takes note that the journal could be opened: were it empty from now on, somebody emptied it,
    /// and no process that died while it made it.
    pub(crate) fn mark(&self) -> io::Result<()> {
        match self.is_known {
            true => Ok(()),
            false => (&self.file).write_all(b"opened\n"),
        }
    }
}

fn if_there(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
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

/// Opens files for the owner alone, from the moment in which they are made, and never through a
/// link.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600).custom_flags(libc::O_NOFOLLOW);
    }
    options
}

/// Opens a file of the journal, which is a regular one.
pub(crate) fn open(options: &OpenOptions, path: &Path) -> io::Result<File> {
    refuse_link(path)?;
    let file = options.open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(no_file(path)),
    }
}

/// Says that a path is a link, which the system would say in riddles, or not at all.
pub(crate) fn refuse_link(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_symlink() => Err(io::Error::other(Link(path.to_owned()))),
        _ => Ok(()),
    }
}

/// Says that what is at a path is no regular file.
fn refuse_other(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path)?.is_file() {
        true => Ok(()),
        false => Err(no_file(path)),
    }
}

fn no_file(path: &Path) -> io::Error {
    io::Error::other(format!("{} is no file", path.display()))
}

#[cfg(unix)]
fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = fs::symlink_metadata(path)?;
    if metadata.is_file() && metadata.permissions().mode() & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn make_private(_: &Path) -> io::Result<()> {
    Ok(())
}

/// As much as a thousand uploads take, or two.
const SMALL_BYTES: u64 = 2 << 20;
