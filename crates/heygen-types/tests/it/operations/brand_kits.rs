use heygen_types::brand_kits::{
    CreateBrandKit, DeleteBrandKit, GetBrandKit, ListBrandKits, UpdateBrandKit,
};

use super::{Entry, entry, maximal_body};

pub(super) fn all() -> Vec<Entry> {
    vec![
        {
            let minimal = ListBrandKits::new();
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        entry(
            &CreateBrandKit::new("https://example.com/a".parse().unwrap()),
            &maximal_body::<CreateBrandKit>("brand_kits.create"),
        ),
        {
            let operation = DeleteBrandKit::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let operation = GetBrandKit::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let minimal = UpdateBrandKit::new("a".parse().unwrap());
            let mut maximal = minimal.clone();
            maximal.body = maximal_body("brand_kits.update");
            entry(&minimal, &maximal)
        },
    ]
}
