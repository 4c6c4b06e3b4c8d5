use bytes::Bytes;
use heygen_types::{BatchId, Data, assets::CompletedUploadBatch};
use http::StatusCode;

use crate::{
    api::{Answer, Call, call::whole, complete::finish},
    fields::Fields,
    problem::Problem,
};

/// `POST /v3/assets/complete/batches`: each file is finished by itself, and a bad one does not
/// fail the rest. Repeating the call tries the bad ones again.
pub(in crate::api) fn answer(call: &mut Call<'_>, json: &Bytes) -> Answer {
    let mut fields = Fields::parse(json)?;
    let text = fields.text("batch_id")?;
    fields.finish(call.settings.refuses_unknown_fields)?;
    let found = text
        .parse::<BatchId>()
        .ok()
        .and_then(|id| Some((call.state.batches.get(&id)?.clone(), id)));
    let Some((mut batch, batch_id)) = found else {
        return Err(Problem::not_found("not_found", &format!("batch {text:?}")));
    };
    for item in &mut batch.items {
        let outcome = finish(call, &item.asset_id, None);
        item.error = outcome.err().map(|problem| problem.error().clone());
    }
    call.state.batches.insert(batch_id.clone(), batch);
    call.state.is_dirty = true;
    let body = Data::new(CompletedUploadBatch::new(batch_id));
    whole(StatusCode::ACCEPTED, &body)
}
