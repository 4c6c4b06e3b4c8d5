//! Storage that speaks S3: presigned URLs, the PUT, the GET, and errors in XML.

mod code;
mod get;
mod problem;
mod put;
mod signer;
mod verify;

pub use code::StorageCode;
pub(crate) use get::{Wanted, serve};
pub(crate) use problem::{StorageProblem, error, host_id, usual_code};
pub(crate) use put::{PutGrant, content_length, digest_from_base64, etag, grant_put, store};
pub(crate) use signer::{PutTerms, Signer, clamp as clamp_lifetime};
pub(crate) use verify::verify;

/// The path under which storage lies.
pub(crate) const PREFIX: &str = "/storage/";
