use heygen_types::{
    SessionId,
    video_agents::{CreateVideoAgent, CreatedVideoAgent, GetVideoAgent, VideoAgentSession},
};

use crate::{Client, Error};

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

    /// Returns a session.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn get(&self, session_id: SessionId) -> Result<VideoAgentSession, Error> {
        self.client.send(&GetVideoAgent::new(session_id)).await
    }
}
