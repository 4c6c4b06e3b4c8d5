use std::{
    fs, io,
    path::{Path, PathBuf},
};

use tempfile::{NamedTempFile, TempDir};

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

    pub(super) fn in_folder(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(folder.join(OBJECTS))?;
        let store = Self::Folder(fs::canonicalize(folder)?);
        store.remove_unfinished()?;
        Ok(store)
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
        let folder = match self {
            Self::Memory { spill: None, .. } => return Ok(None),
            Self::Memory {
                spill: Some(spill), ..
            } => spill.path().to_owned(),
            Self::Folder(folder) => folder.join(OBJECTS),
        };
        tempfile::Builder::new()
            .prefix(UNFINISHED)
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

    /// Reads the state that an earlier emulator left.
    pub(super) fn load(&self) -> io::Result<Option<String>> {
        let Self::Folder(folder) = self else {
            return Ok(None);
        };
        match fs::read_to_string(folder.join(STATE)) {
            Ok(state) => Ok(Some(state)),
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
            let path = entry?.path();
            if is_unfinished(&path) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

fn is_unfinished(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with(UNFINISHED))
}

const OBJECTS: &str = "objects";
const STATE: &str = "state.json";
const UNFINISHED: &str = ".incoming-";
