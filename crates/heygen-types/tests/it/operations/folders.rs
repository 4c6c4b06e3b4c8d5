use heygen_types::folders::{CreateFolder, GetFolder};

use super::{Entry, entry, maximal_body};

pub(super) fn all() -> Vec<Entry> {
    let get = GetFolder::new("a".parse().unwrap());
    vec![
        entry(
            &CreateFolder::new("text"),
            &maximal_body::<CreateFolder>("folders.create"),
        ),
        entry(&get, &get),
    ]
}
