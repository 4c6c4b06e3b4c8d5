use heygen_types::{AssetId, ByteSize, MediaType, Sha256Digest, assets::CompletedAsset};
use serde_json::Value;

use super::create_direct_upload::digest;
use crate::{
    api::{Answer, Call, call::data},
    fault::FaultKind,
    media,
    problem::Problem,
    state::Finished,
};

/// `POST /v3/assets/{asset_id}/complete`
pub(in crate::api) fn answer(call: &mut Call<'_>, body: &Value) -> Answer {
    let digest = digest(call, "", body)?;
    let (asset_id, _) = call.any_asset()?;
    if matches!(call.fault, Some(FaultKind::NotVisible)) {
        return Err(not_visible());
    }
    finish(call, &asset_id, digest)?;
    let asset = &call.state.assets[&asset_id];
    let finished = asset
        .finished
        .as_ref()
        .expect("finish() leaves the asset finished unless it fails");
    data(CompletedAsset::new(
        asset_id,
        finished.media_type.clone(),
        ByteSize::new(finished.content.size_bytes()),
        call.url(asset),
    ))
}

/// Makes an asset of the object that was stored for it, unless that was done before.
pub(in crate::api) fn finish(
    call: &mut Call<'_>,
    asset_id: &AssetId,
    digest: Option<Sha256Digest>,
) -> Result<(), Problem> {
    let Some(asset) = call.state.assets.get_mut(asset_id) else {
        return Err(Problem::not_found("asset_not_found", asset_id.as_str()));
    };
    if let Some(finished) = &asset.finished {
        return check_digest(digest, finished.content.sha256());
    }
    let Some(content) = call.state.objects.get(&asset.key) else {
        return Err(not_visible());
    };
    if asset.conflicts_left > 0 {
        asset.conflicts_left -= 1;
        return Err(not_visible());
    }
    let declared = asset.declared.as_ref();
    check_digest(digest, content.sha256())?;
    check_digest(
        declared.and_then(|declared| declared.sha256),
        content.sha256(),
    )?;
    let detected = media::detect(content);
    let declared_type = declared.map(|declared| &declared.media_type);
    let Some(media_type) = detected
        .clone()
        .filter(|found| Some(found) == declared_type)
    else {
        let declared = declared_type.map_or(UNKNOWN_TYPE, MediaType::as_str);
        let found = detected.as_ref().map_or(UNKNOWN_TYPE, MediaType::as_str);
        return Err(Problem::other_type("content_type", declared, found));
    };
    asset.finished = Some(Finished {
        at: call.now,
        media_type,
        content: content.clone(),
    });
    call.state.is_dirty = true;
    Ok(())
}

fn check_digest(expected: Option<Sha256Digest>, stored: Sha256Digest) -> Result<(), Problem> {
    if expected.is_none_or(|expected| expected == stored) {
        return Ok(());
    }
    Err(Problem::parameter(
        "checksum_sha256",
        format!("the stored bytes have another digest, {stored}"),
    ))
}

/// The type of bytes that are of no known type.
const UNKNOWN_TYPE: &str = "application/octet-stream";

fn not_visible() -> Problem {
    Problem::conflict("conflict", "the object is not in storage yet")
}
