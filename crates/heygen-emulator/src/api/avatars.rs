mod consent;
mod create;
mod looks;

use serde_json::{Value, json};

use super::{Answer, Call, Viewer, jobs, page, validate, viewer::remove};
use crate::{
    media::Medium,
    problem::Problem,
    state::{Collection, Record},
};

pub(super) use consent::request as consent;
pub(super) use create::create;
pub(super) use looks::view as view_look;
pub(super) use looks::{delete as delete_look, list as list_looks, update as update_look};

/// `GET /v3/avatars`
pub(super) fn list(call: &Call<'_>) -> Answer {
    let ownership = call.query("ownership");
    let is_wanted = |group: &Record| is_owned(group, ownership.as_deref());
    page::list(call, Collection::Avatars, is_wanted)
}

/// `DELETE /v3/avatars/{group_id}`: its looks go with it.
pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    own(call)?;
    let id = call.remove(Collection::Avatars)?;
    for look in looks::of(&call.viewer(), &id) {
        call.state.records.remove(Collection::AvatarLooks, &look);
    }
    jobs::deleted(call, &id)
}

/// `PATCH /v3/avatars/{group_id}`
pub(super) fn update(call: &mut Call<'_>, body: &Value) -> Answer {
    let group = call.record(Collection::Avatars)?;
    validate::not_empty(call, body)?;
    if group.is("is_public") {
        return Err(Problem::forbidden("forbidden", "the avatar is public"));
    }
    if group.schedule.is_waited_for(call.now) {
        let status = group.schedule.status(call.now);
        let message = format!("the avatar is {status}");
        return Err(Problem::conflict("resource_not_ready", &message));
    }
    let voice = body["default_voice_id"].clone();
    check_voice(call, voice.as_str())?;
    let group = call.record_mut(Collection::Avatars)?;
    group.fields.insert("default_voice_id".to_owned(), voice);
    jobs::get(call, Collection::Avatars)
}

/// Shows a group of looks.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut group = viewer.job(id, record);
    remove(&mut group, "failure_message");
    group["looks_count"] = looks::of(viewer, id).len().into();
    let consent = consent::status(viewer, record);
    group["consent_status"] = consent.into();
    group["error"] = error(viewer, record);
    if record.schedule.is_completed(viewer.now) {
        let preview = viewer.result(id, Medium::Png);
        group["preview_image_url"] = preview.into();
    }
    group
}

/// Shows why making an avatar failed.
fn error(viewer: &Viewer<'_>, record: &Record) -> Value {
    let failure = record.schedule.failure(viewer.now);
    failure.map_or(
        Value::Null,
        |failure| json!({ "code": failure.code, "message": failure.message }),
    )
}

/// Refuses a public group, which is not there for those who want to delete it.
fn own(call: &Call<'_>) -> Result<(), Problem> {
    if call.record(Collection::Avatars)?.is("is_public") {
        return Err(call.missing());
    }
    Ok(())
}

fn is_owned(record: &Record, ownership: Option<&str>) -> bool {
    match ownership {
        Some("public") => record.is("is_public"),
        Some(_) => !record.is("is_public"),
        None => true,
    }
}

fn check_voice(call: &Call<'_>, voice: Option<&str>) -> Result<(), Problem> {
    let Some(id) = voice else {
        return Ok(());
    };
    let known = call.find(Collection::Voices, id);
    let is_usable = match known {
        Some(voice) => voice.schedule.is_completed(call.now),
        None => !call.settings.refuses_unknown_ids,
    };
    if is_usable {
        return Ok(());
    }
    let message = format!("the voice {id:?} cannot be used");
    Err(Problem::forbidden("voice_not_usable", &message))
}
