use heygen_types::audio::SearchSounds;

use super::{Entry, entry};

pub(super) fn all() -> Vec<Entry> {
    vec![{
        let minimal = SearchSounds::new("text");
        let mut maximal = minimal.clone();
        maximal.r#type = Some("music".into());
        maximal.limit = Some(1);
        maximal.min_score = Some(0.5);
        maximal.token = Some("t".to_owned());
        entry(&minimal, &maximal)
    }]
}
