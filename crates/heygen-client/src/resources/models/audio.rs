use heygen_types::{
    Page, VoiceId,
    models::{
        CreateModelSpeech, CreateModelVoice, CreatedModelVoice, DeleteModelVoice,
        DeletedModelVoice, GetModelVoice, InstantVoice, ListModelVoices, ModelSpeech, ModelVoice,
        ProfessionalVoice, StreamModelSpeech,
    },
};

use crate::{
    Error, Events, FileInput, Items, Pages, StartsJob, Submit, Wait, resources::group,
    submit::stand_in,
};

group! {
    /// The `models.audio.*` operations.
    ModelsAudio
}

impl<'a> ModelsAudio<'a> {
    /// Speaks a text, and returns when all of it was spoken: `models.audio.tts.create`.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send). The operation declares no idempotency key, so
    /// it is retried only when it was not carried out.
    pub async fn tts(&self, request: &CreateModelSpeech) -> Result<ModelSpeech, Error> {
        self.client.send(request).await
    }

    /// Speaks a text, and returns the pieces of the sound as they are generated:
    /// `models.audio.tts.stream`. [`SpeechWav`](crate::SpeechWav) joins them.
    ///
    /// # Errors
    ///
    /// As for [`Client::stream`](crate::Client::stream). The operation declares no idempotency key,
    /// so it is retried only when it was not carried out.
    pub async fn tts_stream(
        &self,
        request: &StreamModelSpeech,
    ) -> Result<Events<StreamModelSpeech>, Error> {
        self.client.stream(request).await
    }

    /// The voices that can speak.
    #[must_use]
    pub const fn voices(&self) -> ModelsAudioVoices<'a> {
        ModelsAudioVoices::new(self.client)
    }
}

group! {
    /// The `models.audio.voices.*` operations.
    ModelsAudioVoices
}

impl ModelsAudioVoices<'_> {
    /// Starts to clone a voice, or to train a professional one again.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(&self, request: &CreateModelVoice) -> Result<CreatedModelVoice, Error> {
        self.client.send(request).await
    }

    /// Starts to clone a voice from one recording that is uploaded first. Await what this returns.
    pub fn create_instant_from(
        &self,
        name: impl Into<String>,
        recording: impl Into<FileInput>,
    ) -> Submit<CreateModelVoice, InstantVoice> {
        self.client
            .submit_part(InstantVoice::new(name, vec![stand_in()]))
            .attach(recording, |voice: &mut InstantVoice, recording| {
                voice.audio = vec![recording];
            })
    }

    /// Starts to train a professional voice with recordings that are uploaded first: add them with
    /// [`recording`](Submit::<CreateModelVoice, ProfessionalVoice>::recording). Await what this
    /// returns.
    pub fn create_professional_from(&self) -> Submit<CreateModelVoice, ProfessionalVoice> {
        self.client.submit_part(ProfessionalVoice::new(Vec::new()))
    }

    /// Returns a voice.
    ///
    /// # Errors
    ///
    /// 404 `voice_not_found` when there is none.
    pub async fn get(&self, voice_id: VoiceId) -> Result<ModelVoice, Error> {
        self.client.send(&GetModelVoice::new(voice_id)).await
    }

    /// Returns one page of voices.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(&self, request: &ListModelVoices) -> Result<Page<ModelVoice>, Error> {
        self.client.send(request).await
    }

    /// Returns all voices, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListModelVoices) -> Items<ListModelVoices> {
        self.client.items(request)
    }

    /// Returns the pages of voices as they are asked for.
    pub fn pages(&self, request: ListModelVoices) -> Pages<ListModelVoices> {
        self.client.pages(request)
    }

    /// Deletes a voice. To delete it again is no error.
    ///
    /// # Errors
    ///
    /// 409 `resource_not_ready` while a professional voice is trained.
    pub async fn delete(&self, voice_id: VoiceId) -> Result<DeletedModelVoice, Error> {
        self.client.send(&DeleteModelVoice::new(voice_id)).await
    }

    /// Waits until a voice is trained. Await what this returns.
    pub fn wait(&self, voice_id: VoiceId) -> Wait<GetModelVoice> {
        self.client.wait(GetModelVoice::new(voice_id))
    }
}

impl Submit<CreateModelVoice, ProfessionalVoice> {
    /// Adds a recording of the speaker, at most 10.
    pub fn recording(self, recording: impl Into<FileInput>) -> Self {
        self.attach(recording, |voice: &mut ProfessionalVoice, recording| {
            voice.audio.push(recording);
        })
    }
}

impl StartsJob for CreateModelVoice {
    type Look = GetModelVoice;

    fn look(created: &CreatedModelVoice) -> Option<GetModelVoice> {
        Some(GetModelVoice::new(created.voice_id.clone()))
    }
}
