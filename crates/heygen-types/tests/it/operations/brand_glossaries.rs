use heygen_types::brand_glossaries::{
    CreateBrandGlossary, DeleteBrandGlossary, GetBrandGlossary, ListBrandGlossaries,
    UpdateBrandGlossary,
};

use super::{Entry, entry, maximal_body};

pub(super) fn all() -> Vec<Entry> {
    vec![
        {
            let minimal = ListBrandGlossaries::new();
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        entry(
            &CreateBrandGlossary::new("text"),
            &maximal_body::<CreateBrandGlossary>("brand_glossaries.create"),
        ),
        {
            let operation = DeleteBrandGlossary::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let operation = GetBrandGlossary::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let minimal = UpdateBrandGlossary::new("a".parse().unwrap());
            let mut maximal = minimal.clone();
            maximal.body = maximal_body("brand_glossaries.update");
            entry(&minimal, &maximal)
        },
    ]
}
