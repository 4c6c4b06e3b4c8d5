use heygen_types::{AssetId, assets::AssetRecord};

use super::{Answer, Call, call::data};
use crate::state::{Asset, Finished};

/// `GET /v3/assets/{asset_id}`
pub(super) fn answer(call: &mut Call<'_>) -> Answer {
    let (id, asset, finished) = call
        .state
        .finished(call.parameter)
        .ok_or_else(|| call.asset_not_found())?;
    data(record(call, id, asset, finished))
}

/// Describes an asset, with a URL that was signed just now.
pub(super) fn record(
    call: &Call<'_>,
    id: &AssetId,
    asset: &Asset,
    finished: &Finished,
) -> AssetRecord {
    let media_type = finished.media_type.as_str();
    // The kinds seen are image, video and audio; a document or subtitles have no word there.
    let kind = media_type.split('/').next().unwrap_or_default();
    let kind = if matches!(kind, "image" | "video" | "audio") {
        kind
    } else {
        "document"
    };
    let mut record = AssetRecord::new(
        id.clone(),
        &*asset.name,
        &*call.settings.username,
        SPACE.parse().expect("letters and an underscore are an id"),
        kind,
        Call::unix_seconds(finished.at),
    );
    record.url = Some(call.url(asset));
    record
}

const SPACE: &str = "space_emulated";
