use heygen_types::{
    BatchId, VideoTranslationId,
    batches::BatchDetail,
    video_translations::{
        CreateVideoTranslation, CreateVideoTranslationBatch, CreatedVideoTranslationBatch,
        GetVideoTranslationBatch,
    },
};

use super::group;
use crate::{Error, Items, Pages, StartsJob, Submit, Wait};

group! {
    /// The `video_translations.batches.*` operations.
    VideoTranslationBatches
}

impl VideoTranslationBatches<'_> {
    /// Starts up to 100 at once.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send). One bad entry refuses the whole call.
    pub async fn create(
        &self,
        request: &CreateVideoTranslationBatch,
    ) -> Result<CreatedVideoTranslationBatch, Error> {
        self.client.send(request).await
    }

    /// Starts many translations whose files are uploaded first: add them with
    /// [`translation`](Submit::<CreateVideoTranslationBatch>::translation). Await what this returns.
    pub fn create_from(&self) -> Submit<CreateVideoTranslationBatch> {
        let request = CreateVideoTranslationBatch::new(Vec::new());
        self.client.submit(request)
    }

    /// Returns a batch with one page of its items.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is no such batch.
    pub async fn get(
        &self,
        request: &GetVideoTranslationBatch,
    ) -> Result<BatchDetail<VideoTranslationId>, Error> {
        self.client.send(request).await
    }

    /// Returns the items of a batch, one by one, page after page as they are asked for.
    pub fn items(&self, request: GetVideoTranslationBatch) -> Items<GetVideoTranslationBatch> {
        self.client.items(request)
    }

    /// Returns the pages of the items of a batch as they are asked for.
    pub fn pages(&self, request: GetVideoTranslationBatch) -> Pages<GetVideoTranslationBatch> {
        self.client.pages(request)
    }

    /// Waits for the end of every item of a batch. Await what this returns.
    ///
    /// A batch is completed when all its items have ended, however they did: look at each.
    pub fn wait(&self, batch_id: BatchId) -> Wait<GetVideoTranslationBatch> {
        self.client.wait(GetVideoTranslationBatch::new(batch_id))
    }
}

impl Submit<CreateVideoTranslationBatch> {
    /// Adds a translation. Of the item its request and its files count, not how it was to be sent.
    pub fn translation(self, item: Submit<CreateVideoTranslation>) -> Self {
        self.absorb(item, |batch| &mut batch.video_translations)
    }
}

impl StartsJob for CreateVideoTranslationBatch {
    type Look = GetVideoTranslationBatch;

    fn look(created: &CreatedVideoTranslationBatch) -> Option<GetVideoTranslationBatch> {
        Some(GetVideoTranslationBatch::new(created.batch_id.clone()))
    }
}
