use heygen_types::{
    AssetLink,
    ai_clipping::{CreateAiClipping, DeleteAiClipping, GetAiClipping, ListAiClippings},
};

use super::{Entry, entry, maximal_body};

pub(super) fn all() -> Vec<Entry> {
    vec![
        {
            let minimal = ListAiClippings::new();
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        entry(
            &CreateAiClipping::new(AssetLink::asset("a".parse().unwrap())),
            &maximal_body::<CreateAiClipping>("ai_clipping.create"),
        ),
        {
            let operation = DeleteAiClipping::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let operation = GetAiClipping::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
    ]
}
