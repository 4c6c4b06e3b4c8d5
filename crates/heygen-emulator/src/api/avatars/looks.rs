use serde_json::Value;

use super::{error, is_owned};
use crate::{
    api::{Answer, Call, Viewer, jobs, page, validate, viewer::remove},
    media::Medium,
    problem::Problem,
    state::{Collection, Record},
};

/// `GET /v3/avatars/looks`
pub(in crate::api) fn list(call: &Call<'_>) -> Answer {
    let ownership = call.query("ownership");
    let is_wanted = |look: &Record| {
        call.matches(look, "group_id")
            && call.matches(look, "avatar_type")
            && is_owned(look, ownership.as_deref())
    };
    page::list(call, Collection::AvatarLooks, is_wanted)
}

/// `PATCH /v3/avatars/looks/{look_id}`: own looks only.
pub(in crate::api) fn update(call: &mut Call<'_>, body: &Value) -> Answer {
    if call.record(Collection::AvatarLooks)?.is("is_public") {
        return Err(call.missing());
    }
    validate::not_empty(call, body)?;
    if let Some(name) = body["name"].as_str() {
        let look = call.record_mut(Collection::AvatarLooks)?;
        look.fields.insert("name".to_owned(), name.into());
    }
    jobs::get(call, Collection::AvatarLooks)
}

/// `DELETE /v3/avatars/looks/{look_id}`: the last look takes its group with it.
pub(in crate::api) fn delete(call: &mut Call<'_>) -> Answer {
    let look = call.record(Collection::AvatarLooks)?;
    if look.is("is_public") || look.text("avatar_type") == Some("studio_avatar") {
        let message = "only own looks that are no studio avatars can be deleted";
        return Err(Problem::forbidden("forbidden", message));
    }
    let group = look.text("group_id").unwrap_or_default().to_owned();
    let id = call.remove(Collection::AvatarLooks)?;
    if of(&call.viewer(), &group).is_empty() {
        call.state.records.remove(Collection::Avatars, &group);
    }
    jobs::deleted(call, &id)
}

/// Returns the ids of the looks of a group.
pub(super) fn of(viewer: &Viewer<'_>, group: &str) -> Vec<String> {
    let looks = viewer
        .records
        .newest_first(viewer.now, Collection::AvatarLooks);
    let own = looks
        .into_iter()
        .filter(|(_, look)| look.text("group_id") == Some(group));
    own.map(|(id, _)| id.to_owned()).collect()
}

/// Shows a look.
pub(in crate::api) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut look = viewer.job(id, record);
    remove(&mut look, "created_at");
    remove(&mut look, "failure_message");
    look["error"] = error(viewer, record);
    if record.schedule.is_completed(viewer.now) {
        let preview = viewer.result(id, Medium::Png);
        look["preview_image_url"] = preview.into();
        if record.text("avatar_type") != Some("photo_avatar") {
            let preview = viewer.result(id, Medium::Mp4);
            look["preview_video_url"] = preview.into();
        }
    }
    look
}
