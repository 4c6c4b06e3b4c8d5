use heygen_types::{
    BatchId, VideoId,
    batches::BatchDetail,
    videos::{CreateVideo, CreateVideoBatch, CreatedVideoBatch, GetVideoBatch},
};

use super::group;
use crate::{Error, Items, Pages, StartsJob, Submit, Wait};

group! {
    /// The `videos.batches.*` operations.
    VideoBatches
}

impl VideoBatches<'_> {
    /// Starts up to 100 at once.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send). One bad entry refuses the whole call.
    pub async fn create(&self, request: &CreateVideoBatch) -> Result<CreatedVideoBatch, Error> {
        self.client.send(request).await
    }

    /// Starts many videos whose files are uploaded first: add them with
    /// [`video`](Submit::<CreateVideoBatch>::video). Await what this returns.
    pub fn create_from(&self) -> Submit<CreateVideoBatch> {
        self.client.submit(CreateVideoBatch::new(Vec::new()))
    }

    /// Returns a batch with one page of its items.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is no such batch.
    pub async fn get(&self, request: &GetVideoBatch) -> Result<BatchDetail<VideoId>, Error> {
        self.client.send(request).await
    }

    /// Returns the items of a batch, one by one, page after page as they are asked for.
    pub fn items(&self, request: GetVideoBatch) -> Items<GetVideoBatch> {
        self.client.items(request)
    }

    /// Returns the pages of the items of a batch as they are asked for.
    pub fn pages(&self, request: GetVideoBatch) -> Pages<GetVideoBatch> {
        self.client.pages(request)
    }

    /// Waits for the end of every item of a batch. Await what this returns.
    ///
    /// A batch is completed when all its items have ended, however they did: look at each.
    pub fn wait(&self, batch_id: BatchId) -> Wait<GetVideoBatch> {
        self.client.wait(GetVideoBatch::new(batch_id))
    }
}

impl Submit<CreateVideoBatch> {
    /// Adds a video of any kind. Of the item its request and its files count, not how it was to be
    /// sent.
    pub fn video<R>(self, item: Submit<CreateVideo, R>) -> Self {
        self.absorb(item, |batch| &mut batch.videos)
    }
}

impl StartsJob for CreateVideoBatch {
    type Look = GetVideoBatch;

    fn look(created: &CreatedVideoBatch) -> Option<GetVideoBatch> {
        Some(GetVideoBatch::new(created.batch_id.clone()))
    }
}
