//! The vocabulary of the HeyGen v3 API: ids, enums, limits and one type per operation.
//!
//! This crate is data only. It is `no_std` with `alloc`, depends on `serde` and nothing else, and
//! knows nothing of HTTP, so it fits a queue message, a web service or a wasm front end. To send
//! an operation take `heygen-client` with a transport, or `heygen-sdk`, which has both.
//!
//! ```
//! use heygen_types::{AssetInput, Operation, video_agents::CreateVideoAgent};
//!
//! let mut request = CreateVideoAgent::new("Present this report in a minute");
//! request.files = Some(vec![AssetInput::asset("asset_0123".parse()?)]);
//! request.validate()?;
//!
//! assert_eq!(CreateVideoAgent::PATH, "/v3/video-agents");
//! assert_eq!(
//!     serde_json::to_string(request.body())?,
//!     r#"{"prompt":"Present this report in a minute","files":[{"type":"asset_id","asset_id":"asset_0123"}]}"#,
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The contract of these types
//!
//! - Every type goes both ways through serde: a client writes requests and reads responses, a
//!   server (or an emulator) does the reverse.
//! - Requests leave out what is `None`. Responses tolerate fields that are not known here.
//! - A string that the server picks from a list is an open enum: an unknown value is kept and
//!   given back unchanged.
//! - Text becomes a type at the edge (`FromStr`, `TryFrom`), and the error names the limit.
//! - `Debug` never shows a presigned URL, the query of any URL, or file content.
//!
//! # Crate features
//!
//! - `json-schema`: the JSON Schema of every request and response as text (module `json_schema`). Off
//!   by default.
//! - `table`: the API as data (module `table`), for programs that handle any operation. Off by default.
//!
//! The minimum supported Rust version is 1.89.
#![no_std]
#![warn(clippy::std_instead_of_core, clippy::alloc_instead_of_core)]

extern crate alloc;

mod api_error;
mod asset_input;
mod by_hand;
mod digest;
mod envelope;
mod generated;
mod id;
mod idempotency_key;
mod invalid;
mod job;
mod json;
#[cfg(feature = "json-schema")]
pub mod json_schema;
mod lenient;
pub mod limits;
mod media_type;
mod open_enum;
mod operation;
mod origin;
mod paged;
pub mod secret;
mod size;
#[cfg(feature = "table")]
pub mod table;
mod upload_headers;
mod url;

pub use api_error::{ApiError, ErrorBody, ErrorDetail};
pub use asset_input::{AssetInput, AssetLink, Base64Data};
pub use digest::Sha256Digest;
pub use envelope::{Data, Page};
pub use generated::*;
pub use idempotency_key::IdempotencyKey;
pub use invalid::Invalid;
pub use job::{Job, JobState};
pub use json::Json;
pub use media_type::MediaType;
pub use open_enum::Unknown;
pub use operation::{BodyEncoding, Envelope, Method, NoBody, Operation, Streamed};
pub use origin::{HostPort, Origin};
pub use paged::{NextPage, PageOf, Paged};
pub use size::ByteSize;
pub use upload_headers::UploadHeaders;
pub use url::{PresignedUrl, Url};
