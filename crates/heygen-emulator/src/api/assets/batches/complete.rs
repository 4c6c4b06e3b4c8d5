use heygen_types::{BatchId, Data, assets::CompletedUploadBatch};
use http::StatusCode;
use serde_json::Value;

use crate::{
    api::{Answer, Call, assets::complete::finish, call::whole},
    problem::Problem,
};

/// `POST /v3/assets/complete/batches`: each file is finished by itself, and a bad one does not
/// fail the rest. Repeating the call tries the bad ones again.
pub(in crate::api) fn answer(call: &mut Call<'_>, body: &Value) -> Answer {
    let text = body["batch_id"].as_str().unwrap_or_default();
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
