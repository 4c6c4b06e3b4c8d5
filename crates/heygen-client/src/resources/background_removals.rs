use heygen_types::{
    BackgroundRemovalId, Page,
    background_removals::{
        BackgroundRemovalJob, CreateBackgroundRemoval, DeleteBackgroundRemoval,
        DeletedBackgroundRemoval, GetBackgroundRemoval, ListBackgroundRemovals,
    },
};

use super::group;
use crate::{Error, FileInput, Items, Pages, StartsJob, Submit, Wait, submit::stand_in};

group! {
    /// The `background_removals.*` operations.
    BackgroundRemovals
}

impl BackgroundRemovals<'_> {
    /// Starts to cut out what stands before the background of a video.
    ///
    /// The API knows no idempotency key here but the field `request_id`: when it is absent it is
    /// filled in, the same on every retry.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(
        &self,
        request: &CreateBackgroundRemoval,
    ) -> Result<BackgroundRemovalJob, Error> {
        self.client.send(request).await
    }

    /// Starts to cut out what stands before the background of a video that is uploaded first.
    /// Await what this returns.
    pub fn create_from(&self, video: impl Into<FileInput>) -> Submit<CreateBackgroundRemoval> {
        self.client
            .submit(CreateBackgroundRemoval::new(stand_in()))
            .attach(video, |request, video| request.video = video)
    }

    /// Returns a job.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn get(&self, job_id: BackgroundRemovalId) -> Result<BackgroundRemovalJob, Error> {
        self.client.send(&GetBackgroundRemoval::new(job_id)).await
    }

    /// Returns one page of jobs.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(
        &self,
        request: &ListBackgroundRemovals,
    ) -> Result<Page<BackgroundRemovalJob>, Error> {
        self.client.send(request).await
    }

    /// Returns all jobs, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListBackgroundRemovals) -> Items<ListBackgroundRemovals> {
        self.client.items(request)
    }

    /// Returns the pages of jobs as they are asked for.
    pub fn pages(&self, request: ListBackgroundRemovals) -> Pages<ListBackgroundRemovals> {
        self.client.pages(request)
    }

    /// Deletes a job and its result.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn delete(
        &self,
        job_id: BackgroundRemovalId,
    ) -> Result<DeletedBackgroundRemoval, Error> {
        self.client
            .send(&DeleteBackgroundRemoval::new(job_id))
            .await
    }

    /// Waits for the end of a job. Await what this returns.
    pub fn wait(&self, job_id: BackgroundRemovalId) -> Wait<GetBackgroundRemoval> {
        self.client.wait(GetBackgroundRemoval::new(job_id))
    }
}

impl StartsJob for CreateBackgroundRemoval {
    type Look = GetBackgroundRemoval;

    fn look(created: &BackgroundRemovalJob) -> Option<GetBackgroundRemoval> {
        Some(GetBackgroundRemoval::new(created.id.clone()))
    }
}
