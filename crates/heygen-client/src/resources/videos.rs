mod batches;
mod files;

use heygen_types::{
    AvatarId, Page, VideoId,
    batches::StatusEntry,
    videos::{
        AvatarVideo, CinematicAvatarVideo, CreateVideo, CreatedVideo, DeleteVideo, DeletedVideo,
        GetVideo, GetVideoScenes, ImageVideo, ListVideoStatuses, ListVideos, StudioVideo,
        VideoRecord, VideoScenes,
    },
};

pub use batches::VideoBatches;

use super::group;
use crate::{Error, FileInput, Items, Pages, StartsJob, Submit, Wait, submit::stand_in};

group! {
    /// The `videos.*` operations.
    Videos
}

impl<'a> Videos<'a> {
    /// Starts to make a video.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(&self, request: &CreateVideo) -> Result<CreatedVideo, Error> {
        self.client.send(request).await
    }

    /// Starts to make a video in which an avatar speaks; its sound, background and watermark can be
    /// files that are uploaded first. Await what this returns.
    pub fn create_avatar_from(&self, avatar_id: AvatarId) -> Submit<CreateVideo, AvatarVideo> {
        self.client.submit_part(AvatarVideo::new(avatar_id))
    }

    /// Starts to make a video in which a picture speaks that is uploaded first. Await what this
    /// returns.
    pub fn create_image_from(
        &self,
        image: impl Into<FileInput>,
    ) -> Submit<CreateVideo, ImageVideo> {
        self.client
            .submit_part(ImageVideo::new(stand_in()))
            .attach(image, |video: &mut ImageVideo, image| video.image = image)
    }

    /// Starts to make a scene with avatars from a prompt and references that are uploaded first.
    /// Await what this returns.
    pub fn create_cinematic_from(
        &self,
        avatar_id: impl IntoIterator<Item = AvatarId>,
        prompt: impl Into<String>,
    ) -> Submit<CreateVideo, CinematicAvatarVideo> {
        let avatars = avatar_id.into_iter().collect();
        self.client
            .submit_part(CinematicAvatarVideo::new(avatars, prompt))
    }

    /// Starts to make a video of several scenes whose files are uploaded first. Await what this
    /// returns.
    pub fn create_studio_from(&self) -> Submit<CreateVideo, StudioVideo> {
        self.client.submit_part(StudioVideo::new(Vec::new()))
    }

    /// Returns a video. Its URLs expire: read it again for fresh ones.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn get(&self, video_id: VideoId) -> Result<VideoRecord, Error> {
        self.client.send(&GetVideo::new(video_id)).await
    }

    /// Returns one page of videos.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(&self, request: &ListVideos) -> Result<Page<VideoRecord>, Error> {
        self.client.send(request).await
    }

    /// Returns all videos, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListVideos) -> Items<ListVideos> {
        self.client.items(request)
    }

    /// Returns the pages of videos as they are asked for.
    pub fn pages(&self, request: ListVideos) -> Pages<ListVideos> {
        self.client.pages(request)
    }

    /// Deletes a video.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn delete(&self, video_id: VideoId) -> Result<DeletedVideo, Error> {
        self.client.send(&DeleteVideo::new(video_id)).await
    }

    /// Waits for the end of a video. Await what this returns.
    pub fn wait(&self, video_id: VideoId) -> Wait<GetVideo> {
        self.client.wait(GetVideo::new(video_id))
    }

    /// Tells where up to 100 videos or batches stand.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send). An unknown id is no error: its status is `not_found`.
    pub async fn statuses(
        &self,
        request: &ListVideoStatuses,
    ) -> Result<Page<StatusEntry<VideoId>>, Error> {
        self.client.send(request).await
    }

    /// Returns what the scenes of a video are made of.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn scenes(&self, video_id: VideoId) -> Result<VideoScenes, Error> {
        self.client.send(&GetVideoScenes::new(video_id)).await
    }

    /// Many videos at once.
    #[must_use]
    pub const fn batches(&self) -> VideoBatches<'a> {
        VideoBatches::new(self.client)
    }
}

impl StartsJob for CreateVideo {
    type Look = GetVideo;

    fn look(created: &CreatedVideo) -> Option<GetVideo> {
        Some(GetVideo::new(created.video_id.clone()))
    }
}
