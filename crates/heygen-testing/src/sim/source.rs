use std::{
    io::{self, Read},
    sync::{Arc, Mutex, PoisonError},
};

use heygen_client::{Fingerprint, OpenSource};

use super::world::World;

/// A file on a disk that only the simulation has. It keeps all versions that it ever had.
#[derive(Clone)]
pub(super) struct SimFile(Arc<Mutex<Vec<Vec<u8>>>>);

impl SimFile {
    pub(super) fn new(content: Vec<u8>) -> Self {
        Self(Arc::new(Mutex::new(vec![content])))
    }

    /// Writes to the file, as an editor would.
    pub(super) fn edit(&self, change: impl FnOnce(&mut Vec<u8>)) {
        let mut versions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut content = versions.last().expect("a file has a version").clone();
        change(&mut content);
        versions.push(content);
    }

    /// Returns the number of the present version.
    pub(super) fn version(&self) -> usize {
        self.present(|version, _| version)
    }

    /// Returns how many bytes it has at present.
    pub(super) fn size_bytes(&self) -> u64 {
        self.present(|_, content| content.len() as u64)
    }

    /// Returns the number of the first version with this content, among those from a number on.
    pub(super) fn version_with(&self, content: &[u8], from: usize) -> Option<usize> {
        let versions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut versions = versions.iter().enumerate().skip(from);
        versions.find_map(|(version, known)| (known == content).then_some(version))
    }

    fn present<T>(&self, look: impl FnOnce(usize, &Vec<u8>) -> T) -> T {
        let versions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = versions.last().expect("a file has a version");
        look(versions.len() - 1, last)
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
        Ok(self.file.present(|version, content| {
            let mut fingerprint = Fingerprint::new(content.len() as u64);
            fingerprint.modified_ns = i128::try_from(version).ok();
            fingerprint
        }))
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
        let read = self.of.file.present(|_, content| {
            let rest = &content[self.at.min(content.len())..];
            let size = rest.len().min(most);
            buffer[..size].copy_from_slice(&rest[..size]);
            size
        });
        self.at += read;
        Ok(read)
    }
}
