use heygen_types::{
    AvatarId, Page,
    avatars::{
        AvatarLook, DeleteAvatarLook, DeletedAvatarLook, GetAvatarLook, ListAvatarLooks,
        UpdateAvatarLook,
    },
};

use super::group;
use crate::{Error, Items, Pages, Wait};

group! {
    /// The `avatars.looks.*` operations.
    AvatarLooks
}

impl AvatarLooks<'_> {
    /// Returns a look.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn get(&self, look_id: AvatarId) -> Result<AvatarLook, Error> {
        self.client.send(&GetAvatarLook::new(look_id)).await
    }

    /// Returns one page of looks.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(&self, request: &ListAvatarLooks) -> Result<Page<AvatarLook>, Error> {
        self.client.send(request).await
    }

    /// Returns all looks, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListAvatarLooks) -> Items<ListAvatarLooks> {
        self.client.items(request)
    }

    /// Returns the pages of looks as they are asked for.
    pub fn pages(&self, request: ListAvatarLooks) -> Pages<ListAvatarLooks> {
        self.client.pages(request)
    }

    /// Changes a look.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn update(&self, request: &UpdateAvatarLook) -> Result<AvatarLook, Error> {
        self.client.send(request).await
    }

    /// Deletes a look.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn delete(&self, look_id: AvatarId) -> Result<DeletedAvatarLook, Error> {
        self.client.send(&DeleteAvatarLook::new(look_id)).await
    }

    /// Waits for the end of the work on a look. Await what this returns.
    pub fn wait(&self, look_id: AvatarId) -> Wait<GetAvatarLook> {
        self.client.wait(GetAvatarLook::new(look_id))
    }
}
