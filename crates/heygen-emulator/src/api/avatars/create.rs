use serde_json::{Value, json};

use super::{view, view_look};
use crate::{
    api::{Answer, Call},
    problem::Problem,
    state::{Collection, Record, Schedule},
};

/// `POST /v3/avatars`: a look, in a group of its own or in one that is there.
pub(in crate::api) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    if body["name"]
        .as_str()
        .is_some_and(|name| name.trim().is_empty())
    {
        return Err(Problem::parameter("name", "name is empty"));
    }
    let kind = body["type"].as_str().unwrap_or_default();
    let group = group(call, body)?;
    let schedule = schedule(call, kind);
    let group_id = match group {
        Some(id) => id,
        None => {
            let id = call.state.ids.next("group");
            let record = Record::new(call.now)
                .with_schedule(schedule.clone())
                .with_fields_of(body, &["name"])
                .with_hidden("needs_consent", needs_consent(call, kind));
            // The look tells the end of both.
            call.state.records.insert(Collection::Avatars, &id, record);
            id
        }
    };
    let look_id = call.state.ids.next("look");
    let avatar_type = match kind {
        "digital_twin" => "digital_twin",
        _ => "photo_avatar",
    };
    let (orientation, width, height) = picture(body["aspect_ratio"].as_str());
    let look = Record::new(call.now)
        .with_schedule(schedule)
        .with_fields_of(body, &["name"])
        .with("avatar_type", avatar_type)
        .with("group_id", group_id.as_str())
        .with("preferred_orientation", orientation)
        .with("image_width", width)
        .with("image_height", height)
        .with("supported_api_engines", json!(["avatar_v", "avatar_iv"]))
        .with("tags", json!([]));
    call.add(Collection::AvatarLooks, &look_id, look);

    let viewer = call.viewer();
    let get = |kind, id: &str| viewer.records.get(viewer.now, kind, id);
    let group = get(Collection::Avatars, &group_id).map(|group| view(&viewer, &group_id, group));
    let look =
        get(Collection::AvatarLooks, &look_id).map(|look| view_look(&viewer, &look_id, look));
    call.data(json!({ "avatar_group": group, "avatar_item": look }))
}

/// Returns the group that the look goes to, `None` for a new one.
fn group(call: &Call<'_>, body: &Value) -> Result<Option<String>, Problem> {
    let refuse =
        |field: &str, problem: &str| Err(Problem::parameter(field, format!("{field} {problem}")));
    let records = &call.state.records;
    let given = body["avatar_group_id"].as_str();
    if let Some(id) = given {
        let group = records.get(call.now, Collection::Avatars, id);
        if group.is_none_or(|group| group.is("is_public")) {
            return refuse("avatar_group_id", "names no avatar of this workspace");
        }
    }
    let Some(look) = body["avatar_id"].as_str() else {
        return Ok(given.map(str::to_owned));
    };
    let Some(look) = records.get(call.now, Collection::AvatarLooks, look) else {
        return refuse("avatar_id", "names no known avatar");
    };
    let own_group = look.text("group_id").unwrap_or_default();
    match given {
        Some(group) if group != own_group => {
            refuse("avatar_id", "belongs to another group than avatar_group_id")
        }
        None if look.is("is_public") => Ok(None),
        _ => Ok(Some(own_group.to_owned())),
    }
}

fn schedule(call: &Call<'_>, kind: &str) -> Schedule {
    if !needs_consent(call, kind) {
        return call.schedule(Collection::AvatarLooks);
    }
    let trained = call.now.saturating_add(call.settings.job_time);
    Schedule::waiting(&[(call.now, "processing"), (trained, "pending_consent")])
}

fn needs_consent(call: &Call<'_>, kind: &str) -> bool {
    kind == "digital_twin" && call.settings.digital_twins_need_consent
}

fn picture(aspect_ratio: Option<&str>) -> (&'static str, u32, u32) {
    match aspect_ratio {
        Some("9:16") => ("portrait", 1080, 1920),
        Some("4:5") => ("portrait", 1080, 1350),
        Some("1:1") => ("square", 1080, 1080),
        Some("5:4") => ("landscape", 1350, 1080),
        _ => ("landscape", 1920, 1080),
    }
}
