use heygen_types::{
    AssetLink,
    video_translations::{
        CreateProofread, CreateVideoTranslation, CreateVideoTranslationBatch, DeleteProofread,
        DeleteVideoTranslation, GenerateProofread, GetProofread, GetProofreadSrt,
        GetVideoTranslation, GetVideoTranslationBatch, ListProofreads, ListTranslationLanguages,
        ListVideoTranslationStatuses, ListVideoTranslations, ReplaceProofreadSrt,
        UpdateVideoTranslation,
    },
};

use super::{Entry, entry, maximal_body};

pub(super) fn all() -> Vec<Entry> {
    vec![
        {
            let minimal = ListProofreads::new();
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        {
            let operation = DeleteProofread::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let minimal = ListVideoTranslations::new();
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        entry(
            &CreateVideoTranslation::new(
                AssetLink::asset("a".parse().unwrap()),
                vec!["text".to_owned()],
            ),
            &maximal_body::<CreateVideoTranslation>("video_translations.create"),
        ),
        entry(
            &CreateVideoTranslationBatch::new(vec![CreateVideoTranslation::new(
                AssetLink::asset("a".parse().unwrap()),
                vec!["text".to_owned()],
            )]),
            &maximal_body::<CreateVideoTranslationBatch>("video_translations.batches.create"),
        ),
        {
            let minimal = GetVideoTranslationBatch::new("a".parse().unwrap());
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        {
            let operation = ListTranslationLanguages::new();
            entry(&operation, &operation)
        },
        entry(
            &CreateProofread::new(
                AssetLink::asset("a".parse().unwrap()),
                "text",
                vec!["text".to_owned()],
            ),
            &maximal_body::<CreateProofread>("video_translations.proofreads.create"),
        ),
        {
            let operation = GetProofread::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let minimal = GenerateProofread::new("a".parse().unwrap());
            let mut maximal = minimal.clone();
            maximal.body = maximal_body("video_translations.proofreads.generate");
            entry(&minimal, &maximal)
        },
        {
            let operation = GetProofreadSrt::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let minimal = ReplaceProofreadSrt::new(
                "a".parse().unwrap(),
                AssetLink::asset("a".parse().unwrap()),
            );
            let mut maximal = minimal.clone();
            maximal.body = maximal_body("video_translations.proofreads.srt.replace");
            entry(&minimal, &maximal)
        },
        {
            let mut maximal =
                ListVideoTranslationStatuses::new(vec!["a".parse().unwrap(), "b".parse().unwrap()]);
            maximal.batch_ids = vec!["c".parse().unwrap()];
            entry(&ListVideoTranslationStatuses::default(), &maximal)
        },
        {
            let operation = DeleteVideoTranslation::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let operation = GetVideoTranslation::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let minimal = UpdateVideoTranslation::new("a".parse().unwrap(), "text");
            let mut maximal = minimal.clone();
            maximal.body = maximal_body("video_translations.update");
            entry(&minimal, &maximal)
        },
    ]
}
