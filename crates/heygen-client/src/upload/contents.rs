//! Which content the assets of a client have, so that none is taken for two files.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use heygen_types::{AssetId, ByteSize, Sha256Digest};

/// How many assets are remembered: what is confused is confused within a short time.
const ASSETS_MAX: usize = 100_000;

/// The size and, where it is known, the digest of what each asset was made of.
#[derive(Default)]
pub(crate) struct AssetContents(Mutex<HashMap<AssetId, (ByteSize, Option<Sha256Digest>)>>);

impl AssetContents {
    /// Notes what an asset is made of. Returns `false` if it is known to be of another content.
    pub(super) fn note(
        &self,
        asset_id: &AssetId,
        size: ByteSize,
        digest: Option<Sha256Digest>,
    ) -> bool {
        let mut contents = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if contents.len() >= ASSETS_MAX {
            contents.clear();
        }
        let known = contents.entry(asset_id.clone()).or_insert((size, digest));
        let is_same = known.0 == size
            && known
                .1
                .zip(digest)
                .is_none_or(|(known, digest)| known == digest);
        if is_same {
            known.1 = known.1.or(digest);
        }
        is_same
    }
}
