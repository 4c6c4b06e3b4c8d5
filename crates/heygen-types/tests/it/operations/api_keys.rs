use heygen_types::api_keys::GetCurrentApiKey;

use super::{Entry, entry};

pub(super) fn all() -> Vec<Entry> {
    vec![entry(&GetCurrentApiKey::new(), &GetCurrentApiKey::new())]
}
