use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use tempfile::{NamedTempFile, TempDir};

use crate::Unkept;

/// Where objects lie.
#[derive(Debug)]
pub(super) enum Store {
    /// Small ones in memory, large ones in a folder that goes away with the emulator.
    Memory {
        max_bytes: usize,
        /// Where large ones go, `None` when they are thrown away.
        spill: Option<TempDir>,
    },
    /// All of them in a folder that stays.
    Folder(PathBuf),
}

impl Store {
    pub(super) fn in_memory(max_bytes: usize, discards_rest: bool) -> io::Result<Self> {
        let mut folder = tempfile::Builder::new();
        let folder = folder.prefix("heygen-emulator-");
        let spill = (!discards_rest).then(|| folder.tempdir()).transpose()?;
        Ok(Self::Memory { max_bytes, spill })
    }

    /// Opens a folder, and returns the lock that keeps other emulators out of it with it.
    pub(super) fn in_folder(folder: PathBuf) -> io::Result<(Self, File)> {
        let objects = folder.join(OBJECTS);
        fs::create_dir_all(&objects)?;
        if fs::symlink_metadata(&objects)?.is_symlink() {
            return Err(linked(&objects));
        }
        let folder = fs::canonicalize(folder)?;
        // Before the sweep: another emulator may be writing what is unfinished.
        let lock = lock(&folder)?;
        let store = Self::Folder(folder);
        store.remove_unfinished()?;
        Ok((store, lock))
    }

    /// Returns how many bytes of an object may stay in memory.
    pub(super) const fn memory_max_bytes(&self) -> Option<usize> {
        match self {
            Self::Memory { max_bytes, .. } => Some(*max_bytes),
            Self::Folder(_) => None,
        }
    }

    /// Tells whether objects and state outlive the emulator.
    pub(super) const fn is_kept(&self) -> bool {
        matches!(self, Self::Folder(_))
    }

    /// Makes a file for an object that is still coming in; `None` when it is to be thrown away.
    /// The file goes away if nobody keeps it.
    pub(super) fn create(&self) -> io::Result<Option<NamedTempFile>> {
        let Some(folder) = self.objects() else {
            return Ok(None);
        };
        tempfile::Builder::new()
            .prefix(UNFINISHED)
            .rand_bytes(RANDOM_LETTERS)
            .tempfile_in(folder)
            .map(Some)
    }

    /// Keeps a file that is whole, under a name that says so.
    pub(super) fn keep(&self, file: NamedTempFile) -> io::Result<PathBuf> {
        let path = file.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = name.strip_prefix(UNFINISHED).unwrap_or(&name).to_owned();
        let target = path.with_file_name(format!("object-{name}"));
        file.persist(&target)?;
        Ok(target)
    }

    /// Names the folder of the objects.
    fn objects(&self) -> Option<PathBuf> {
        match self {
            Self::Memory { spill, .. } => spill.as_ref().map(|spill| spill.path().to_owned()),
            Self::Folder(folder) => Some(folder.join(OBJECTS)),
        }
    }

    /// Describes an object, or a state, that could not be kept.
    pub(super) fn unkept(&self, error: &io::Error) -> Unkept {
        let is_full = matches!(
            error.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        );
        let place = self.objects().unwrap_or_default();
        let place = place.display();
        let problem = match is_full {
            true => format!("no space is left for the file in {place}: {error}"),
            false => format!("the file could not be written to {place}: {error}"),
        };
        Unkept { is_full, problem }
    }

    /// Reads the state that an earlier emulator left, and names the folder of its objects.
    pub(super) fn load(&self) -> io::Result<Option<(String, PathBuf)>> {
        let Self::Folder(folder) = self else {
            return Ok(None);
        };
        let path = folder.join(STATE);
        if fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink()) {
            return Err(linked(&path));
        }
        match fs::read_to_string(path) {
            Ok(state) => Ok(Some((state, folder.join(OBJECTS)))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes the state, all or nothing.
    pub(super) fn save(&self, state: &str) -> io::Result<()> {
        let Self::Folder(folder) = self else {
            return Ok(());
        };
        let file = NamedTempFile::new_in(folder)?;
        fs::write(file.path(), state)?;
        file.persist(folder.join(STATE))?;
        Ok(())
    }

    /// Removes what was still coming in when an earlier emulator was killed.
    fn remove_unfinished(&self) -> io::Result<()> {
        let Self::Folder(folder) = self else {
            return Ok(());
        };
        for entry in fs::read_dir(folder.join(OBJECTS))? {
            let entry = entry?;
            let name = entry.file_name();
            if is_unfinished(&name.to_string_lossy()) && entry.file_type()?.is_file() {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

/// Refuses a link in a data folder: what is behind it is not the emulator's.
fn linked(path: &Path) -> io::Error {
    let problem = format!(
        "{} is a link, and nothing behind one is used",
        path.display()
    );
    io::Error::new(io::ErrorKind::InvalidData, problem)
}

/// Takes the lock of a data folder. The file stays: to remove it would let two emulators hold locks
/// of different files. The system releases the lock when the process ends, however it does.
fn lock(folder: &Path) -> io::Result<File> {
    let path = folder.join(LOCK);
    if fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink()) {
        return Err(linked(&path));
    }
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let problem = "another emulator uses this folder";
            Err(io::Error::new(io::ErrorKind::ResourceBusy, problem))
        }
        // Some network file systems have no locks, and are used by one machine at a time.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Returns whether a name is one that [`Store::create`] makes: nothing else in the folder is the
/// emulator's to remove.
fn is_unfinished(name: &str) -> bool {
    name.strip_prefix(UNFINISHED).is_some_and(|random| {
        random.len() == RANDOM_LETTERS && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

const OBJECTS: &str = "objects";
const STATE: &str = "state.json";
const LOCK: &str = ".lock";
const UNFINISHED: &str = ".incoming-";
const RANDOM_LETTERS: usize = 6;
