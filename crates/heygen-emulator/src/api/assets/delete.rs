use heygen_types::assets::DeletedAsset;

use crate::api::{Answer, Call, call::data};

/// `DELETE /v3/assets/{asset_id}`
pub(in crate::api) fn answer(call: &mut Call<'_>) -> Answer {
    let (id, _, _) = call
        .state
        .finished(call.parameter())
        .ok_or_else(|| call.missing())?;
    let id = id.clone();
    call.state.remove_asset(&id);
    data(DeletedAsset::new(id))
}
