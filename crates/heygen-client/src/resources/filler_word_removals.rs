use heygen_types::{
    FillerWordRemovalId,
    filler_word_removals::{
        CreateFillerWordRemoval, CreatedFillerWordRemoval, FillerWordRemovalJob,
        GetFillerWordRemoval,
    },
};

use super::group;
use crate::{Error, FileLink, StartsJob, Submit, Wait, submit::stand_in};

group! {
    /// The `filler_word_removals.*` operations: a video without its "um" and "you know".
    FillerWordRemovals
}

impl FillerWordRemovals<'_> {
    /// Starts to cut filler words.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(
        &self,
        request: &CreateFillerWordRemoval,
    ) -> Result<CreatedFillerWordRemoval, Error> {
        self.client.send(request).await
    }

    /// Starts to cut the filler words out of a video that is uploaded first. Await what this
    /// returns.
    pub fn create_from(&self, video: impl Into<FileLink>) -> Submit<CreateFillerWordRemoval> {
        self.client
            .submit(CreateFillerWordRemoval::new(stand_in()))
            .attach_link(video, |request, video| request.video = video)
    }

    /// Returns a job.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn get(
        &self,
        filler_word_removal_id: FillerWordRemovalId,
    ) -> Result<FillerWordRemovalJob, Error> {
        self.client
            .send(&GetFillerWordRemoval::new(filler_word_removal_id))
            .await
    }

    /// Waits for the end of a job. Await what this returns.
    pub fn wait(&self, filler_word_removal_id: FillerWordRemovalId) -> Wait<GetFillerWordRemoval> {
        self.client
            .wait(GetFillerWordRemoval::new(filler_word_removal_id))
    }
}

impl StartsJob for CreateFillerWordRemoval {
    type Look = GetFillerWordRemoval;

    fn look(created: &CreatedFillerWordRemoval) -> Option<GetFillerWordRemoval> {
        Some(GetFillerWordRemoval::new(
            created.filler_word_removal_id.clone(),
        ))
    }
}
