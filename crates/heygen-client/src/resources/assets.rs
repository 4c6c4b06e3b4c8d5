use super::Assets;
use crate::{Source, Upload};

impl Assets<'_> {
    /// Uploads a file of any accepted type and size. Await what this returns.
    ///
    /// It chooses between `assets.upload` and the three steps of a direct upload, and checks what
    /// was stored: most programs need nothing else of this group.
    pub fn upload(&self, source: impl Into<Source>) -> Upload {
        Upload::new(self.client.clone(), source.into())
    }
}
