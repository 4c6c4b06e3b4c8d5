use heygen_types::{
    AssetInput,
    voices::{CloneVoice, CreateSpeech, DeleteVoice, DesignVoice, GetVoice, ListVoices},
};

use super::{Entry, entry, maximal_body};

pub(super) fn all() -> Vec<Entry> {
    vec![
        {
            let minimal = ListVoices::new();
            let mut maximal = minimal.clone();
            maximal.r#type = Some("public".into());
            maximal.engine = Some("t".to_owned());
            maximal.language = Some("t".to_owned());
            maximal.gender = Some("t".to_owned());
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        entry(
            &DesignVoice::new("text"),
            &maximal_body::<DesignVoice>("voices.design"),
        ),
        entry(
            &CloneVoice::new(AssetInput::asset("a".parse().unwrap()), "text"),
            &maximal_body::<CloneVoice>("voices.clone"),
        ),
        entry(
            &CreateSpeech::new("text", "a".parse().unwrap()),
            &maximal_body::<CreateSpeech>("voices.speech"),
        ),
        {
            let operation = DeleteVoice::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let operation = GetVoice::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
    ]
}
