use heygen_types::{
    BrandKitId, Page,
    brand_kits::{
        BrandKit, BrandKitSummary, CreateBrandKit, CreatedBrandKit, DeleteBrandKit,
        DeletedBrandKit, GetBrandKit, ListBrandKits, UpdateBrandKit,
    },
};

use super::group;
use crate::{Error, Items, Pages, StartsJob, Wait};

group! {
    /// The `brand_kits.*` operations.
    BrandKits
}

impl BrandKits<'_> {
    /// Starts to make a brand kit of what a website shows.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(&self, request: &CreateBrandKit) -> Result<CreatedBrandKit, Error> {
        self.client.send(request).await
    }

    /// Returns a brand kit.
    ///
    /// # Errors
    ///
    /// 404 `resource_not_found` when there is none.
    pub async fn get(&self, brand_kit_id: BrandKitId) -> Result<BrandKit, Error> {
        self.client.send(&GetBrandKit::new(brand_kit_id)).await
    }

    /// Returns one page of brand kits.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(&self, request: &ListBrandKits) -> Result<Page<BrandKitSummary>, Error> {
        self.client.send(request).await
    }

    /// Returns all brand kits, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListBrandKits) -> Items<ListBrandKits> {
        self.client.items(request)
    }

    /// Returns the pages of brand kits as they are asked for.
    pub fn pages(&self, request: ListBrandKits) -> Pages<ListBrandKits> {
        self.client.pages(request)
    }

    /// Changes a brand kit.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn update(&self, request: &UpdateBrandKit) -> Result<BrandKit, Error> {
        self.client.send(request).await
    }

    /// Deletes a brand kit.
    ///
    /// # Errors
    ///
    /// 404 `resource_not_found` when there is none.
    pub async fn delete(&self, brand_kit_id: BrandKitId) -> Result<DeletedBrandKit, Error> {
        self.client.send(&DeleteBrandKit::new(brand_kit_id)).await
    }

    /// Waits for the end of the work on a brand kit. Await what this returns.
    pub fn wait(&self, brand_kit_id: BrandKitId) -> Wait<GetBrandKit> {
        self.client.wait(GetBrandKit::new(brand_kit_id))
    }
}

impl StartsJob for CreateBrandKit {
    type Look = GetBrandKit;

    fn look(created: &CreatedBrandKit) -> Option<GetBrandKit> {
        Some(GetBrandKit::new(created.brand_kit_id.clone()))
    }
}
