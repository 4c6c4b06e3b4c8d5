use heygen_types::{AssetId, assets::AssetRecord};

use crate::{
    api::{Answer, Call, call::data, video_agents::kind},
    state::{Asset, Finished},
};

/// `GET /v3/assets/{asset_id}`
pub(in crate::api) fn answer(call: &Call<'_>) -> Answer {
    let (id, asset, finished) = call
        .state
        .finished(call.parameter())
        .ok_or_else(|| call.missing())?;
    data(record(call, id, asset, finished))
}

/// Describes an asset, with a URL that was signed just now.
pub(super) fn record(
    call: &Call<'_>,
    id: &AssetId,
    asset: &Asset,
    finished: &Finished,
) -> AssetRecord {
    let mut record = AssetRecord::new(
        id.clone(),
        &*asset.name,
        &*call.settings.username,
        SPACE.parse().expect("letters and an underscore are an id"),
        kind(&finished.media_type),
        Call::unix_seconds(finished.at),
    );
    record.url = Some(call.url(asset));
    record
}

const SPACE: &str = "space_emulated";
