use alloc::string::String;
use core::{error::Error, fmt};

use heygen_types::{AssetId, PresignedUrl, Sha256Digest, UploadHeaders, Url};
use serde::{Deserialize, Serialize};

use crate::{Checksum, Finished, Plan, Route, Timestamp, UploadId};

/// Everything that another process needs to go on with an upload.
///
/// It is plain serde data with a version. While an upload has a presigned URL its checkpoint
/// contains it: store it where nobody else can read it. `Debug` does not show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    pub(crate) version: u32,
    pub(crate) upload_id: UploadId,
    pub(crate) plan: Plan,
    pub(crate) facts: Facts,
}

impl Checkpoint {
    /// The version that this crate writes.
    pub const VERSION: u32 = 1;

    /// Returns the version in which it was written.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// Returns the identity of the upload.
    #[must_use]
    pub const fn upload_id(&self) -> UploadId {
        self.upload_id
    }

    /// Returns what is uploaded.
    #[must_use]
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Returns the digest of the source, once it is known.
    #[must_use]
    pub const fn digest(&self) -> Option<Sha256Digest> {
        self.facts.digest
    }

    /// Returns the asset that the upload works on, once there is one.
    #[must_use]
    pub fn asset_id(&self) -> Option<&AssetId> {
        let finished = self.facts.finished.as_ref();
        finished
            .map(|finished| &finished.asset_id)
            .or_else(|| self.facts.slot.as_ref().map(|slot| &slot.asset_id))
    }

    /// Returns until when the presigned URL in it can be used, while there is one.
    #[must_use]
    pub fn url_expires_at(&self) -> Option<Timestamp> {
        let slot = self.facts.slot.as_ref()?;
        (!slot.url.expose().is_empty()).then_some(slot.expires_at)
    }

    /// Takes out what others could use: the presigned URL, and what comes after the path of the
    /// URL of a finished asset, which may be signed, too.
    ///
    /// The upload can still be resumed: it asks whether the bytes arrived, and for another URL if
    /// they did not.
    #[must_use]
    pub fn without_signatures(mut self) -> Self {
        if let Some(slot) = &mut self.facts.slot {
            slot.forget_url();
        }
        if let Some(finished) = &mut self.facts.finished
            && let Ok(url) = finished.url.without_query().parse()
        {
            finished.url = url;
        }
        self
    }

    /// Puts another URL in the place of that of the finished asset, for one that is younger.
    #[must_use]
    pub fn with_asset_url(mut self, url: Url) -> Self {
        if let Some(finished) = &mut self.facts.finished {
            finished.url = url;
        }
        self
    }

    /// Returns `true` if storage accepted the bytes. The source is no longer sent; it is read again
    /// only to [verify](crate::Config::verify_source) that it is still the same.
    #[must_use]
    pub const fn is_stored(&self) -> bool {
        self.facts.stored || self.facts.finished.is_some()
    }

    /// Returns the finished asset, once the upload has one.
    #[must_use]
    pub const fn finished(&self) -> Option<&Finished> {
        self.facts.finished.as_ref()
    }
}

/// What the machine has learned so far and must not forget. The next step follows from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// Single or direct.
    pub(crate) route: Route,
    /// The number of the presigned URL, from 1.
    pub(crate) generation: u32,
    /// The digest of the source.
    pub(crate) digest: Option<Sha256Digest>,
    /// When the current idempotency key was sent first. No URL under this key is younger.
    pub(crate) key_first_sent: Option<Timestamp>,
    /// Where the bytes go.
    pub(crate) slot: Option<Slot>,
    /// Whether storage accepted the bytes.
    pub(crate) stored: bool,
    /// The asset.
    pub(crate) finished: Option<Finished>,
}

/// A place in storage, and until when it accepts a PUT.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Slot {
    pub(crate) asset_id: AssetId,
    pub(crate) url: PresignedUrl,
    pub(crate) headers: UploadHeaders,
    pub(crate) expires_at: Timestamp,
}

impl Slot {
    /// Keeps the asset and nothing that is secret.
    pub(crate) fn forget_url(&mut self) {
        self.url = PresignedUrl::new(String::new());
        self.headers = UploadHeaders::new();
        self.expires_at = Timestamp::default();
    }
}

/// A checkpoint that cannot be resumed: it has another version, no upload wrote it, or it holds no
/// digest by which the source could be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResumeError(Problem);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    Version(u32),
    Contradiction(&'static str),
    Unverifiable,
}

/// More URLs than any upload gets through, however often it is resumed.
const GENERATIONS_MAX: u32 = 1_000_000;

impl ResumeError {
    pub(crate) const fn unverifiable() -> Self {
        Self(Problem::Unverifiable)
    }

    /// Returns `true` if a newer version of this crate wrote the checkpoint. Starting the upload
    /// again may then store the file twice.
    #[must_use]
    pub const fn is_newer(&self) -> bool {
        matches!(self.0, Problem::Version(version) if version > Checkpoint::VERSION)
    }

    /// Returns `true` if the checkpoint is intact and only lacks the digest that
    /// [`Config::verify_source`](crate::Config::verify_source) needs.
    #[must_use]
    pub const fn is_unverifiable(&self) -> bool {
        matches!(self.0, Problem::Unverifiable)
    }
}

impl Checkpoint {
    /// Checks that a deserialized checkpoint has this version and is internally consistent.
    ///
    /// [`Upload::resume`](crate::Upload::resume) does the same; this is for a place that keeps
    /// checkpoints and wants to know early.
    ///
    /// # Errors
    ///
    /// The checkpoint cannot be resumed by this version of the crate.
    pub fn check(&self) -> Result<(), ResumeError> {
        let problem = if self.version != Self::VERSION {
            Problem::Version(self.version)
        } else if self.facts.stored && self.facts.slot.is_none() {
            Problem::Contradiction("the bytes are stored, but nowhere")
        } else if self.is_of_another_asset() {
            Problem::Contradiction("it ended as another asset than it was given a URL for")
        } else if self.lacks_digest() {
            Problem::Contradiction("a digest was declared, but there is none")
        } else if !(1..=GENERATIONS_MAX).contains(&self.facts.generation) {
            Problem::Contradiction("the number of its URL is out of range")
        } else {
            return Ok(());
        };
        Err(ResumeError(problem))
    }

    /// Returns `true` if an answer about another asset was taken for one about this upload.
    fn is_of_another_asset(&self) -> bool {
        match (&self.facts.slot, &self.facts.finished) {
            (Some(slot), Some(finished)) => slot.asset_id != finished.asset_id,
            _ => false,
        }
    }

    /// Tells whether a place was asked for with a digest that is not there any more.
    fn lacks_digest(&self) -> bool {
        let declares = self.plan.checksum == Checksum::Declared;
        declares && self.facts.slot.is_some() && self.facts.digest.is_none()
    }
}

impl fmt::Display for ResumeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Problem::Version(version) => write!(
                f,
                "the checkpoint has version {version}, this program knows version {}",
                Checkpoint::VERSION
            ),
            Problem::Contradiction(what) => write!(f, "the checkpoint is damaged: {what}"),
            Problem::Unverifiable => f.write_str(
                "the source may have changed, and the checkpoint has no digest to compare it with",
            ),
        }
    }
}

impl Error for ResumeError {}
