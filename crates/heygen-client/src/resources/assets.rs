use heygen_types::{
    AssetId, BatchId, Page,
    assets::{
        AssetRecord, CompleteAsset, CompleteUploadBatch, CompletedAsset, CompletedUploadBatch,
        CreateDirectUpload, CreateUploadBatch, DeleteAsset, DeletedAsset, GetAsset, GetUploadBatch,
        ListAssetStatuses, ListAssets, SearchAssets, SearchHit, UploadBatch, UploadSlot,
    },
    batches::{BatchDetail, StatusEntry},
};

use super::group;
use crate::{Error, Items, Pages, Source, StartsJob, Upload, Wait};

group! {
    /// The `assets.*` operations.
    ///
    /// [`upload`](Self::upload) is the one that most programs need. The others stand for one operation
    /// each; their errors are those of [`Client::send`](crate::Client::send).
    Assets
}

impl<'a> Assets<'a> {
    /// Uploads a file of any accepted type and size. Await what this returns.
    pub fn upload(&self, source: impl Into<Source>) -> Upload {
        Upload::new(self.client.clone(), source.into())
    }

    /// Returns the record of an asset.
    ///
    /// # Errors
    ///
    /// 404 `asset_not_found` when there is none.
    pub async fn get(&self, asset_id: AssetId) -> Result<AssetRecord, Error> {
        self.client.send(&GetAsset::new(asset_id)).await
    }

    /// Deletes an asset.
    ///
    /// # Errors
    ///
    /// 404 `asset_not_found` when there is none, or none any more.
    pub async fn delete(&self, asset_id: AssetId) -> Result<DeletedAsset, Error> {
        self.client.send(&DeleteAsset::new(asset_id)).await
    }

    /// Returns one page of a user's assets.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(&self, request: &ListAssets) -> Result<Page<AssetRecord>, Error> {
        self.client.send(request).await
    }

    /// Returns all assets of a user, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListAssets) -> Items<ListAssets> {
        self.client.items(request)
    }

    /// Returns the pages of a user's assets as they are asked for.
    pub fn pages(&self, request: ListAssets) -> Pages<ListAssets> {
        self.client.pages(request)
    }

    /// Returns one page of images or icons that fit a description.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn search(&self, request: &SearchAssets) -> Result<Page<SearchHit>, Error> {
        self.client.send(request).await
    }

    /// Returns all images or icons that fit a description, one by one, page after page as they are
    /// asked for.
    pub fn search_items(&self, request: SearchAssets) -> Items<SearchAssets> {
        self.client.items(request)
    }

    /// Returns the pages of images or icons that fit a description as they are asked for.
    pub fn search_pages(&self, request: SearchAssets) -> Pages<SearchAssets> {
        self.client.pages(request)
    }

    /// Tells where up to 100 assets or batches stand.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send). An unknown id is no error: its status is `not_found`.
    pub async fn statuses(
        &self,
        request: &ListAssetStatuses,
    ) -> Result<Page<StatusEntry<AssetId>>, Error> {
        self.client.send(request).await
    }

    /// Asks for a presigned URL: the first step of a direct upload, for those who do the rest
    /// themselves.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create_direct_upload(
        &self,
        request: &CreateDirectUpload,
    ) -> Result<UploadSlot, Error> {
        self.client.send(request).await
    }

    /// Completes a direct upload: the last step.
    ///
    /// # Errors
    ///
    /// 409 while storage does not show the object.
    pub async fn complete(&self, request: &CompleteAsset) -> Result<CompletedAsset, Error> {
        self.client.send(request).await
    }

    /// Asks for presigned URLs for up to 100 files.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send). One bad entry refuses the whole call.
    pub async fn create_batch(&self, request: &CreateUploadBatch) -> Result<UploadBatch, Error> {
        self.batches().create(request).await
    }

    /// Completes a batch in the background.
    ///
    /// # Errors
    ///
    /// 404 `not_found` for an unknown batch.
    pub async fn complete_batch(
        &self,
        request: &CompleteUploadBatch,
    ) -> Result<CompletedUploadBatch, Error> {
        self.batches().complete(request).await
    }

    /// Returns a batch with one page of its items.
    ///
    /// # Errors
    ///
    /// 404 `not_found` for an unknown batch.
    pub async fn get_batch(&self, request: &GetUploadBatch) -> Result<BatchDetail<AssetId>, Error> {
        self.batches().get(request).await
    }

    /// Many direct uploads at once, for those who do the PUTs themselves.
    #[must_use]
    pub const fn batches(&self) -> AssetBatches<'a> {
        AssetBatches::new(self.client)
    }
}

group! {
    /// The `assets.direct_uploads.batches.*` and `assets.batches.*` operations.
    AssetBatches
}

impl AssetBatches<'_> {
    /// Asks for presigned URLs for up to 100 files.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send). One bad entry refuses the whole call.
    pub async fn create(&self, request: &CreateUploadBatch) -> Result<UploadBatch, Error> {
        self.client.send(request).await
    }

    /// Completes a batch in the background.
    ///
    /// # Errors
    ///
    /// 404 `not_found` for an unknown batch.
    pub async fn complete(
        &self,
        request: &CompleteUploadBatch,
    ) -> Result<CompletedUploadBatch, Error> {
        self.client.send(request).await
    }

    /// Returns a batch with one page of its items.
    ///
    /// # Errors
    ///
    /// 404 `not_found` for an unknown batch.
    pub async fn get(&self, request: &GetUploadBatch) -> Result<BatchDetail<AssetId>, Error> {
        self.client.send(request).await
    }

    /// Returns the items of a batch, one by one, page after page as they are asked for.
    pub fn items(&self, request: GetUploadBatch) -> Items<GetUploadBatch> {
        self.client.items(request)
    }

    /// Returns the pages of the items of a batch as they are asked for.
    pub fn pages(&self, request: GetUploadBatch) -> Pages<GetUploadBatch> {
        self.client.pages(request)
    }

    /// Waits for every item of a batch that was completed. Await what this returns.
    ///
    /// A batch is completed when all its items have ended, however they did: look at each.
    pub fn wait(&self, batch_id: BatchId) -> Wait<GetUploadBatch> {
        self.client.wait(GetUploadBatch::new(batch_id))
    }
}

impl StartsJob for CompleteUploadBatch {
    type Look = GetUploadBatch;

    fn look(completed: &CompletedUploadBatch) -> Option<GetUploadBatch> {
        Some(GetUploadBatch::new(completed.batch_id.clone()))
    }
}
