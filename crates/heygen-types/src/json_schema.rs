//! The JSON Schema of every request and answer, as text.
//!
//! Each is a document of its own: what it refers to stands in its `$defs`. The dialect is 2020-12.
//! This is for programs that show or check JSON that they do not read into the types: a form, a
//! language model that writes requests, a validator. `docs/openapi.json` has the same schemas.
//!
//! ```
//! use heygen_types::{OperationId, json_schema};
//!
//! let schema = json_schema::request(OperationId::CreateVideoAgent).expect("it has a body");
//! let schema: serde_json::Value = serde_json::from_str(schema)?;
//! assert_eq!(schema["properties"]["prompt"]["maxLength"], 10_000);
//! # Ok::<(), serde_json::Error>(())
//! ```

pub use crate::generated::json_schema::{request, response};
