use std::collections::BTreeMap;

use heygen_types::templates::{GenerateFromTemplate, GetTemplate, ListTemplates};

use super::{Entry, entry, maximal_body};

pub(super) fn all() -> Vec<Entry> {
    vec![
        {
            let minimal = ListTemplates::new();
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        {
            let operation = GetTemplate::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let minimal = GenerateFromTemplate::new("a".parse().unwrap(), BTreeMap::new());
            let mut maximal = minimal.clone();
            maximal.body = maximal_body("templates.generate");
            entry(&minimal, &maximal)
        },
    ]
}
