use heygen_types::{
    Page,
    video_agents::{ListVideoAgentStyles, VideoAgentStyle},
};

use super::group;
use crate::{Error, Items, Pages};

group! {
    /// The `video_agents.styles.*` operations.
    VideoAgentStyles
}

impl VideoAgentStyles<'_> {
    /// Returns one page of styles.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(
        &self,
        request: &ListVideoAgentStyles,
    ) -> Result<Page<VideoAgentStyle>, Error> {
        self.client.send(request).await
    }

    /// Returns all styles, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListVideoAgentStyles) -> Items<ListVideoAgentStyles> {
        self.client.items(request)
    }

    /// Returns the pages of styles as they are asked for.
    pub fn pages(&self, request: ListVideoAgentStyles) -> Pages<ListVideoAgentStyles> {
        self.client.pages(request)
    }
}
