mod batches;

use heygen_types::{
    LipsyncId, Page,
    batches::StatusEntry,
    lipsyncs::{
        CreateLipsync, CreatedLipsync, DeleteLipsync, DeletedLipsync, GetLipsync, LipsyncJob,
        ListLipsyncStatuses, ListLipsyncs, UpdateLipsync,
    },
};

pub use batches::LipsyncBatches;

use super::group;
use crate::{Error, FileLink, Items, Pages, StartsJob, Submit, Wait, submit::stand_in};

group! {
    /// The `lipsyncs.*` operations: the mouth of a video moved to other words.
    Lipsyncs
}

impl<'a> Lipsyncs<'a> {
    /// Starts a lipsync.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(&self, request: &CreateLipsync) -> Result<CreatedLipsync, Error> {
        self.client.send(request).await
    }

    /// Starts a lipsync of a video and a sound that are uploaded first. Await what this returns.
    ///
    /// ```
    /// # use heygen_client::{Client, Error};
    /// # async fn dub(client: &Client) -> Result<(), Error> {
    /// let lipsync = client
    ///     .lipsyncs()
    ///     .create_from("clip.mp4", "german.mp3")
    ///     .with(|request| request.title = Some("German".to_owned()))
    ///     .wait()
    ///     .await?
    ///     .into_result()?;
    /// println!("{:?}", lipsync.video_url);
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_from(
        &self,
        video: impl Into<FileLink>,
        audio: impl Into<FileLink>,
    ) -> Submit<CreateLipsync> {
        self.client
            .submit(CreateLipsync::new(stand_in(), stand_in()))
            .attach_link(video, |request, video| request.video = video)
            .attach_link(audio, |request, audio| request.audio = audio)
    }

    /// Returns a lipsync.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn get(&self, lipsync_id: LipsyncId) -> Result<LipsyncJob, Error> {
        self.client.send(&GetLipsync::new(lipsync_id)).await
    }

    /// Returns one page of lipsyncs.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(&self, request: &ListLipsyncs) -> Result<Page<LipsyncJob>, Error> {
        self.client.send(request).await
    }

    /// Returns all lipsyncs, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListLipsyncs) -> Items<ListLipsyncs> {
        self.client.items(request)
    }

    /// Returns the pages of lipsyncs as they are asked for.
    pub fn pages(&self, request: ListLipsyncs) -> Pages<ListLipsyncs> {
        self.client.pages(request)
    }

    /// Changes the title of a lipsync.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn update(&self, request: &UpdateLipsync) -> Result<LipsyncJob, Error> {
        self.client.send(request).await
    }

    /// Deletes a lipsync.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn delete(&self, lipsync_id: LipsyncId) -> Result<DeletedLipsync, Error> {
        self.client.send(&DeleteLipsync::new(lipsync_id)).await
    }

    /// Waits for the end of a lipsync. Await what this returns.
    pub fn wait(&self, lipsync_id: LipsyncId) -> Wait<GetLipsync> {
        self.client.wait(GetLipsync::new(lipsync_id))
    }

    /// Tells where up to 100 lipsyncs or batches stand.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send). An unknown id is no error: its status is `not_found`.
    pub async fn statuses(
        &self,
        request: &ListLipsyncStatuses,
    ) -> Result<Page<StatusEntry<LipsyncId>>, Error> {
        self.client.send(request).await
    }

    /// Many lipsyncs at once.
    #[must_use]
    pub const fn batches(&self) -> LipsyncBatches<'a> {
        LipsyncBatches::new(self.client)
    }
}

impl StartsJob for CreateLipsync {
    type Look = GetLipsync;

    fn look(created: &CreatedLipsync) -> Option<GetLipsync> {
        Some(GetLipsync::new(created.lipsync_id.clone()))
    }
}
