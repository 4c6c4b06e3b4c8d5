mod styles;

use heygen_types::{
    Page, ResourceId, SessionId,
    video_agents::{
        CreateVideoAgent, CreatedVideoAgent, GetVideoAgent, GetVideoAgentResource,
        ListVideoAgentVideos, ListVideoAgents, SendVideoAgentMessage, SentMessage, StopVideoAgent,
        StoppedVideoAgent, VideoAgentResource, VideoAgentSession, VideoAgentSummary,
    },
    videos::VideoRecord,
};

pub use styles::VideoAgentStyles;

use super::group;
use crate::{Error, FileInput, Items, Pages, StartsJob, Submit, Wait};

group! {
    /// The `video_agents.*` operations: videos made from a prompt and files.
    VideoAgents
}

impl<'a> VideoAgents<'a> {
    /// Starts a session that makes a video from a prompt and up to 20 files.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send). The operation has no idempotency key, so it is repeated only when
    /// it cannot have been carried out.
    pub async fn create(&self, request: &CreateVideoAgent) -> Result<CreatedVideoAgent, Error> {
        self.client.send(request).await
    }

    /// Starts a session from a prompt and files that are uploaded first. Await what this returns.
    ///
    /// ```
    /// # use heygen_client::{Client, Error, Outcome};
    /// # async fn present(client: &Client) -> Result<(), Error> {
    /// let agents = client.video_agents();
    /// match agents.create_from("Present this report").file("report.pdf").wait().await? {
    ///     Outcome::Completed(session) => println!("{:?}", session.video_id),
    ///     other => println!("{other:?}"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_from(&self, prompt: impl Into<String>) -> Submit<CreateVideoAgent> {
        self.client.submit(CreateVideoAgent::new(prompt))
    }

    /// Returns a session.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn get(&self, session_id: SessionId) -> Result<VideoAgentSession, Error> {
        self.client.send(&GetVideoAgent::new(session_id)).await
    }

    /// Returns one page of sessions.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(&self, request: &ListVideoAgents) -> Result<Page<VideoAgentSummary>, Error> {
        self.client.send(request).await
    }

    /// Returns all sessions, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListVideoAgents) -> Items<ListVideoAgents> {
        self.client.items(request)
    }

    /// Returns the pages of sessions as they are asked for.
    pub fn pages(&self, request: ListVideoAgents) -> Pages<ListVideoAgents> {
        self.client.pages(request)
    }

    /// Answers a question of a session, or asks for a change.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn send_message(
        &self,
        request: &SendVideoAgentMessage,
    ) -> Result<SentMessage, Error> {
        self.client.send(request).await
    }

    /// Sends a message with files that are uploaded first. Await what this returns.
    pub fn send_message_from(
        &self,
        session_id: SessionId,
        message: impl Into<String>,
    ) -> Submit<SendVideoAgentMessage> {
        let request = SendVideoAgentMessage::new(session_id, message);
        self.client.submit(request)
    }

    /// Stops what a session is doing.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn stop(&self, session_id: SessionId) -> Result<StoppedVideoAgent, Error> {
        self.client.send(&StopVideoAgent::new(session_id)).await
    }

    /// Waits for the end of a session. Await what this returns.
    ///
    /// After a message say [`Wait::resumed`]: the session may need a moment to take it up. A
    /// session with a question ends the wait as [`Outcome::NeedsInput`](crate::Outcome::NeedsInput).
    pub fn wait(&self, session_id: SessionId) -> Wait<GetVideoAgent> {
        self.client.wait(GetVideoAgent::new(session_id))
    }

    /// Returns the videos of a session, all on one page.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn videos(&self, session_id: SessionId) -> Result<Page<VideoRecord>, Error> {
        self.client
            .send(&ListVideoAgentVideos::new(session_id))
            .await
    }

    /// Returns something that a session made or used.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn resource(
        &self,
        session_id: SessionId,
        resource_id: ResourceId,
    ) -> Result<VideoAgentResource, Error> {
        self.client
            .send(&GetVideoAgentResource::new(session_id, resource_id))
            .await
    }

    /// What sessions can be told to look like.
    #[must_use]
    pub const fn styles(&self) -> VideoAgentStyles<'a> {
        VideoAgentStyles::new(self.client)
    }
}

impl Submit<CreateVideoAgent> {
    /// Adds a file for the agent to work with, at most 20.
    pub fn file(self, file: impl Into<FileInput>) -> Self {
        self.attach(file, |request, file| {
            request.files.get_or_insert_default().push(file);
        })
    }
}

impl Submit<SendVideoAgentMessage> {
    /// Adds a file for the agent to work with, at most 20.
    pub fn file(self, file: impl Into<FileInput>) -> Self {
        self.attach(file, |request, file| {
            request.body.files.get_or_insert_default().push(file);
        })
    }
}

impl StartsJob for CreateVideoAgent {
    type Look = GetVideoAgent;

    fn look(created: &CreatedVideoAgent) -> Option<GetVideoAgent> {
        Some(GetVideoAgent::new(created.session_id.clone()))
    }
}

impl StartsJob for SendVideoAgentMessage {
    type Look = GetVideoAgent;
    const RESUMES: bool = true;

    fn look(created: &SentMessage) -> Option<GetVideoAgent> {
        Some(GetVideoAgent::new(created.session_id.clone()))
    }
}
