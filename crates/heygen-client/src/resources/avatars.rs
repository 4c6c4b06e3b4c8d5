mod looks;

use heygen_types::{
    AvatarGroupId, Page,
    avatars::{
        AvatarConsent, AvatarGroup, CreateAvatar, CreatedAvatar, DeleteAvatar, DeletedAvatar,
        DigitalTwinAvatar, GetAvatar, GetAvatarLook, ListAvatars, PhotoAvatar, PromptAvatar,
        RequestAvatarConsent, UpdateAvatar,
    },
};

pub use looks::AvatarLooks;

use super::group;
use crate::{Error, FileInput, Items, Pages, StartsJob, Submit, Wait, submit::stand_in};

group! {
    /// The `avatars.*` operations. An avatar is a group of looks; a look is what a video is made with.
    Avatars
}

impl<'a> Avatars<'a> {
    /// Starts to make an avatar.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(&self, request: &CreateAvatar) -> Result<CreatedAvatar, Error> {
        self.client.send(request).await
    }

    /// Starts to make an avatar out of a photo that is uploaded first. Await what this returns.
    pub fn create_photo_from(
        &self,
        photo: impl Into<FileInput>,
        name: impl Into<String>,
    ) -> Submit<CreateAvatar, PhotoAvatar> {
        self.client
            .submit_part(PhotoAvatar::new(stand_in(), name))
            .attach(photo, |avatar: &mut PhotoAvatar, photo| avatar.file = photo)
    }

    /// Starts to make an avatar out of footage of a person that is uploaded first. Await what this
    /// returns.
    pub fn create_digital_twin_from(
        &self,
        footage: impl Into<FileInput>,
        name: impl Into<String>,
    ) -> Submit<CreateAvatar, DigitalTwinAvatar> {
        self.client
            .submit_part(DigitalTwinAvatar::new(stand_in(), name))
            .attach(footage, |avatar: &mut DigitalTwinAvatar, footage| {
                avatar.file = footage;
            })
    }

    /// Starts to make an avatar out of a description, and images that are uploaded first. Await
    /// what this returns.
    pub fn create_prompt_from(
        &self,
        name: impl Into<String>,
        prompt: impl Into<String>,
    ) -> Submit<CreateAvatar, PromptAvatar> {
        self.client.submit_part(PromptAvatar::new(name, prompt))
    }

    /// Returns an avatar.
    ///
    /// # Errors
    ///
    /// 404 `avatar_not_found` when there is none.
    pub async fn get(&self, group_id: AvatarGroupId) -> Result<AvatarGroup, Error> {
        self.client.send(&GetAvatar::new(group_id)).await
    }

    /// Returns one page of avatars.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(&self, request: &ListAvatars) -> Result<Page<AvatarGroup>, Error> {
        self.client.send(request).await
    }

    /// Returns all avatars, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListAvatars) -> Items<ListAvatars> {
        self.client.items(request)
    }

    /// Returns the pages of avatars as they are asked for.
    pub fn pages(&self, request: ListAvatars) -> Pages<ListAvatars> {
        self.client.pages(request)
    }

    /// Changes an avatar.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn update(&self, request: &UpdateAvatar) -> Result<AvatarGroup, Error> {
        self.client.send(request).await
    }

    /// Deletes an avatar and its looks.
    ///
    /// # Errors
    ///
    /// 404 `avatar_not_found` when there is none.
    pub async fn delete(&self, group_id: AvatarGroupId) -> Result<DeletedAvatar, Error> {
        self.client.send(&DeleteAvatar::new(group_id)).await
    }

    /// Asks for the consent of the person that an avatar shows.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn consent(&self, request: &RequestAvatarConsent) -> Result<AvatarConsent, Error> {
        self.client.send(request).await
    }

    /// Gives the consent of the person that an avatar shows, as a video that is uploaded first.
    /// Await what this returns.
    pub fn consent_from(
        &self,
        group_id: AvatarGroupId,
        video: impl Into<FileInput>,
    ) -> Submit<RequestAvatarConsent> {
        self.client
            .submit(RequestAvatarConsent::new(group_id))
            .attach(video, |request, video| {
                request.body.consent_video = Some(video);
            })
    }

    /// Waits for the end of the work on an avatar. Await what this returns.
    pub fn wait(&self, group_id: AvatarGroupId) -> Wait<GetAvatar> {
        self.client.wait(GetAvatar::new(group_id))
    }

    /// The looks of avatars.
    #[must_use]
    pub const fn looks(&self) -> AvatarLooks<'a> {
        AvatarLooks::new(self.client)
    }
}

impl Submit<CreateAvatar, PromptAvatar> {
    /// Adds an image to go by, at most 3.
    pub fn reference_image(self, image: impl Into<FileInput>) -> Self {
        self.attach(image, |avatar, image| {
            avatar.reference_images.get_or_insert_default().push(image);
        })
    }
}

impl StartsJob for CreateAvatar {
    type Look = GetAvatarLook;

    fn look(created: &CreatedAvatar) -> Option<GetAvatarLook> {
        let look = created.avatar_item.as_ref()?;
        Some(GetAvatarLook::new(look.id.clone()))
    }
}
