use heygen_types::{
    Page, VoiceId,
    voices::{
        CloneVoice, ClonedVoice, CreateSpeech, DeleteVoice, DeletedVoice, DesignVoice,
        DesignedVoices, GetVoice, ListVoices, Speech, VoiceDetail, VoiceSummary,
    },
};

use super::group;
use crate::{Error, FileInput, Items, Pages, StartsJob, Submit, Wait, submit::stand_in};

group! {
    /// The `voices.*` operations.
    Voices
}

impl Voices<'_> {
    /// Returns a voice.
    ///
    /// # Errors
    ///
    /// 404 `voice_not_found` when there is none.
    pub async fn get(&self, voice_id: VoiceId) -> Result<VoiceDetail, Error> {
        self.client.send(&GetVoice::new(voice_id)).await
    }

    /// Returns one page of voices.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(&self, request: &ListVoices) -> Result<Page<VoiceSummary>, Error> {
        self.client.send(request).await
    }

    /// Returns all voices, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListVoices) -> Items<ListVoices> {
        self.client.items(request)
    }

    /// Returns the pages of voices as they are asked for.
    pub fn pages(&self, request: ListVoices) -> Pages<ListVoices> {
        self.client.pages(request)
    }

    /// Proposes voices that fit a description.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn design(&self, request: &DesignVoice) -> Result<DesignedVoices, Error> {
        self.client.send(request).await
    }

    /// Starts to make a voice like the one of a recording: `voices.clone`.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn clone_voice(&self, request: &CloneVoice) -> Result<ClonedVoice, Error> {
        self.client.send(request).await
    }

    /// Starts to make a voice like the one of a recording that is uploaded first. Await what this
    /// returns.
    pub fn clone_voice_from(
        &self,
        audio: impl Into<FileInput>,
        voice_name: impl Into<String>,
    ) -> Submit<CloneVoice> {
        self.client
            .submit(CloneVoice::new(stand_in(), voice_name))
            .attach(audio, |request, audio| request.audio = audio)
    }

    /// Speaks a text.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn speech(&self, request: &CreateSpeech) -> Result<Speech, Error> {
        self.client.send(request).await
    }

    /// Deletes a voice.
    ///
    /// # Errors
    ///
    /// 404 `voice_not_found` when there is none.
    pub async fn delete(&self, voice_id: VoiceId) -> Result<DeletedVoice, Error> {
        self.client.send(&DeleteVoice::new(voice_id)).await
    }

    /// Waits for the end of the making of a voice. Await what this returns.
    pub fn wait(&self, voice_id: VoiceId) -> Wait<GetVoice> {
        self.client.wait(GetVoice::new(voice_id))
    }
}

impl StartsJob for CloneVoice {
    type Look = GetVoice;

    fn look(created: &ClonedVoice) -> Option<GetVoice> {
        Some(GetVoice::new(created.voice_clone_id.clone()))
    }
}
