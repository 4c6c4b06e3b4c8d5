use heygen_types::{
    BrandGlossaryId, Page,
    brand_glossaries::{
        BrandGlossary, BrandGlossarySummary, CreateBrandGlossary, DeleteBrandGlossary,
        DeletedBrandGlossary, GetBrandGlossary, ListBrandGlossaries, UpdateBrandGlossary,
    },
};

use super::group;
use crate::{Error, Items, Pages};

group! {
    /// The `brand_glossaries.*` operations.
    BrandGlossaries
}

impl BrandGlossaries<'_> {
    /// Makes a glossary.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(&self, request: &CreateBrandGlossary) -> Result<BrandGlossary, Error> {
        self.client.send(request).await
    }

    /// Returns a glossary.
    ///
    /// # Errors
    ///
    /// 404 `resource_not_found` when there is none.
    pub async fn get(&self, brand_glossary_id: BrandGlossaryId) -> Result<BrandGlossary, Error> {
        self.client
            .send(&GetBrandGlossary::new(brand_glossary_id))
            .await
    }

    /// Returns one page of glossaries.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(
        &self,
        request: &ListBrandGlossaries,
    ) -> Result<Page<BrandGlossarySummary>, Error> {
        self.client.send(request).await
    }

    /// Returns all glossaries, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListBrandGlossaries) -> Items<ListBrandGlossaries> {
        self.client.items(request)
    }

    /// Returns the pages of glossaries as they are asked for.
    pub fn pages(&self, request: ListBrandGlossaries) -> Pages<ListBrandGlossaries> {
        self.client.pages(request)
    }

    /// Changes a glossary.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn update(&self, request: &UpdateBrandGlossary) -> Result<BrandGlossary, Error> {
        self.client.send(request).await
    }

    /// Deletes a glossary.
    ///
    /// # Errors
    ///
    /// 404 `resource_not_found` when there is none.
    pub async fn delete(
        &self,
        brand_glossary_id: BrandGlossaryId,
    ) -> Result<DeletedBrandGlossary, Error> {
        self.client
            .send(&DeleteBrandGlossary::new(brand_glossary_id))
            .await
    }
}
