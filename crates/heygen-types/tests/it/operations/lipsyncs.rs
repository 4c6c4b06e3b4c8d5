use heygen_types::{
    AssetLink,
    lipsyncs::{
        CreateLipsync, CreateLipsyncBatch, DeleteLipsync, GetLipsync, GetLipsyncBatch,
        ListLipsyncStatuses, ListLipsyncs, UpdateLipsync,
    },
};

use super::{Entry, entry, maximal_body};

pub(super) fn all() -> Vec<Entry> {
    vec![
        {
            let minimal = ListLipsyncs::new();
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        entry(
            &CreateLipsync::new(
                AssetLink::asset("a".parse().unwrap()),
                AssetLink::asset("a".parse().unwrap()),
            ),
            &maximal_body::<CreateLipsync>("lipsyncs.create"),
        ),
        entry(
            &CreateLipsyncBatch::new(vec![CreateLipsync::new(
                AssetLink::asset("a".parse().unwrap()),
                AssetLink::asset("a".parse().unwrap()),
            )]),
            &maximal_body::<CreateLipsyncBatch>("lipsyncs.batches.create"),
        ),
        {
            let minimal = GetLipsyncBatch::new("a".parse().unwrap());
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        {
            let mut maximal =
                ListLipsyncStatuses::new(vec!["a".parse().unwrap(), "b".parse().unwrap()]);
            maximal.batch_ids = vec!["c".parse().unwrap()];
            entry(&ListLipsyncStatuses::default(), &maximal)
        },
        {
            let operation = DeleteLipsync::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let operation = GetLipsync::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let minimal = UpdateLipsync::new("a".parse().unwrap(), "text");
            let mut maximal = minimal.clone();
            maximal.body = maximal_body("lipsyncs.update");
            entry(&minimal, &maximal)
        },
    ]
}
