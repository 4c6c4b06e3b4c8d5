//! The limits that the API documents, each with its source.

use crate::ByteSize;

pub use crate::generated::limits::*;

/// The largest file that the client sends in one request to `POST /v3/assets`.
///
/// The documentation says "32 MB" and never says it in bytes. This is the strict reading, so that
/// no server can refuse what we send; larger files go by direct upload.
pub const SINGLE_REQUEST_CLIENT_MAX: ByteSize = ByteSize::new(32_000_000);

/// The largest file that a server might take in one request: "32 MB" read as 32 × 1024 × 1024.
/// The emulator refuses above this.
pub const SINGLE_REQUEST_SERVER_MAX: ByteSize = ByteSize::new(33_554_432);

/// The largest object that one presigned PUT can store (Amazon S3: 5 GiB).
pub const PUT_MAX: ByteSize = ByteSize::new(5 * 1024 * 1024 * 1024);

/// The most ids in one statuses request (API specification, `assets.statuses.list`).
pub const STATUS_IDS_MAX: usize = 100;

/// The longest idempotency key, in characters (idempotency page).
pub const IDEMPOTENCY_KEY_LENGTH_MAX: usize = 255;
