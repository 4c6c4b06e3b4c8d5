mod outbox;
mod records;
mod saved;
mod schedule;

use std::{collections::BTreeMap, time::Duration};

use heygen_types::{AssetId, BatchId, MediaType, Sha256Digest};
use serde::{Deserialize, Serialize};

use crate::{Blob, ids::Ids, media};

pub(crate) use outbox::Outbox;
pub(crate) use records::{Collection, Record, Records};
pub(crate) use saved::Saved;
pub(crate) use schedule::{Schedule, millis, percent};

/// Everything that requests leave behind.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) ids: Ids,
    pub(crate) assets: BTreeMap<AssetId, Asset>,
    /// What storage holds, by key.
    pub(crate) objects: BTreeMap<String, Blob>,
    pub(crate) batches: BTreeMap<BatchId, Batch>,
    /// Every other resource.
    pub(crate) records: Records,
    pub(crate) outbox: Outbox,
    /// Whether something worth keeping changed since the state was saved last.
    pub(crate) is_dirty: bool,
}

/// An asset, or the promise of one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Asset {
    /// Its place in the order of creation.
    pub(crate) number: u64,
    pub(crate) name: String,
    pub(crate) key: String,
    pub(crate) created_at: Duration,
    pub(crate) declared: Option<Declared>,
    /// How often `complete` will still answer 409.
    pub(crate) conflicts_left: u32,
    #[serde(skip)]
    pub(crate) finished: Option<Finished>,
}

/// What the creation of a direct upload declared.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Declared {
    pub(crate) media_type: MediaType,
    pub(crate) size_bytes: u64,
    pub(crate) sha256: Option<Sha256Digest>,
}

/// What an asset is once it is complete. It keeps its content even when another PUT replaces the
/// object in storage.
#[derive(Clone, Debug)]
pub(crate) struct Finished {
    pub(crate) at: Duration,
    pub(crate) media_type: MediaType,
    pub(crate) content: Blob,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Batch {
    pub(crate) title: Option<String>,
    pub(crate) created_at: Duration,
    pub(crate) items: Vec<BatchEntry>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct BatchEntry {
    pub(crate) asset_id: AssetId,
    /// Why completing it failed, when it did.
    pub(crate) error: Option<heygen_types::ApiError>,
}

impl State {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            ids: Ids::new(seed, 0),
            assets: BTreeMap::new(),
            objects: BTreeMap::new(),
            batches: BTreeMap::new(),
            records: Records::default().with_library(),
            outbox: Outbox::default(),
            is_dirty: false,
        }
    }

    /// Makes the id of a new asset.
    pub(crate) fn next_asset_id(&mut self) -> AssetId {
        let id = self.ids.next("asset");
        id.try_into()
            .expect("letters, digits and an underscore are an id")
    }

    /// Returns an asset that can be used.
    pub(crate) fn finished(&self, id: &str) -> Option<(&AssetId, &Asset, &Finished)> {
        let id: AssetId = id.parse().ok()?;
        let (id, asset) = self.assets.get_key_value(&id)?;
        Some((id, asset, asset.finished.as_ref()?))
    }

    pub(crate) fn put_object(&mut self, key: String, content: Blob) {
        if let Some(old) = self.objects.insert(key, content) {
            self.discard_unless_finished(&old);
        }
        self.is_dirty = true;
    }

    /// Returns what the URL of an asset, or of an object without one, gives.
    pub(crate) fn served(&self, key: &str) -> Option<(&Blob, Option<&MediaType>)> {
        if let Some(result) = media::result(key) {
            return Some((&result.content, Some(&result.media_type)));
        }
        let asset = self.assets.values().find(|asset| asset.key == key);
        match asset.and_then(|asset| asset.finished.as_ref()) {
            Some(finished) => Some((&finished.content, Some(&finished.media_type))),
            None => Some((self.objects.get(key)?, None)),
        }
    }

    /// Takes the place of another state: files that only the other one needs go away.
    pub(crate) fn replace(self, other: &mut Self) {
        other.blobs().for_each(Blob::discard);
        self.blobs().for_each(Blob::keep);
        *other = self;
        other.is_dirty = true;
    }

    fn blobs(&self) -> impl Iterator<Item = &Blob> {
        let finished = self
            .assets
            .values()
            .filter_map(|asset| asset.finished.as_ref());
        let contents = finished.map(|finished| &finished.content);
        contents.chain(self.objects.values())
    }

    /// Forgets an asset and its content.
    pub(crate) fn remove_asset(&mut self, id: &AssetId) {
        let Some(asset) = self.assets.remove(id) else {
            return;
        };
        if let Some(object) = self.objects.remove(&asset.key) {
            object.discard();
        }
        if let Some(finished) = asset.finished {
            finished.content.discard();
        }
        self.is_dirty = true;
    }

    /// Has the file of a replaced object removed, unless an asset was made of it meanwhile.
    fn discard_unless_finished(&self, object: &Blob) {
        let is_used = self
            .assets
            .values()
            .filter_map(|asset| asset.finished.as_ref())
            .any(|finished| finished.content.is_same(object));
        if !is_used {
            object.discard();
        }
    }
}
