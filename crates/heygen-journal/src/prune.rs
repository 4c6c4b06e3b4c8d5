use std::time::{Duration, SystemTime};

use crate::{RememberedUpload, State};

/// What is not worth being remembered any longer: everything for which all that is set here holds.
/// Without anything set that is everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Prune {
    /// Only what has been in the journal unchanged for longer than this.
    pub older_than: Option<Duration>,
    /// Only what has come this far.
    pub state: Option<State>,
    /// Only uploads of files that are gone.
    pub is_missing: bool,
}

impl Prune {
    /// Tells whether an upload is one of those.
    #[must_use]
    pub fn takes(&self, upload: &RememberedUpload, now: SystemTime) -> bool {
        let age = now.duration_since(upload.updated).unwrap_or_default();
        self.older_than.is_none_or(|limit| age > limit)
            && self.state.is_none_or(|state| state == upload.state)
            && (!self.is_missing || is_missing(upload))
    }
}

/// Tells whether the file of an upload is certainly gone. A folder that cannot be looked into may
/// still have it.
fn is_missing(upload: &RememberedUpload) -> bool {
    let is_there = upload.path().map(std::path::Path::try_exists);
    matches!(is_there, Some(Ok(false)))
}
