//! What a session does, and when.

use serde_json::json;

use super::messages;
use crate::{
    api::{Call, Viewer},
    state::{Collection, Record, Schedule, percent},
};

/// Has a session think about what it still has to know, and ask for it.
pub(super) fn ask(call: &Call<'_>, session: &mut Record) {
    let asked = call.now.saturating_add(call.settings.agent_thinking_time);
    session.schedule = Schedule::waiting(&[(call.now, "thinking"), (asked, WAITING)]);
    messages::add(session, asked, "model", QUESTION, &[]);
}

/// Has a session think and then make its video, which is there from then on.
pub(super) fn make(call: &mut Call<'_>, session: &mut Record, id: &str, video_id: &str) {
    let thought = call.now.saturating_add(call.settings.agent_thinking_time);
    let end = thought.saturating_add(call.settings.agent_generating_time);
    let steps = [
        (call.now, "thinking"),
        (thought, "generating"),
        (end, "completed"),
    ];
    session.schedule = call.doomed(Collection::Sessions, Schedule::of(&steps));
    let time = call.settings.agent_generating_time;
    let schedule = Schedule::job(Collection::Videos, thought, time);
    let video = Record::new(thought)
        .with_schedule(call.doomed(Collection::Videos, schedule))
        .with("title", session.fields["title"].clone())
        .with_hidden("session_id", id);
    // The session tells its end, and with it that of the video.
    call.state
        .records
        .insert(Collection::Videos, video_id, video);
    session
        .hidden
        .insert("video_id".to_owned(), video_id.into());
    match session.schedule.failure(end) {
        Some(failure) => {
            let message = failure.message.clone();
            messages::add_error(session, end, &message);
        }
        None => messages::add_resource(session, end, "Your video is ready.", video_id),
    }
    let of_video = json!({ "is_video": true, "at": end.as_secs() });
    super::files::insert(session, video_id, of_video);
}

/// Takes back what has not come yet: a video in the making, and what would have been said.
pub(super) fn stop(call: &mut Call<'_>, session: &mut Record) {
    messages::drop_later(session, call.now);
    if session.schedule.is_over(call.now) {
        return;
    }
    if let Some(video_id) = session.secret("video_id") {
        call.state.records.remove(Collection::Videos, video_id);
    }
    session.hidden.remove("video_id");
}

/// Says how far a session is.
pub(super) fn progress(viewer: &Viewer<'_>, session: &Record) -> u32 {
    let thinking = viewer.settings.agent_thinking_time;
    let whole = thinking.saturating_add(viewer.settings.agent_generating_time);
    match session.schedule.status(viewer.now) {
        "completed" => 100,
        "failed" => 99,
        WAITING => percent(thinking, whole),
        // A chat that still thinks has no end yet.
        _ if session.schedule.end().is_none() => {
            percent(viewer.now.saturating_sub(session.created_at), whole)
        }
        _ => session.schedule.progress(viewer.now),
    }
}

/// The status of a session that has a question.
pub(super) const WAITING: &str = "waiting_for_input";

const QUESTION: &str = "Who is the video for, and how long should it be?";
