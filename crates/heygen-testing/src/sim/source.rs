use std::{
    io::{self, Cursor, Read},
    sync::{Arc, Mutex, PoisonError},
};

use heygen_client::{Fingerprint, OpenSource};

/// A file on a disk that only the simulation has. It keeps all versions that it ever had.
#[derive(Clone)]
pub(super) struct SimFile(Arc<Mutex<Vec<Vec<u8>>>>);

impl SimFile {
    pub(super) fn new(content: Vec<u8>) -> Self {
        Self(Arc::new(Mutex::new(vec![content])))
    }

    /// Writes to the file, as an editor would. Returns the number of the version.
    pub(super) fn edit(&self, change: impl FnOnce(&mut Vec<u8>)) -> usize {
        let mut versions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut content = versions.last().expect("a file has a version").clone();
        change(&mut content);
        versions.push(content);
        versions.len() - 1
    }

    /// Returns the number of the present version.
    pub(super) fn version(&self) -> usize {
        self.versions().len() - 1
    }

    pub(super) fn versions(&self) -> Vec<Vec<u8>> {
        let versions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        versions.clone()
    }

    fn present<T>(&self, look: impl FnOnce(usize, &Vec<u8>) -> T) -> T {
        let versions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = versions.last().expect("a file has a version");
        look(versions.len() - 1, last)
    }
}

impl OpenSource for SimFile {
    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(
            self.present(|_, content| content.clone()),
        )))
    }

    fn fingerprint(&self) -> io::Result<Fingerprint> {
        Ok(self.present(|version, content| {
            let mut fingerprint = Fingerprint::new(content.len() as u64);
            fingerprint.modified_ns = i128::try_from(version).ok();
            fingerprint
        }))
    }

    fn place(&self) -> io::Result<Option<String>> {
        Ok(Some("/sim/file.png".to_owned()))
    }
}
