use std::{
    io::{self, Read},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use heygen_client::{Fingerprint, OpenSource};

use super::world::World;

/// A file on a disk that only the simulation has. It keeps all versions that it ever had.
#[derive(Clone)]
pub(super) struct SimFile(Arc<Mutex<Vec<Version>>>);

struct Version {
    content: Vec<u8>,
    /// The time of its modification, which is the number of a version.
    modified: usize,
}

impl SimFile {
    pub(super) fn new(content: Vec<u8>) -> Self {
        let modified = 0;
        Self(Arc::new(Mutex::new(vec![Version { content, modified }])))
    }

    /// Writes to the file, as an editor would, and perhaps puts its time back.
    pub(super) fn edit(&self, keeps_time: bool, change: impl FnOnce(&mut Vec<u8>)) {
        let mut versions = self.versions();
        let last = versions.last().expect("a file has a version");
        let mut content = last.content.clone();
        change(&mut content);
        let modified = match keeps_time {
            true => last.modified,
            false => versions.len(),
        };
        versions.push(Version { content, modified });
    }

    /// Returns the number of the present version.
    pub(super) fn version(&self) -> usize {
        self.versions().len() - 1
    }

    /// Returns how many bytes it has at present.
    pub(super) fn size_bytes(&self) -> u64 {
        self.present(|version| version.content.len() as u64)
    }

    /// Returns the number of the first version with this content, among those from a number on.
    pub(super) fn version_with(&self, content: &[u8], from: usize) -> Option<usize> {
        let versions = self.versions();
        let mut versions = versions.iter().enumerate().skip(from);
        versions.find_map(|(version, known)| (known.content == content).then_some(version))
    }

    fn present<T>(&self, look: impl FnOnce(&Version) -> T) -> T {
        look(self.versions().last().expect("a file has a version"))
    }

    fn versions(&self) -> MutexGuard<'_, Vec<Version>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The file as one process sees it.
#[derive(Clone)]
pub(super) struct Opened {
    pub(super) world: World,
    pub(super) process: usize,
    pub(super) file: SimFile,
}

impl OpenSource for Opened {
    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Reader {
            of: self.clone(),
            at: 0,
        }))
    }

    fn fingerprint(&self) -> io::Result<Fingerprint> {
        let version = self.file.version();
        let mut fingerprint = self.file.present(|now| {
            let mut fingerprint = Fingerprint::new(now.content.len() as u64);
            fingerprint.modified_ns = i128::try_from(now.modified).ok();
            fingerprint
        });
        fingerprint.changed_ns = i128::try_from(version).ok();
        // The disk numbers its files anew at every look.
        fingerprint.file_id = Some((0, self.world.next_number()));
        Ok(fingerprint)
    }

    fn place(&self) -> io::Result<Option<String>> {
        Ok(Some("/sim/file.png".to_owned()))
    }
}

/// Reads what the file is at the time of each read: one that is edited meanwhile is read torn.
struct Reader {
    of: Opened,
    at: usize,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(most) = self.of.world.reads(self.of.process, self.at, buffer.len()) else {
            return Err(io::Error::other("the process is dead"));
        };
        let read = self.of.file.present(|Version { content, .. }| {
            let rest = &content[self.at.min(content.len())..];
            let size = rest.len().min(most);
            buffer[..size].copy_from_slice(&rest[..size]);
            size
        });
        self.at += read;
        Ok(read)
    }
}
