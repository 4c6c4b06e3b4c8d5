use heygen_types::{
    AssetInput,
    background_removals::{
        CreateBackgroundRemoval, DeleteBackgroundRemoval, GetBackgroundRemoval,
        ListBackgroundRemovals,
    },
};

use super::{Entry, entry, maximal_body};

pub(super) fn all() -> Vec<Entry> {
    vec![
        {
            let minimal = ListBackgroundRemovals::new();
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        entry(
            &CreateBackgroundRemoval::new(AssetInput::asset("a".parse().unwrap())),
            &maximal_body::<CreateBackgroundRemoval>("background_removals.create"),
        ),
        {
            let operation = DeleteBackgroundRemoval::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let operation = GetBackgroundRemoval::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
    ]
}
