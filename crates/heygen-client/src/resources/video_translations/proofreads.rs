use heygen_types::{
    Page, ProofreadId,
    video_translations::{
        CreateProofread, CreatedProofreads, DeleteProofread, DeletedProofread, GenerateProofread,
        GeneratedProofread, GetProofread, GetProofreadSrt, GetVideoTranslation, ListProofreads,
        Proofread, ProofreadSrt, ReplaceProofreadSrt,
    },
};

use super::group;
use crate::{Error, FileLink, Items, Pages, StartsJob, StartsJobs, Submit, Wait, submit::stand_in};

group! {
    /// The `video_translations.proofreads.*` operations.
    Proofreads
}

impl<'a> Proofreads<'a> {
    /// Starts one proofread for each language.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(&self, request: &CreateProofread) -> Result<CreatedProofreads, Error> {
        self.client.send(request).await
    }

    /// Starts to translate the text of a video that is uploaded first, one proofread for each
    /// language. Await what this returns.
    pub fn create_from(
        &self,
        video: impl Into<FileLink>,
        title: impl Into<String>,
        output_languages: impl IntoIterator<Item = impl Into<String>>,
    ) -> Submit<CreateProofread> {
        let languages = output_languages.into_iter().map(Into::into).collect();
        self.client
            .submit(CreateProofread::new(stand_in(), title, languages))
            .attach_link(video, |request, video| request.video = video)
    }

    /// Returns a proofread.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn get(&self, proofread_id: ProofreadId) -> Result<Proofread, Error> {
        self.client.send(&GetProofread::new(proofread_id)).await
    }

    /// Returns one page of proofreads.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(&self, request: &ListProofreads) -> Result<Page<Proofread>, Error> {
        self.client.send(request).await
    }

    /// Returns all proofreads, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListProofreads) -> Items<ListProofreads> {
        self.client.items(request)
    }

    /// Returns the pages of proofreads as they are asked for.
    pub fn pages(&self, request: ListProofreads) -> Pages<ListProofreads> {
        self.client.pages(request)
    }

    /// Deletes a proofread permanently.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn delete(&self, proofread_id: ProofreadId) -> Result<DeletedProofread, Error> {
        self.client.send(&DeleteProofread::new(proofread_id)).await
    }

    /// Starts to make the video of a proofread.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn generate(&self, request: &GenerateProofread) -> Result<GeneratedProofread, Error> {
        self.client.send(request).await
    }

    /// Waits for the end of the work on the text. Await what this returns.
    pub fn wait(&self, proofread_id: ProofreadId) -> Wait<GetProofread> {
        self.client.wait(GetProofread::new(proofread_id))
    }

    /// The text of proofreads.
    #[must_use]
    pub const fn srt(&self) -> ProofreadSubtitles<'a> {
        ProofreadSubtitles::new(self.client)
    }
}

group! {
    /// The `video_translations.proofreads.srt.*` operations.
    ProofreadSubtitles
}

impl ProofreadSubtitles<'_> {
    /// Returns where the text of a proofread can be fetched, as subtitles.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn get(&self, proofread_id: ProofreadId) -> Result<ProofreadSrt, Error> {
        self.client.send(&GetProofreadSrt::new(proofread_id)).await
    }

    /// Replaces the text of a proofread.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn replace(&self, request: &ReplaceProofreadSrt) -> Result<Proofread, Error> {
        self.client.send(request).await
    }

    /// Replaces the text of a proofread by subtitles that are uploaded first. Await what this
    /// returns.
    pub fn replace_from(
        &self,
        proofread_id: ProofreadId,
        srt: impl Into<FileLink>,
    ) -> Submit<ReplaceProofreadSrt> {
        self.client
            .submit(ReplaceProofreadSrt::new(proofread_id, stand_in()))
            .attach_link(srt, |request, srt| request.body.srt = srt)
    }
}

impl Submit<CreateProofread> {
    /// Adds subtitles.
    pub fn srt(self, srt: impl Into<FileLink>) -> Self {
        self.attach_link(srt, |request, srt| request.srt = Some(srt))
    }
}

impl StartsJobs for CreateProofread {
    type Look = GetProofread;

    fn looks(created: &CreatedProofreads) -> Vec<GetProofread> {
        let ids = created.proofread_ids.iter().cloned();
        ids.map(GetProofread::new).collect()
    }
}

impl StartsJob for GenerateProofread {
    type Look = GetVideoTranslation;

    fn look(created: &GeneratedProofread) -> Option<GetVideoTranslation> {
        Some(GetVideoTranslation::new(
            created.video_translation_id.clone(),
        ))
    }
}
