use std::time::Duration;

use heygen_types::{
    SessionId,
    video_agents::{AgentMessage, AgentMessageType, AgentStatus, VideoAgentSession},
};

use super::{Answer, Call, call::data};
use crate::{Settings, problem::Problem, state::Session};

/// `GET /v3/video-agents/{session_id}`: the clock alone moves a session along.
pub(super) fn answer(call: &mut Call<'_>) -> Answer {
    let id: Option<SessionId> = call.parameter.parse().ok();
    let Some((id, session)) = id.and_then(|id| call.state.sessions.get_key_value(&id)) else {
        return Err(Problem::not_found(
            "not_found",
            &format!("session {:?}", call.parameter),
        ));
    };
    let (status, progress) = standing(call.now, call.settings, session);
    let created_at = Call::unix_seconds(session.created_at);
    let mut detail = VideoAgentSession::new(created_at, id.clone(), status);
    detail.progress = progress;
    let mut message = AgentMessage::new("user", AgentMessageType::Text, &*session.prompt);
    message.created_at = Some(created_at);
    detail.messages.push(message);
    if detail.status == AgentStatus::Completed {
        detail.video_id = Some(session.video_id.clone());
    }
    data(detail)
}

/// Says where a session stands and how far it is. One that was asked to talk first waits for a
/// message once it has thought.
fn standing(now: Duration, settings: &Settings, session: &Session) -> (AgentStatus, u32) {
    let age = now.saturating_sub(session.created_at);
    let thinking = settings.agent_thinking_time;
    let whole = thinking.saturating_add(settings.agent_generating_time);
    if age < thinking {
        (AgentStatus::Thinking, percent(age, whole))
    } else if session.is_chat {
        (AgentStatus::WaitingForInput, percent(thinking, whole))
    } else if age < whole {
        (AgentStatus::Generating, percent(age, whole))
    } else {
        (AgentStatus::Completed, 100)
    }
}

fn percent(part: Duration, whole: Duration) -> u32 {
    let percent = part.as_millis() * 100 / whole.as_millis().max(1);
    u32::try_from(percent).map_or(99, |percent| percent.min(99))
}
