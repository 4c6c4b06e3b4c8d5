use heygen_types::{
    AssetInput,
    hyperframes::{CreateRender, DeleteRender, GetRender, ListRenders},
};

use super::{Entry, entry, maximal_body};

pub(super) fn all() -> Vec<Entry> {
    vec![
        {
            let minimal = ListRenders::new();
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        entry(
            &CreateRender::new(AssetInput::asset("a".parse().unwrap())),
            &maximal_body::<CreateRender>("hyperframes.renders.create"),
        ),
        {
            let operation = DeleteRender::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let operation = GetRender::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
    ]
}
