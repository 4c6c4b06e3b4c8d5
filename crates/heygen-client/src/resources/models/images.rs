use heygen_types::{
    ImageGenerationId,
    models::{CreateModelImages, CreatedModelImages, GetModelImages, ImageModel, ModelImages},
};

use crate::{Error, FileInput, StartsJob, Submit, Wait, resources::group, submit::stand_in};

group! {
    /// The `models.images.*` operations.
    ModelsImages
}

impl ModelsImages<'_> {
    /// Starts to generate images.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(&self, request: &CreateModelImages) -> Result<CreatedModelImages, Error> {
        self.client.send(request).await
    }

    /// Starts to generate images that follow a picture which is uploaded first, with the person of
    /// the pictures that are added with
    /// [`identity_image`](Submit::<CreateModelImages>::identity_image). Await what this returns.
    pub fn create_from(
        &self,
        model: ImageModel,
        reference_image: impl Into<FileInput>,
    ) -> Submit<CreateModelImages> {
        self.client
            .submit(CreateModelImages::new(model, Vec::new(), vec![stand_in()]))
            .attach(reference_image, |request: &mut CreateModelImages, image| {
                request.reference_images = vec![image];
            })
    }

    /// Returns generated images. Their URLs expire: call it again for new ones.
    ///
    /// # Errors
    ///
    /// 404 when there are none.
    pub async fn get(&self, generation_id: ImageGenerationId) -> Result<ModelImages, Error> {
        self.client.send(&GetModelImages::new(generation_id)).await
    }

    /// Waits until images are generated. Await what this returns.
    pub fn wait(&self, generation_id: ImageGenerationId) -> Wait<GetModelImages> {
        self.client.wait(GetModelImages::new(generation_id))
    }
}

impl Submit<CreateModelImages> {
    /// Adds a picture of the person to keep, at most 5.
    pub fn identity_image(self, image: impl Into<FileInput>) -> Self {
        self.attach(image, |request: &mut CreateModelImages, image| {
            request.identity_images.push(image);
        })
    }
}

impl StartsJob for CreateModelImages {
    type Look = GetModelImages;

    fn look(created: &CreatedModelImages) -> Option<GetModelImages> {
        Some(GetModelImages::new(created.generation_id.clone()))
    }
}
