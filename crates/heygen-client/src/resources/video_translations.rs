mod batches;
mod proofreads;

use heygen_types::{
    Page, VideoTranslationId,
    batches::StatusEntry,
    video_translations::{
        CreateVideoTranslation, CreatedVideoTranslations, DeleteVideoTranslation,
        DeletedVideoTranslation, GetVideoTranslation, ListTranslationLanguages,
        ListVideoTranslationStatuses, ListVideoTranslations, TranslationJob, TranslationLanguages,
        UpdateVideoTranslation,
    },
};

pub use batches::VideoTranslationBatches;
pub use proofreads::{ProofreadSubtitles, Proofreads};

use super::group;
use crate::{Error, FileLink, Items, Pages, StartsJobs, Submit, Wait, submit::stand_in};

group! {
    /// The `video_translations.*` operations: a video in other languages.
    VideoTranslations
}

impl<'a> VideoTranslations<'a> {
    /// Starts one translation for each language.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(
        &self,
        request: &CreateVideoTranslation,
    ) -> Result<CreatedVideoTranslations, Error> {
        self.client.send(request).await
    }

    /// Starts to translate a video that is uploaded first, one job for each language. Await what
    /// this returns.
    ///
    /// ```
    /// # use heygen_client::{Client, Error};
    /// # async fn translate(client: &Client) -> Result<(), Error> {
    /// let translations = client
    ///     .video_translations()
    ///     .create_from("clip.mp4", ["German", "French"])
    ///     .srt("clip.srt")
    ///     .wait_all()
    ///     .await?;
    /// for translation in translations {
    ///     println!("{:?}", translation.into_result()?.video_url);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_from(
        &self,
        video: impl Into<FileLink>,
        output_languages: impl IntoIterator<Item = impl Into<String>>,
    ) -> Submit<CreateVideoTranslation> {
        let languages = output_languages.into_iter().map(Into::into).collect();
        self.client
            .submit(CreateVideoTranslation::new(stand_in(), languages))
            .attach_link(video, |request, video| request.video = video)
    }

    /// Returns a translation.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn get(
        &self,
        video_translation_id: VideoTranslationId,
    ) -> Result<TranslationJob, Error> {
        self.client
            .send(&GetVideoTranslation::new(video_translation_id))
            .await
    }

    /// Returns one page of translations.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(
        &self,
        request: &ListVideoTranslations,
    ) -> Result<Page<TranslationJob>, Error> {
        self.client.send(request).await
    }

    /// Returns all translations, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListVideoTranslations) -> Items<ListVideoTranslations> {
        self.client.items(request)
    }

    /// Returns the pages of translations as they are asked for.
    pub fn pages(&self, request: ListVideoTranslations) -> Pages<ListVideoTranslations> {
        self.client.pages(request)
    }

    /// Changes the title of a translation.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn update(&self, request: &UpdateVideoTranslation) -> Result<TranslationJob, Error> {
        self.client.send(request).await
    }

    /// Deletes a translation.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn delete(
        &self,
        video_translation_id: VideoTranslationId,
    ) -> Result<DeletedVideoTranslation, Error> {
        self.client
            .send(&DeleteVideoTranslation::new(video_translation_id))
            .await
    }

    /// Waits for the end of a translation. Await what this returns.
    pub fn wait(&self, video_translation_id: VideoTranslationId) -> Wait<GetVideoTranslation> {
        self.client
            .wait(GetVideoTranslation::new(video_translation_id))
    }

    /// Tells where up to 100 translations or batches stand.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send). An unknown id is no error: its status is `not_found`.
    pub async fn statuses(
        &self,
        request: &ListVideoTranslationStatuses,
    ) -> Result<Page<StatusEntry<VideoTranslationId>>, Error> {
        self.client.send(request).await
    }

    /// Returns the languages that videos can be translated into.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn languages(&self) -> Result<TranslationLanguages, Error> {
        self.client.send(&ListTranslationLanguages::new()).await
    }

    /// Many translations at once.
    #[must_use]
    pub const fn batches(&self) -> VideoTranslationBatches<'a> {
        VideoTranslationBatches::new(self.client)
    }

    /// Translations whose text is read by somebody before they are made.
    #[must_use]
    pub const fn proofreads(&self) -> Proofreads<'a> {
        Proofreads::new(self.client)
    }
}

impl Submit<CreateVideoTranslation> {
    /// Adds a sound to translate in the place of the video's own.
    pub fn audio(self, audio: impl Into<FileLink>) -> Self {
        self.attach_link(audio, |request, audio| request.audio = Some(audio))
    }

    /// Adds subtitles.
    pub fn srt(self, srt: impl Into<FileLink>) -> Self {
        self.attach_link(srt, |request, srt| request.srt = Some(srt))
    }
}

impl StartsJobs for CreateVideoTranslation {
    type Look = GetVideoTranslation;

    fn looks(created: &CreatedVideoTranslations) -> Vec<GetVideoTranslation> {
        let ids = created.video_translation_ids.iter().cloned();
        ids.map(GetVideoTranslation::new).collect()
    }
}
