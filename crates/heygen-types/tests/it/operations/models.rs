use heygen_types::models::{
    CreateModelImages, CreateModelSpeech, CreateModelVideo, CreateModelVoice, DeleteModelVoice,
    GetModelImages, GetModelVideo, GetModelVoice, ListModelVoices, StreamModelSpeech,
};

use super::{Entry, entry, maximal_body, minimal_body, stream_entry};

pub(super) fn all() -> Vec<Entry> {
    vec![
        entry(
            &CreateModelSpeech::new("text", "a".parse().unwrap()),
            &maximal_body::<CreateModelSpeech>("models.audio.tts.create"),
        ),
        stream_entry(
            &StreamModelSpeech::new("text", "a".parse().unwrap()),
            &maximal_body::<StreamModelSpeech>("models.audio.tts.stream"),
        ),
        {
            let minimal = ListModelVoices::new();
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        entry(
            &minimal_body::<CreateModelVoice>("models.audio.voices.create"),
            &maximal_body::<CreateModelVoice>("models.audio.voices.create"),
        ),
        {
            let operation = DeleteModelVoice::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let operation = GetModelVoice::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        entry(
            &minimal_body::<CreateModelImages>("models.images.create"),
            &maximal_body::<CreateModelImages>("models.images.create"),
        ),
        {
            let operation = GetModelImages::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        entry(
            &minimal_body::<CreateModelVideo>("models.videos.create"),
            &maximal_body::<CreateModelVideo>("models.videos.create"),
        ),
        {
            let operation = GetModelVideo::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
    ]
}
