use alloc::string::String;
use core::fmt;

use heygen_types::{
    AssetId, ByteSize, IdempotencyKey, MediaType, PresignedUrl, Sha256Digest, UploadHeaders,
    assets::{CompleteAsset, CreateDirectUpload},
};

/// The number of one started step. An outcome carries it back; an outcome with any other number
/// is late or foreign and changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId(pub(crate) u64);

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One thing for the driver to do. It speaks of operations, not of HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a driver that forgets a step must not compile"
)]
pub enum Step {
    /// Read the whole source and answer with its digest: [`handle_hashed`](crate::Upload::handle_hashed).
    HashSource,
    /// Get a fresh credential: [`handle_refreshed`](crate::Upload::handle_refreshed).
    RefreshCredential,
    /// `POST /v3/assets`: [`handle_uploaded`](crate::Upload::handle_uploaded).
    UploadSingle(SingleStep),
    /// `POST /v3/assets/direct-uploads`: [`handle_created`](crate::Upload::handle_created).
    CreateUpload {
        /// The request.
        request: CreateDirectUpload,
        /// The key: the same on every retry, a new one for every new URL.
        key: IdempotencyKey,
    },
    /// `PUT upload_url`: [`handle_stored`](crate::Upload::handle_stored).
    Put(PutStep),
    /// `POST /v3/assets/{asset_id}/complete`: [`handle_completed`](crate::Upload::handle_completed).
    Complete {
        /// The request.
        request: CompleteAsset,
    },
    /// `GET /v3/assets/statuses`: [`handle_status`](crate::Upload::handle_status).
    QueryStatus {
        /// The asset.
        asset_id: AssetId,
    },
}

impl Step {
    /// Returns the kind of the step, for messages and counters.
    #[must_use]
    pub const fn kind(&self) -> StepKind {
        match self {
            Self::HashSource => StepKind::Hash,
            Self::RefreshCredential => StepKind::Credential,
            Self::UploadSingle(_) => StepKind::Single,
            Self::CreateUpload { .. } => StepKind::Create,
            Self::Put(_) => StepKind::Put,
            Self::Complete { .. } => StepKind::Complete,
            Self::QueryStatus { .. } => StepKind::Status,
        }
    }
}

/// The whole file in one multipart request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SingleStep {
    /// The name of the file.
    pub file_name: String,
    /// The type of the part.
    pub media_type: MediaType,
    /// The exact size of the file.
    pub size: ByteSize,
    /// The key: the same on every retry.
    pub key: IdempotencyKey,
    /// The digest of the file, where it is known. The last bytes of a file with another one are not
    /// to be sent: it would be stored.
    pub digest: Option<Sha256Digest>,
    /// Whether to hash the file while it is sent and tell the digest.
    pub hash: bool,
}

/// The whole file to a presigned URL.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PutStep {
    /// Where to: exactly as the server gave it.
    pub url: PresignedUrl,
    /// What to send with it: every pair, unchanged, and no credential.
    pub headers: UploadHeaders,
    /// The exact size of the file.
    pub size: ByteSize,
    /// Whether to hash the file while it is sent and tell the digest.
    pub hash: bool,
}

/// The kind of a step, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum StepKind {
    /// The source is read and hashed.
    Hash,
    /// A fresh credential is fetched.
    Credential,
    /// The file goes up in one request.
    Single,
    /// A presigned URL is asked for.
    Create,
    /// The bytes go to storage.
    Put,
    /// The upload is completed.
    Complete,
    /// The state of the background work is asked for.
    Status,
}

impl StepKind {
    /// Returns the word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hash => "hash",
            Self::Credential => "credential",
            Self::Single => "single",
            Self::Create => "create",
            Self::Put => "put",
            Self::Complete => "complete",
            Self::Status => "status",
        }
    }
}

impl fmt::Display for StepKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
