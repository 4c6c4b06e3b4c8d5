use heygen_types::{
    SessionId,
    video_agents::{CreateVideoAgent, CreatedVideoAgent, GetVideoAgent, VideoAgentSession},
};

use crate::{Client, Error, FileInput, StartsJob, Submit};

/// The `video_agents.*` operations.
#[derive(Clone, Copy, Debug)]
pub struct VideoAgents<'a> {
    client: &'a Client,
}

impl<'a> VideoAgents<'a> {
    pub(crate) const fn new(client: &'a Client) -> Self {
        Self { client }
    }

    /// Starts a session that makes a video from a prompt and up to 20 files.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`]. The operation has no idempotency key, so it is repeated only when
    /// it cannot have been carried out.
    pub async fn create(&self, request: &CreateVideoAgent) -> Result<CreatedVideoAgent, Error> {
        self.client.send(request).await
    }

    /// Starts a session from a prompt and files that are uploaded first. Await what this returns.
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
}

impl Submit<CreateVideoAgent> {
    /// Adds a file for the agent to work with, at most 20.
    pub fn file(self, file: impl Into<FileInput>) -> Self {
        self.attach(file, |request, file| {
            request.files.get_or_insert_default().push(file);
        })
    }
}

impl StartsJob for CreateVideoAgent {
    type Look = GetVideoAgent;

    fn look(created: &CreatedVideoAgent) -> GetVideoAgent {
        GetVideoAgent::new(created.session_id.clone())
    }
}
