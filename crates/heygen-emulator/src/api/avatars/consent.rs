//! The consent of the person that an avatar shows.

use serde_json::{Value, json};

use super::{looks, own, view};
use crate::{
    api::{Answer, Call, Viewer},
    problem::Problem,
    state::{Collection, Record, Schedule, millis},
};

/// `POST /v3/avatars/{group_id}/consent`: a film of the consent is enough at once; the person who
/// gets the URL gives it after as long as a job takes.
pub(in crate::api) fn request(call: &mut Call<'_>, body: &Value) -> Answer {
    check(body)?;
    own(call)?;
    let id = call.parameter().to_owned();
    let is_filmed = body["consent_video"].is_object();
    let given_at = if is_filmed {
        call.now
    } else {
        call.now.saturating_add(call.settings.job_time)
    };
    let group = call.record_mut(Collection::Avatars)?;
    group.hidden.insert("needs_consent".to_owned(), true.into());
    let given = millis(given_at);
    group.hidden.insert("consent_at".to_owned(), given.into());
    go_on(call, &id, given_at);

    let url = (!is_filmed).then(|| {
        let token = call.state.ids.next("consent");
        // The person is made up, so the page behind the URL is too.
        format!("https://consent.example.com/{token}")
    });
    let viewer = call.viewer();
    let group = call.record(Collection::Avatars)?;
    let group = view(&viewer, &id, group);
    call.data(json!({ "avatar_group": group, "url": url }))
}

/// Tells where the consent stands, `None` when none is needed.
pub(super) fn status(viewer: &Viewer<'_>, group: &Record) -> Option<&'static str> {
    if !group.is("needs_consent") {
        return None;
    }
    let at = group.hidden.get("consent_at").and_then(Value::as_u64);
    let is_given = at.is_some_and(|at| at <= millis(viewer.now));
    Some(if is_given { "approved" } else { "pending" })
}

/// Has the group and its looks wait for the consent, and end once they have it.
fn go_on(call: &mut Call<'_>, id: &str, given_at: std::time::Duration) {
    let now = call.now;
    let mut ids = vec![(Collection::Avatars, id.to_owned())];
    let looks = looks::of(&call.viewer(), id).into_iter();
    ids.extend(looks.map(|look| (Collection::AvatarLooks, look)));
    for (kind, id) in ids {
        let Some(record) = call.state.records.get_mut(kind, &id) else {
            continue;
        };
        if record.schedule.failure(now).is_some() {
            continue;
        }
        let was_completed = record.schedule.is_completed(now);
        let from = record.created_at;
        let trained = from.saturating_add(call.settings.job_time);
        let end = given_at.max(trained);
        let schedule = Schedule::of(&[
            (from, "processing"),
            (trained.min(end), "pending_consent"),
            (end, "completed"),
        ]);
        record.schedule = schedule.clone();
        if kind == Collection::AvatarLooks && !was_completed {
            call.watch(kind, &id, &schedule);
        }
    }
}

fn check(body: &Value) -> Result<(), Problem> {
    let text = body["consent_text"].as_str();
    if text.is_some_and(|text| text.contains(['<', '>'])) {
        let message = "consent_text has < or >, plain text is taken";
        return Err(Problem::parameter("consent_text", message));
    }
    if body["consent_video"].is_null() {
        return Ok(());
    }
    let other = ["reroute_url", "consent_text"];
    match other.into_iter().find(|other| !body[other].is_null()) {
        Some(other) => {
            let message = format!("consent_video is not taken together with {other}");
            Err(Problem::parameter("consent_video", message))
        }
        None => Ok(()),
    }
}
