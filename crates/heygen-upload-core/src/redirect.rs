use core::fmt;

use heygen_types::{PresignedUrl, secret::without_query};

/// Where a redirect points: what is followed, and what of it people may see.
///
/// `Debug` and [`shown`](Self::shown) leave out the query, and everything of a target that is
/// [hidden](Self::hidden).
#[derive(Clone, PartialEq, Eq)]
pub struct Redirect {
    target: PresignedUrl,
    is_hidden: bool,
}

impl Redirect {
    /// Takes the target, unchanged and unchecked.
    #[must_use]
    pub const fn new(target: PresignedUrl) -> Self {
        Self {
            target,
            is_hidden: false,
        }
    }

    /// Takes a target that is shown to nobody: it repeats a secret of the request.
    #[must_use]
    pub const fn hidden(target: PresignedUrl) -> Self {
        Self {
            target,
            is_hidden: true,
        }
    }

    /// Returns the target.
    #[must_use]
    pub const fn target(&self) -> &PresignedUrl {
        &self.target
    }

    /// Returns the target without its query, `None` when it is hidden.
    #[must_use]
    pub fn shown(&self) -> Option<&str> {
        let target = (!self.is_hidden).then(|| self.target.expose())?;
        // A path alone is a place on the same server.
        match target.starts_with('/') {
            true => target.split(['?', '#']).next(),
            false => Some(without_query(target)),
        }
    }
}

impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Redirect")
            .field(&self.shown().unwrap_or("hidden"))
            .finish()
    }
}
