use std::{fmt, path::Path, time::SystemTime};

use heygen_client::{AccountId, Fingerprint};
use heygen_types::{AssetId, Sha256Digest};
use heygen_upload_core::{Finished, Plan, UploadId};

/// One upload, as it stands in a journal. It holds no secret.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RememberedUpload {
    /// Its identity.
    pub id: UploadId,
    /// Whose it is.
    pub account: AccountId,
    /// The absolute path of the file, or `sha256:` and the digest of other content.
    pub source: String,
    /// How far it has come.
    pub state: State,
    /// The version of the source.
    pub fingerprint: Fingerprint,
    /// What was to be uploaded, and how.
    pub plan: Plan,
    /// The digest of the source, once it is known.
    pub digest: Option<Sha256Digest>,
    /// The asset, once there is one. It can be used when the upload has finished.
    pub asset_id: Option<AssetId>,
    /// What came of it, once it has finished.
    pub finished: Option<Finished>,
    /// When it was begun.
    pub created: SystemTime,
    /// When it was last written down.
    pub updated: SystemTime,
}

/// A record that could not be read and was removed, so that its upload is not remembered any more.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DamagedRecord {
    /// The source of its upload, as in [`RememberedUpload::source`].
    pub source: String,
    /// The asset of its upload, if it had one and that much could be read.
    pub asset_id: Option<AssetId>,
}

/// How far an upload has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// It was begun. Whether storage has the bytes is not known.
    Begun,
    /// Storage has the bytes; the upload has to be completed.
    Stored,
    /// The asset can be used.
    Finished,
}

impl RememberedUpload {
    /// Returns the path of the file, when the upload is that of a file and the path can be told in
    /// full.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        let is_whole = !self.source.contains(char::REPLACEMENT_CHARACTER);
        let path = Path::new(&self.source);
        (is_whole && path.is_absolute()).then_some(path)
    }
}

impl State {
    /// Returns the word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Stored => "stored",
            Self::Finished => "finished",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
