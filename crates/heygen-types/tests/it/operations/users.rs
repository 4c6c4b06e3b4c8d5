use heygen_types::users::GetCurrentUser;

use super::{Entry, entry};

pub(super) fn all() -> Vec<Entry> {
    vec![{
        let operation = GetCurrentUser::new();
        entry(&operation, &operation)
    }]
}
