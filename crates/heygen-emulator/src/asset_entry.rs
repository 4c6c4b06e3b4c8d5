use std::time::Duration;

use heygen_types::{AssetId, MediaType, Sha256Digest, batches::ItemStatus};

use crate::{
    Blob, Settings,
    state::{Asset, State},
};

/// An asset as the emulator knows it, for tests to look at.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AssetEntry {
    /// The id.
    pub id: AssetId,
    /// The name that the upload gave.
    pub name: String,
    /// The detected type of what is stored; before the upload is complete, the declared one.
    pub media_type: Option<MediaType>,
    /// The number of bytes stored, `None` while there are none.
    pub size_bytes: Option<u64>,
    /// The digest of the bytes stored.
    pub sha256: Option<Sha256Digest>,
    /// Where it stands.
    pub status: ItemStatus,
    /// Whether the upload is complete, so that the id can be used.
    pub is_finalised: bool,
    /// Whether it came by direct upload.
    pub is_direct: bool,
    /// What is stored.
    pub content: Option<Blob>,
}

impl AssetEntry {
    pub(crate) fn of(
        now: Duration,
        settings: &Settings,
        state: &State,
        id: &AssetId,
        asset: &Asset,
    ) -> Self {
        let finished = asset.finished.as_ref();
        let content = finished
            .map(|finished| &finished.content)
            .or_else(|| state.objects.get(&asset.key));
        let declared = asset.declared.as_ref().map(|declared| &declared.media_type);
        Self {
            id: id.clone(),
            name: asset.name.clone(),
            media_type: finished
                .map(|finished| &finished.media_type)
                .or(declared)
                .cloned(),
            size_bytes: content.map(Blob::size_bytes),
            sha256: content.map(Blob::sha256),
            status: status(now, settings, asset, ItemStatus::PendingUpload),
            is_finalised: finished.is_some(),
            is_direct: asset.declared.is_some(),
            content: content.cloned(),
        }
    }
}

/// Returns where an asset stands; an unfinished one has a different word in different places.
pub(crate) fn status(
    now: Duration,
    settings: &Settings,
    asset: &Asset,
    unfinished: ItemStatus,
) -> ItemStatus {
    match &asset.finished {
        None => unfinished,
        Some(finished) if now < finished.at.saturating_add(settings.processing_time) => {
            ItemStatus::Processing
        }
        Some(_) => ItemStatus::Completed,
    }
}
