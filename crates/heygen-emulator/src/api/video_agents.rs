mod course;
mod files;
mod messages;

use heygen_types::ApiError;
use serde_json::{Value, json};

use super::{
    Answer, Call, Viewer,
    page::{self, Slice},
    videos,
};
use crate::{
    library::STYLES,
    media::Medium,
    problem::Problem,
    state::{Collection, Record, Schedule},
};

pub(super) use files::{get as resource, kind};

/// `POST /v3/video-agents`
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    if !body["members"].is_null() && body["visibility"] != "selected" {
        let message = "members are taken with the visibility selected only";
        return Err(Problem::parameter("members", message));
    }
    let prompt = body["prompt"].as_str().unwrap_or_default();
    let id = call.state.ids.next("session");
    let video_id = call.state.ids.next("video");
    let title: String = prompt
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(60)
        .collect();
    let mut session = Record::new(call.now)
        .with("title", title)
        .with_hidden_of(body, &["callback_id", "callback_url"])
        .with_hidden("is_chat", body["mode"] == "chat");
    let files = files::keep(call, &mut session, body);
    messages::add(&mut session, call.now, "user", prompt, &files);
    if session.is("is_chat") {
        course::ask(call, &mut session);
    } else {
        course::make(call, &mut session, &id, &video_id);
    }
    call.add(Collection::Sessions, &id, session);
    call.data(json!({
        "session_id": id,
        "created_at": call.now.as_secs(),
        "status": "thinking",
        "video_id": null,
    }))
}

/// `POST /v3/video-agents/{session_id}`: what was missing has come, so the video can be made.
pub(super) fn send_message(call: &mut Call<'_>, body: &Value) -> Answer {
    let mut session = call.record(Collection::Sessions)?.clone();
    let has_edit = !body["edit_plan"].is_null();
    let text = body["message"].as_str().unwrap_or_default();
    if text.is_empty() && !has_edit {
        let message = "message is required unless edit_plan is set";
        return Err(Problem::parameter("message", message));
    }
    let id = call.parameter().to_owned();
    course::stop(call, &mut session);
    let run_id = call.state.ids.next("run");
    let video_id = call.state.ids.next("video");
    let files = files::keep(call, &mut session, body);
    if !text.is_empty() || !files.is_empty() {
        messages::add(&mut session, call.now, "user", text, &files);
    }
    course::make(call, &mut session, &id, &video_id);
    let title = session.fields["title"].clone();
    put_back(call, &id, session);
    // Only an edit works on a draft that has an id before it is done.
    let draft = has_edit.then_some(video_id);
    call.data(json!({ "run_id": run_id, "session_id": id, "title": title, "video_id": draft }))
}

/// `POST /v3/video-agents/{session_id}/stop`: what is being made is not made. A chat waits for a
/// message then; any other session has failed. A session that does nothing stays as it is.
pub(super) fn stop(call: &mut Call<'_>) -> Answer {
    let mut session = call.record(Collection::Sessions)?.clone();
    let id = call.parameter().to_owned();
    let is_waiting = session.schedule.status(call.now) == course::WAITING;
    if !is_waiting && !session.schedule.is_over(call.now) {
        course::stop(call, &mut session);
        if session.is("is_chat") {
            session.schedule = Schedule::waiting(&[(call.now, course::WAITING)]);
        } else {
            let failure = ApiError::new("stopped", "The session was stopped.");
            messages::add_error(&mut session, call.now, &failure.message);
            let now = Schedule::of(&[(call.now, "completed")]);
            session.schedule = now.failing(Collection::Sessions, failure);
        }
        put_back(call, &id, session);
    }
    call.data(json!({ "session_id": id }))
}

/// `GET /v3/video-agents/{session_id}/videos`: what the session has made, newest first.
pub(super) fn list_videos(call: &Call<'_>) -> Answer {
    call.record(Collection::Sessions)?;
    let viewer = call.viewer();
    let videos = viewer.records.newest_first(call.now, Collection::Videos);
    let own = videos
        .into_iter()
        .filter(|(_, video)| video.secret("session_id") == Some(call.parameter()));
    let own = own.map(|(id, video)| videos::view(&viewer, id, video));
    call.list(Slice::whole(own.collect()))
}

/// `GET /v3/video-agents/styles`
pub(super) fn styles(call: &Call<'_>) -> Answer {
    let tag = call.query("tag");
    let tagged = STYLES
        .iter()
        .filter(|style| tag.as_deref().is_none_or(|tag| style.tags.contains(&tag)));
    let viewer = call.viewer();
    let slice = page::cut(call, page::rising(tagged))?;
    call.list(slice.map(|style| {
        json!({
            "style_id": style.id,
            "name": style.name,
            "tags": style.tags,
            "aspect_ratio": "16:9",
            "preview_video_url": viewer.result(style.id, Medium::Mp4),
            "thumbnail_url": viewer.result(style.id, Medium::Png),
        })
    }))
}

/// Shows a session in a list.
pub(super) fn summary(_: &Viewer<'_>, id: &str, record: &Record) -> Value {
    json!({
        "session_id": id,
        "created_at": record.created_at.as_secs(),
        "title": record.text("title"),
    })
}

/// Shows a session.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let is_completed = record.schedule.is_completed(viewer.now);
    let video_id = record.secret("video_id").filter(|_| is_completed);
    json!({
        "session_id": id,
        "created_at": record.created_at.as_secs(),
        "title": record.text("title"),
        "status": record.schedule.status(viewer.now),
        "progress": course::progress(viewer, record),
        "messages": messages::shown(viewer, record),
        "video_id": video_id,
        "error": error(viewer, record),
    })
}

/// Tells an error that the caller can act on. The others are in the messages only.
fn error(viewer: &Viewer<'_>, record: &Record) -> Option<Value> {
    let failure = record.schedule.failure(viewer.now)?;
    let ApiError { code, message, .. } = failure;
    (code == "context_limit_exceeded").then(|| json!({ "code": code, "message": message }))
}

fn put_back(call: &mut Call<'_>, id: &str, session: Record) {
    call.watch(Collection::Sessions, id, &session.schedule);
    if let Some(known) = call.state.records.get_mut(Collection::Sessions, id) {
        *known = session;
    }
    call.state.is_dirty = true;
}
