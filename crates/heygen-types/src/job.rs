/// Something that HeyGen works on in the background: a video, a translation, an avatar, a batch.
///
/// The words for the states differ from resource to resource (`completed` here, `complete` there);
/// this trait says what they mean.
///
/// ```
/// use heygen_types::{Job, JobState, video_agents::{AgentStatus, VideoAgentSession}};
///
/// let mut session = VideoAgentSession::new(0, "session_1".parse()?, AgentStatus::Generating);
/// assert_eq!(session.state(), JobState::Running);
/// session.status = AgentStatus::WaitingForInput;
/// assert_eq!(session.state(), JobState::NeedsInput);
/// session.status = AgentStatus::from("a word of next year");
/// assert_eq!(session.state(), JobState::Running);
/// # Ok::<(), heygen_types::Invalid>(())
/// ```
pub trait Job {
    /// Returns where the job stands. A state that this version does not know means that it runs.
    fn state(&self) -> JobState<'_>;

    /// Returns the state in the API's own word, for messages; empty where the record has none.
    fn status_word(&self) -> &str;

    /// Tells whether the last word is the job's, where it is a conversation: a session whose newest
    /// message is the user's has not answered it yet.
    fn has_last_word(&self) -> bool {
        true
    }

    /// Returns how far the job is, from 0 to 100, where the API says so.
    fn progress(&self) -> Option<u32> {
        None
    }
}

/// Where a [`Job`] stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JobState<'a> {
    /// It is being worked on, or waits for its turn.
    Running,
    /// It goes on when somebody answers: a video agent with a question, an avatar that needs
    /// consent.
    NeedsInput,
    /// It is done.
    Completed,
    /// It has ended without a result.
    Failed {
        /// Why, as a code, where the API gives one.
        code: Option<&'a str>,
        /// Why, in words, where the API gives them.
        message: Option<&'a str>,
    },
}

impl JobState<'_> {
    /// Tells whether nothing more will happen by itself.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Completed | Self::Failed { .. })
    }
}
