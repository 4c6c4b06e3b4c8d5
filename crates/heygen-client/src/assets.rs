use heygen_types::{
    AssetId, Page,
    assets::{
        AssetRecord, CompleteAsset, CompleteUploadBatch, CompletedAsset, CompletedUploadBatch,
        CreateDirectUpload, CreateUploadBatch, DeleteAsset, DeletedAsset, GetAsset, GetUploadBatch,
        ListAssetStatuses, ListAssets, SearchAssets, SearchHit, UploadBatch, UploadSlot,
    },
    batches::{BatchDetail, StatusEntry},
};

use crate::{Client, Error, Source, Upload};

/// The `assets.*` operations.
///
/// [`upload`](Self::upload) is the one that most programs need. The others stand for one operation
/// each; their errors are those of [`Client::send`].
#[derive(Clone, Copy, Debug)]
pub struct Assets<'a> {
    client: &'a Client,
}

impl<'a> Assets<'a> {
    pub(crate) const fn new(client: &'a Client) -> Self {
        Self { client }
    }

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
    /// As for [`Client::send`].
    pub async fn list(&self, request: &ListAssets) -> Result<Page<AssetRecord>, Error> {
        self.client.send(request).await
    }

    /// Returns one page of images or icons that fit a description.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`].
    pub async fn search(&self, request: &SearchAssets) -> Result<Page<SearchHit>, Error> {
        self.client.send(request).await
    }

    /// Tells where up to 100 assets or batches stand.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`]. An unknown id is no error: its status is `not_found`.
    pub async fn statuses(&self, request: &ListAssetStatuses) -> Result<Page<StatusEntry>, Error> {
        self.client.send(request).await
    }

    /// Asks for a presigned URL: the first step of a direct upload, for those who do the rest
    /// themselves.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`].
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
    /// As for [`Client::send`]. One bad entry refuses the whole call.
    pub async fn create_batch(&self, request: &CreateUploadBatch) -> Result<UploadBatch, Error> {
        self.client.send(request).await
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
        self.client.send(request).await
    }

    /// Returns a batch with one page of its items.
    ///
    /// # Errors
    ///
    /// 404 `not_found` for an unknown batch.
    pub async fn get_batch(&self, request: &GetUploadBatch) -> Result<BatchDetail, Error> {
        self.client.send(request).await
    }
}
