use heygen_types::{
    BatchId, LipsyncId,
    batches::BatchDetail,
    lipsyncs::{CreateLipsync, CreateLipsyncBatch, CreatedLipsyncBatch, GetLipsyncBatch},
};

use super::group;
use crate::{Error, Items, Pages, StartsJob, Submit, Wait};

group! {
    /// The `lipsyncs.batches.*` operations.
    LipsyncBatches
}

impl LipsyncBatches<'_> {
    /// Starts up to 100 at once.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send). One bad entry refuses the whole call.
    pub async fn create(&self, request: &CreateLipsyncBatch) -> Result<CreatedLipsyncBatch, Error> {
        self.client.send(request).await
    }

    /// Starts many lipsyncs whose files are uploaded first: add them with
    /// [`lipsync`](Submit::<CreateLipsyncBatch>::lipsync). Await what this returns.
    ///
    /// ```
    /// # use heygen_client::{Client, Error};
    /// # async fn dub(client: &Client) -> Result<(), Error> {
    /// let lipsyncs = client.lipsyncs();
    /// let batch = lipsyncs
    ///     .batches()
    ///     .create_from()
    ///     .lipsync(lipsyncs.create_from("clip.mp4", "german.mp3"))
    ///     .lipsync(lipsyncs.create_from("clip.mp4", "french.mp3"))
    ///     .wait()
    ///     .await?
    ///     .into_result()?;
    /// println!("{:?}", batch.counts_by_status);
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_from(&self) -> Submit<CreateLipsyncBatch> {
        self.client.submit(CreateLipsyncBatch::new(Vec::new()))
    }

    /// Returns a batch with one page of its items.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is no such batch.
    pub async fn get(&self, request: &GetLipsyncBatch) -> Result<BatchDetail<LipsyncId>, Error> {
        self.client.send(request).await
    }

    /// Returns the items of a batch, one by one, page after page as they are asked for.
    pub fn items(&self, request: GetLipsyncBatch) -> Items<GetLipsyncBatch> {
        self.client.items(request)
    }

    /// Returns the pages of the items of a batch as they are asked for.
    pub fn pages(&self, request: GetLipsyncBatch) -> Pages<GetLipsyncBatch> {
        self.client.pages(request)
    }

    /// Waits for the end of every item of a batch. Await what this returns.
    ///
    /// A batch is completed when all its items have ended, however they did: look at each.
    pub fn wait(&self, batch_id: BatchId) -> Wait<GetLipsyncBatch> {
        self.client.wait(GetLipsyncBatch::new(batch_id))
    }
}

impl Submit<CreateLipsyncBatch> {
    /// Adds a lipsync. Of the item its request and its files count, not how it was to be sent.
    pub fn lipsync(self, item: Submit<CreateLipsync>) -> Self {
        self.absorb(item, |batch| &mut batch.lipsyncs)
    }
}

impl StartsJob for CreateLipsyncBatch {
    type Look = GetLipsyncBatch;

    fn look(created: &CreatedLipsyncBatch) -> Option<GetLipsyncBatch> {
        Some(GetLipsyncBatch::new(created.batch_id.clone()))
    }
}
