use heygen_types::assets::DeletedAsset;

use super::{Answer, Call, call::data};

/// `DELETE /v3/assets/{asset_id}`
pub(super) fn answer(call: &mut Call<'_>) -> Answer {
    let (id, _, _) = call
        .state
        .finished(call.parameter)
        .ok_or_else(|| call.asset_not_found())?;
    let id = id.clone();
    call.state.remove_asset(&id);
    data(DeletedAsset::new(id))
}
