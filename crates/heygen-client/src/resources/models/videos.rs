use heygen_types::{
    VideoId,
    models::{
        CreateModelVideo, CreatedModelVideo, GetModelVideo, ImageToVideo, ModelVideo,
        ReferenceToVideo, VideoModel,
    },
};

use crate::{Error, FileInput, StartsJob, Submit, Wait, resources::group, submit::stand_in};

group! {
    /// The `models.videos.*` operations. A generated video is also one of the `videos.*` operations.
    ModelsVideos
}

impl ModelsVideos<'_> {
    /// Starts to generate a video.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(&self, request: &CreateModelVideo) -> Result<CreatedModelVideo, Error> {
        self.client.send(request).await
    }

    /// Starts to generate a video whose first frame is a picture that is uploaded first. Await what
    /// this returns.
    pub fn create_image_to_video_from(
        &self,
        model: VideoModel,
        prompt: impl Into<String>,
        image: impl Into<FileInput>,
    ) -> Submit<CreateModelVideo, ImageToVideo> {
        self.client
            .submit_part(ImageToVideo::new(model, prompt, stand_in()))
            .attach(image, |video: &mut ImageToVideo, image| video.image = image)
    }

    /// Starts to generate a video that follows references which are uploaded first, at most 12 in
    /// all. Await what this returns.
    pub fn create_reference_to_video_from(
        &self,
        model: VideoModel,
        prompt: impl Into<String>,
    ) -> Submit<CreateModelVideo, ReferenceToVideo> {
        self.client
            .submit_part(ReferenceToVideo::new(model, prompt))
    }

    /// Returns a generated video. Its URL expires: call it again for a new one.
    ///
    /// # Errors
    ///
    /// 404 when there is none.
    pub async fn get(&self, video_id: VideoId) -> Result<ModelVideo, Error> {
        self.client.send(&GetModelVideo::new(video_id)).await
    }

    /// Waits until a video is generated. Await what this returns.
    pub fn wait(&self, video_id: VideoId) -> Wait<GetModelVideo> {
        self.client.wait(GetModelVideo::new(video_id))
    }
}

impl Submit<CreateModelVideo, ReferenceToVideo> {
    /// Adds a picture to follow, at most 9.
    pub fn reference_image(self, image: impl Into<FileInput>) -> Self {
        self.attach(image, |video: &mut ReferenceToVideo, image| {
            video.reference_images.get_or_insert_default().push(image);
        })
    }

    /// Adds a clip to follow, at most 3.
    pub fn reference_video(self, clip: impl Into<FileInput>) -> Self {
        self.attach(clip, |video: &mut ReferenceToVideo, clip| {
            video.reference_videos.get_or_insert_default().push(clip);
        })
    }

    /// Adds a sound to follow, at most 3.
    pub fn reference_audio(self, sound: impl Into<FileInput>) -> Self {
        self.attach(sound, |video: &mut ReferenceToVideo, sound| {
            video.reference_audio.get_or_insert_default().push(sound);
        })
    }
}

impl StartsJob for CreateModelVideo {
    type Look = GetModelVideo;

    fn look(created: &CreatedModelVideo) -> Option<GetModelVideo> {
        Some(GetModelVideo::new(created.video_id.clone()))
    }
}
