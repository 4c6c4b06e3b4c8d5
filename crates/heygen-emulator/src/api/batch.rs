//! Batches of any kind, and the statuses of what they are made of.

use std::{collections::BTreeMap, time::Duration};

use heygen_types::limits;
use serde_json::{Value, json};

use super::{
    Answer, Call,
    page::{self, Slice},
};
use crate::problem::Problem;

/// One item of a batch. Whatever it is, the API gives its id as `video_id`.
pub(super) struct Item {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) error: Option<Value>,
}

impl Item {
    pub(super) fn new(id: &str, status: &str) -> Self {
        Self {
            id: id.to_owned(),
            status: status.to_owned(),
            error: None,
        }
    }

    /// Tells how a status is named where items of all kinds stand together.
    pub(super) fn word(status: &str) -> &str {
        match status {
            "pending" | "waiting" => "queued",
            "running" => "processing",
            other => other,
        }
    }

    fn entry(&self, batch_id: Option<&str>, index: Option<usize>) -> Value {
        let mut entry = json!({ "status": self.status, "video_id": self.id });
        if let (Some(batch_id), Some(index)) = (batch_id, index) {
            entry["batch_id"] = batch_id.into();
            entry["item_index"] = index.into();
        }
        if let Some(error) = &self.error {
            entry["error"] = error.clone();
        }
        entry
    }
}

/// Answers with a batch: the cursor stands inside the resource.
pub(super) fn detail(
    call: &Call<'_>,
    title: Option<&str>,
    created_at: Duration,
    items: &[Item],
) -> Answer {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item.status.as_str()).or_insert(0_u32) += 1;
    }
    let shown = items.iter().enumerate().map(|(index, item)| {
        let mut shown = item.entry(None, None);
        shown["item_index"] = index.into();
        shown
    });
    let slice = page::cut(call, page::rising(shown))?;
    call.data(json!({
        "batch_id": call.parameter(),
        "title": title,
        "status": overall(items),
        "counts_by_status": counts,
        "created_at": created_at.as_secs(),
        "total_items": items.len(),
        "has_more": slice.next_token.is_some(),
        "items": slice.items,
        "next_token": slice.next_token,
    }))
}

/// Tells where a batch as a whole stands: it goes on until its last item is done, and it failed
/// when no item came out well.
pub(super) fn overall(items: &[Item]) -> &'static str {
    let has = |status: &str| items.iter().any(|item| item.status == status);
    if has("queued") || has("processing") {
        "processing"
    } else if has("completed") {
        "completed"
    } else {
        "failed"
    }
}

/// Answers with the statuses of single ids, under the first parameter that the operation has, and
/// of whole batches.
pub(super) fn statuses(
    call: &Call<'_>,
    of_one: impl Fn(&str) -> Option<Item>,
    of_batch: impl Fn(&str) -> Option<Vec<Item>>,
) -> Answer {
    let name = call.entry().query[0].name;
    let single = ids(call, name);
    let batch_ids = ids(call, "batch_ids");
    let count = single.len() + batch_ids.len();
    let max = limits::STATUS_IDS_MAX;
    if !(1..=max).contains(&count) {
        let message = format!("{count} ids were given, a request takes 1 to {max}");
        return Err(Problem::parameter(name, message));
    }
    let mut entries = Vec::new();
    for id in single {
        let item = of_one(&id).unwrap_or_else(|| Item::new(&id, "not_found"));
        entries.push(item.entry(None, None));
    }
    for batch_id in batch_ids {
        let Some(items) = of_batch(&batch_id) else {
            entries.push(json!({ "status": "not_found", "batch_id": batch_id }));
            continue;
        };
        let items = items.iter().enumerate();
        entries.extend(items.map(|(index, item)| item.entry(Some(&batch_id), Some(index))));
    }
    call.list(Slice::whole(entries))
}

fn ids(call: &Call<'_>, name: &str) -> Vec<String> {
    let list = call.query(name).unwrap_or_default();
    list.split(',')
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .map(str::to_owned)
        .collect()
}
