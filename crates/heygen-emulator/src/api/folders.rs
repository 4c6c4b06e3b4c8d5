use serde_json::Value;

use super::{Answer, Call, Viewer};
use crate::{
    problem::Problem,
    state::{Collection, Record},
};

/// `POST /v3/folders`: always a new folder, also when there is one of the same name.
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    // An empty text is the root.
    let parent = body["parent_id"].as_str().filter(|id| !id.is_empty());
    if let Some(parent) = parent
        && call.find(Collection::Folders, parent).is_none()
    {
        return Err(Problem::parameter("parent_id", "names no known folder"));
    }
    let kind = body["type"].as_str().unwrap_or("mixed");
    let record = Record::new(call.now)
        .with("type", kind)
        .with("parent_id", parent)
        .with("creator_username", call.settings.username.as_str())
        .with_fields_of(body, &["name"]);
    let id = call.state.ids.next("folder");
    call.add(Collection::Folders, &id, record);
    call.show(Collection::Folders, &id)
}

/// Shows a folder. Nothing moves one to the trash.
pub(super) fn view(_: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut folder = Value::Object(record.fields.clone());
    folder["folder_id"] = id.into();
    folder["is_trash"] = false.into();
    folder["created_at"] = record.created_at.as_secs().into();
    folder["updated_at"] = record.created_at.as_secs().into();
    folder
}
