use heygen_types::{Job, JobState};

/// Tells whether what a look says is about this turn of a job or about the one before.
///
/// A job that was told to go on, such as a session that was answered, may for a moment still say
/// how its turn before ended.
#[derive(Clone, Debug)]
pub struct Turn {
    has_begun: bool,
    looks: u32,
}

impl Turn {
    /// Believes every look: the job has one turn, or nobody has told it to go on.
    #[must_use]
    pub const fn first() -> Self {
        Self {
            has_begun: true,
            looks: 0,
        }
    }

    /// Follows a job that was just told to go on.
    #[must_use]
    pub const fn resumed() -> Self {
        Self {
            has_begun: false,
            looks: 0,
        }
    }

    /// Returns the state of a job that was looked at. An end is believed once the turn was seen to
    /// run, or when the job had the last word at the second look, or at the fourth in any case.
    pub fn state<'a>(&mut self, job: &'a (impl Job + ?Sized)) -> JobState<'a> {
        let state = job.state();
        self.looks += 1;
        self.has_begun |= state == JobState::Running
            || self.looks > LOOKS_MAX
            || (self.looks > 1 && job.has_last_word());
        if self.has_begun {
            state
        } else {
            JobState::Running
        }
    }
}

/// So many looks take some seconds, after which no server is still behind.
const LOOKS_MAX: u32 = 3;

#[cfg(test)]
mod tests {
    use heygen_types::video_agents::{
        AgentMessage, AgentMessageType, AgentStatus, VideoAgentSession,
    };

    use super::*;

    /// Tells which of the looks ends the wait.
    fn ending(mut turn: Turn, looks: &[(&str, &str)]) -> Option<usize> {
        looks.iter().position(|&(status, role)| {
            let id = "session_1".parse().unwrap();
            let mut session = VideoAgentSession::new(0, id, AgentStatus::from(status));
            let message = AgentMessage::new(role, AgentMessageType::Text, "x");
            session.messages.push(message);
            turn.state(&session) != JobState::Running
        })
    }

    #[test]
    fn the_end_of_the_turn_before_is_not_believed() {
        let asks = ("waiting_for_input", "model");
        let told = ("waiting_for_input", "user");
        let thinks = ("thinking", "user");
        let ended = ("completed", "user");
        for (turn, looks, expected) in [
            (Turn::first(), &[told][..], Some(0)),
            (Turn::resumed(), &[asks, asks], Some(1)),
            (Turn::resumed(), &[told, told, asks], Some(2)),
            (Turn::resumed(), &[told, thinks, asks], Some(2)),
            (Turn::resumed(), &[thinks, told], Some(1)),
            (Turn::resumed(), &[ended, ended], None),
            (Turn::resumed(), &[told, told, told, told], Some(3)),
        ] {
            assert_eq!(ending(turn.clone(), looks), expected, "{turn:?} {looks:?}");
        }
    }
}
