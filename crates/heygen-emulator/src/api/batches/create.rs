use bytes::Bytes;
use heygen_types::{BatchId, assets::UploadBatch, limits};

use crate::{
    api::{
        Answer, Call,
        call::data,
        create_direct_upload::{DeclaredFile, open},
    },
    fields::Fields,
    problem::Problem,
    state::{Batch, BatchEntry},
};

/// `POST /v3/assets/direct-uploads/batches`: one bad entry rejects all.
pub(in crate::api) fn answer(call: &mut Call<'_>, json: &Bytes) -> Answer {
    let mut fields = Fields::parse(json)?;
    let entries = fields
        .optional_list("files")?
        .ok_or_else(|| fields.refuse("files", "is missing"))?;
    let title = fields.optional_text("title")?;
    // Accepted, and never called.
    fields.optional_text("callback_url")?;
    fields.finish(call.settings.refuses_unknown_fields)?;

    let max = limits::UPLOAD_BATCH_FILES_MAX;
    if !(1..=max).contains(&entries.len()) {
        let message = format!(
            "files has {} entries, a batch takes 1 to {max}",
            entries.len()
        );
        return Err(Problem::parameter("files", message));
    }
    let mut files = Vec::with_capacity(entries.len());
    for (index, entry) in entries.into_iter().enumerate() {
        let name = format!("files[{index}]");
        let file = Fields::entry(&name, entry).and_then(|mut fields| {
            let file = DeclaredFile::take(call, &mut fields)?;
            fields.finish(call.settings.refuses_unknown_fields)?;
            Ok(file)
        });
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
        title,
        created_at: call.now,
        items: items.collect(),
    };
    call.state.batches.insert(batch_id.clone(), batch);
    data(UploadBatch::new(batch_id, slots))
}
