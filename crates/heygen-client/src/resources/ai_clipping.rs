use heygen_types::{
    AiClippingId, Page,
    ai_clipping::{
        ClippingJob, CreateAiClipping, CreatedAiClipping, DeleteAiClipping, DeletedAiClipping,
        GetAiClipping, ListAiClippings,
    },
};

use super::group;
use crate::{Error, FileLink, Items, Pages, StartsJob, Submit, Wait, submit::stand_in};

group! {
    /// The `ai_clipping.*` operations: short clips out of a long video.
    AiClipping
}

impl AiClipping<'_> {
    /// Starts to cut clips.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(&self, request: &CreateAiClipping) -> Result<CreatedAiClipping, Error> {
        self.client.send(request).await
    }

    /// Starts to cut clips out of a video that is uploaded first. Await what this returns.
    pub fn create_from(&self, video: impl Into<FileLink>) -> Submit<CreateAiClipping> {
        self.client
            .submit(CreateAiClipping::new(stand_in()))
            .attach_link(video, |request, video| request.video = video)
    }

    /// Returns a job and the clips that it has made.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn get(&self, job_id: AiClippingId) -> Result<ClippingJob, Error> {
        self.client.send(&GetAiClipping::new(job_id)).await
    }

    /// Returns one page of jobs.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(&self, request: &ListAiClippings) -> Result<Page<ClippingJob>, Error> {
        self.client.send(request).await
    }

    /// Returns all jobs, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListAiClippings) -> Items<ListAiClippings> {
        self.client.items(request)
    }

    /// Returns the pages of jobs as they are asked for.
    pub fn pages(&self, request: ListAiClippings) -> Pages<ListAiClippings> {
        self.client.pages(request)
    }

    /// Deletes a job and its clips.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn delete(&self, job_id: AiClippingId) -> Result<DeletedAiClipping, Error> {
        self.client.send(&DeleteAiClipping::new(job_id)).await
    }

    /// Waits for the end of a job. Await what this returns.
    pub fn wait(&self, job_id: AiClippingId) -> Wait<GetAiClipping> {
        self.client.wait(GetAiClipping::new(job_id))
    }
}

impl StartsJob for CreateAiClipping {
    type Look = GetAiClipping;

    fn look(created: &CreatedAiClipping) -> Option<GetAiClipping> {
        Some(GetAiClipping::new(created.ai_clipping_id.clone()))
    }
}
