use heygen_types::{BatchId, assets::UploadBatch};
use serde_json::Value;

use crate::{
    api::{
        Answer, Call,
        assets::create_direct_upload::{DeclaredFile, open},
        call::data,
    },
    fields::Fields,
    problem::Problem,
    state::{Batch, BatchEntry},
};

/// `POST /v3/assets/direct-uploads/batches`: one bad entry rejects all.
pub(in crate::api) fn answer(call: &mut Call<'_>, body: &Value) -> Answer {
    // The `callback_url` is accepted, and never called.
    let mut files = Vec::new();
    let entries = body["files"].as_array().into_iter().flatten();
    for (index, entry) in entries.enumerate() {
        let fields = Fields::entry(&format!("files[{index}]"), entry);
        let file = DeclaredFile::take(call, &fields);
        // The API names the list here, and the index in the message.
        files.push(file.map_err(|problem| Problem::parameter("files", problem.message()))?);
    }

    let batch_id: BatchId = call
        .state
        .ids
        .next("batch")
        .try_into()
        .expect("letters, digits and an underscore are an id");
    let slots: Vec<_> = files.into_iter().map(|file| open(call, file)).collect();
    let items = slots.iter().map(|slot| BatchEntry {
        asset_id: slot.asset_id.clone(),
        error: None,
    });
    let batch = Batch {
        title: body["title"].as_str().map(str::to_owned),
        created_at: call.now,
        items: items.collect(),
    };
    call.state.batches.insert(batch_id.clone(), batch);
    data(UploadBatch::new(batch_id, slots))
}
