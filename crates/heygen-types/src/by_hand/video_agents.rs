use crate::{
    AssetInput, Invalid, Job, JobState,
    video_agents::{
        AgentMessageType, AgentStatus, CreateVideoAgent, SendVideoAgentMessageBody,
        SessionVisibility, VideoAgentSession,
    },
};

impl SendVideoAgentMessageBody {
    /// Checks that there is a message or an edit.
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        let has_message = self.message.as_deref().is_some_and(|it| !it.is_empty());
        if has_message || self.edit_plan.is_some() {
            return Ok(());
        }
        Err(Invalid::new(
            "message",
            "is required unless edit_plan is set",
        ))
    }
}

impl CreateVideoAgent {
    /// Checks that members are named only where they decide who can see the session.
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        if self.members.is_some() && self.visibility != Some(SessionVisibility::Selected) {
            return Err(Invalid::new("members", "needs the visibility selected"));
        }
        Ok(())
    }

    /// Gives the session files to work with.
    #[must_use]
    pub fn with_files(mut self, files: impl IntoIterator<Item = impl Into<AssetInput>>) -> Self {
        self.files = Some(files.into_iter().map(Into::into).collect());
        self
    }
}

impl VideoAgentSession {
    /// Returns the reason for a failure in words: the error that the caller can act on, else the
    /// newest message about one.
    fn failure_message(&self) -> Option<&str> {
        if let Some(error) = &self.error {
            return Some(&error.message);
        }
        // The newest message comes first.
        let mut messages = self.messages.iter();
        let error = messages.find(|message| message.r#type == AgentMessageType::Error);
        error.map(|message| message.content.as_str())
    }
}

impl Job for VideoAgentSession {
    fn state(&self) -> JobState<'_> {
        match self.status {
            AgentStatus::Completed => JobState::Completed,
            AgentStatus::WaitingForInput => JobState::NeedsInput,
            AgentStatus::Failed => JobState::Failed {
                code: self.error.as_ref().map(|error| error.code.as_str()),
                message: self.failure_message(),
            },
            _ => JobState::Running,
        }
    }

    fn status_word(&self) -> &str {
        self.status.as_str()
    }

    fn has_last_word(&self) -> bool {
        // The newest message comes first.
        let newest = self.messages.first();
        newest.is_some_and(|message| message.role != "user")
    }

    fn progress(&self) -> Option<u32> {
        Some(self.progress)
    }
}
