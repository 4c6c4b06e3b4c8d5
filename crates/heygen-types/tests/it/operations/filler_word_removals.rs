use heygen_types::{
    AssetLink,
    filler_word_removals::{CreateFillerWordRemoval, GetFillerWordRemoval},
};

use super::{Entry, entry, maximal_body};

pub(super) fn all() -> Vec<Entry> {
    vec![
        entry(
            &CreateFillerWordRemoval::new(AssetLink::asset("a".parse().unwrap())),
            &maximal_body::<CreateFillerWordRemoval>("filler_word_removals.create"),
        ),
        {
            let operation = GetFillerWordRemoval::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
    ]
}
