//! The limits that the API documents, each with its source.

use crate::ByteSize;

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

/// The most files in one upload batch (API specification, `assets.direct_uploads.batches.create`).
pub const UPLOAD_BATCH_FILES_MAX: usize = 100;

/// The most ids in one statuses request (API specification, `assets.statuses.list`).
pub const STATUS_IDS_MAX: usize = 100;

/// The range of `limit` in most lists (API specification).
pub const LIST_LIMIT: core::ops::RangeInclusive<u32> = 1..=100;

/// The range of `limit` in the asset search (API specification, `assets.search`).
pub const SEARCH_LIMIT: core::ops::RangeInclusive<u32> = 1..=50;

/// The range of the length of a search query, in characters (API specification, `assets.search`).
pub const SEARCH_QUERY_LENGTH: core::ops::RangeInclusive<usize> = 1..=1000;

/// The range of the length of a prompt or message to a video agent, in characters (API
/// specification, `video_agents.create`).
pub const AGENT_PROMPT_LENGTH: core::ops::RangeInclusive<usize> = 1..=10_000;

/// The most files in one request to a video agent (API specification, `video_agents.create`).
pub const AGENT_FILES_MAX: usize = 20;

/// The longest idempotency key, in characters (idempotency page).
pub const IDEMPOTENCY_KEY_LENGTH_MAX: usize = 255;
