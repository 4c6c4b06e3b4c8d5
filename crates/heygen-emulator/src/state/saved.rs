use std::{
    collections::BTreeMap,
    io,
    path::{Component, Path, PathBuf},
    time::Duration,
};

use heygen_types::{AssetId, BatchId, MediaType, Sha256Digest};
use serde::{Deserialize, Serialize};

use super::{Asset, Batch, Finished, Records, State, outbox::Watched};
use crate::{Blob, ids::Ids};

/// The state as it is kept between two runs: what lies in files stays there and is named, by its
/// name within the one folder of objects.
/// Content in memory and idempotency keys are not kept.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Saved {
    version: u32,
    ids_made: u64,
    assets: BTreeMap<AssetId, SavedAsset>,
    objects: BTreeMap<String, SavedFile>,
    batches: BTreeMap<BatchId, Batch>,
    records: Records,
    watched: Watched,
}

#[derive(Debug, Serialize, Deserialize)]
struct SavedAsset {
    #[serde(flatten)]
    asset: Asset,
    finished: Option<SavedFinish>,
}

#[derive(Debug, Serialize, Deserialize)]
struct SavedFinish {
    at: Duration,
    media_type: MediaType,
    content: SavedFile,
}

#[derive(Debug, Serialize, Deserialize)]
struct SavedFile {
    path: PathBuf,
    sha256: Sha256Digest,
}

impl Saved {
    /// Takes down what is in files.
    pub(crate) fn of(state: &State) -> Self {
        let assets = state.assets.iter().map(|(id, asset)| {
            let finished = asset.finished.as_ref().and_then(|finished| {
                Some(SavedFinish {
                    at: finished.at,
                    media_type: finished.media_type.clone(),
                    content: SavedFile::of(&finished.content)?,
                })
            });
            let asset = asset.clone();
            (id.clone(), SavedAsset { asset, finished })
        });
        let objects = state
            .objects
            .iter()
            .filter_map(|(key, content)| Some((key.clone(), SavedFile::of(content)?)));
        Self {
            version: VERSION,
            ids_made: state.ids.made(),
            assets: assets.collect(),
            objects: objects.collect(),
            batches: state.batches.clone(),
            records: state.records.without_library(),
            watched: state.outbox.watched.clone(),
        }
    }

    /// Takes everything up again, with the objects in a folder.
    pub(crate) fn restore(self, seed: u64, folder: &Path) -> io::Result<State> {
        if self.version != VERSION {
            let problem = format!("state has version {}, not {VERSION}", self.version);
            return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
        }
        let mut state = State::new(seed);
        state.ids = Ids::new(seed, self.ids_made);
        state.batches = self.batches;
        state.records = self.records.with_library();
        state.outbox.watched = self.watched;
        for (key, file) in self.objects {
            state.objects.insert(key, file.reopen(folder)?);
        }
        for (id, saved) in self.assets {
            let mut asset = saved.asset;
            if let Some(finished) = saved.finished {
                // The object in storage and the asset share one file, and so one blob: removing
                // it for one of them must wait for the other.
                let content = finished.content.reopen(folder)?;
                let content = match state.objects.get(&asset.key) {
                    Some(object) if object.path() == content.path() => object.clone(),
                    _ => content,
                };
                asset.finished = Some(Finished {
                    at: finished.at,
                    media_type: finished.media_type,
                    content,
                });
            }
            state.assets.insert(id, asset);
        }
        Ok(state)
    }
}

impl SavedFile {
    fn of(content: &Blob) -> Option<Self> {
        Some(Self {
            path: content.path()?.file_name()?.into(),
            sha256: content.sha256(),
        })
    }

    /// Opens the file, which has to lie in the folder itself: whatever the state says, nothing else
    /// is ever served or removed.
    fn reopen(self, folder: &Path) -> io::Result<Blob> {
        // Earlier versions wrote the whole path down.
        let name = self.path.strip_prefix(folder).unwrap_or(&self.path);
        let mut parts = name.components();
        let (Some(Component::Normal(name)), None) = (parts.next(), parts.next()) else {
            return Err(self.unusable(
                folder,
                io::ErrorKind::InvalidData,
                "it is not a name there",
            ));
        };
        Blob::reopen(folder.join(name), self.sha256)
            .map_err(|error| self.unusable(folder, error.kind(), &error.to_string()))
    }

    fn unusable(&self, folder: &Path, kind: io::ErrorKind, why: &str) -> io::Error {
        let (path, folder) = (&self.path, folder.display());
        let problem = format!("the state names the object {path:?} of {folder}: {why}");
        io::Error::new(kind, problem)
    }
}

const VERSION: u32 = 2;
