//! The API as data: every operation with its parameters, fields, limits and errors.
//!
//! This is for programs that handle operations they do not name: a command line with a command per
//! operation, an emulator, a proxy, a generator of documentation. Programs that call the API take
//! the types instead.
//!
//! The table is JSON text, so that this crate needs no JSON library; a program reads it with its
//! own:
//!
//! ```
//! use heygen_types::table::Table;
//!
//! let table: Table = serde_json::from_str(Table::JSON)?;
//! let create = table.operation("video_agents.create").expect("a known operation");
//! assert_eq!(create.path, "/v3/video-agents");
//! assert_eq!(create.body.fields[0].name, "prompt");
//! assert_eq!(create.body.fields[0].max_length, Some(10_000));
//! # Ok::<(), serde_json::Error>(())
//! ```

mod check;
mod schema;

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Deserializer};

use crate::{BodyEncoding, Envelope, Method};

pub use check::{Strictness, Violation, ViolationKind};
pub use schema::{Schema, SchemaType};

/// Every operation of the API, and the objects that they share.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct Table {
    /// The operations.
    pub operations: Vec<OperationEntry>,
    /// The shared objects by name.
    pub types: BTreeMap<String, Schema>,
}

impl Table {
    /// The table as JSON, to be read by any serde format.
    pub const JSON: &'static str = include_str!("../api/operations.json");

    /// Finds an operation by its id, such as `assets.direct_uploads.create`.
    #[must_use]
    pub fn operation(&self, id: &str) -> Option<&OperationEntry> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// Returns the objects that a schema can stand for: none for a plain value, several for a
    /// union.
    #[must_use]
    pub fn objects<'a>(&'a self, schema: &'a Schema) -> Vec<&'a Schema> {
        let named = |name: &String| {
            self.types
                .get(name)
                .expect("the table defines every object that it names")
        };
        if let Some(name) = &schema.reference {
            self.objects(named(name))
        } else if !schema.union.is_empty() {
            schema.union.iter().map(named).collect()
        } else if schema.is_object() {
            alloc::vec![schema]
        } else {
            Vec::new()
        }
    }
}

/// One operation.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct OperationEntry {
    /// The name, such as `assets.direct_uploads.create`.
    pub id: String,
    /// The HTTP method.
    pub method: Method,
    /// The path with its parameters in braces.
    pub path: String,
    /// The parameters of the path, in order.
    #[serde(deserialize_with = "names")]
    pub path_params: Vec<String>,
    /// The parameters of the query.
    pub query: Vec<Schema>,
    /// The body of the request: an object, or a union of objects.
    pub body: Schema,
    /// What a successful answer holds: the resource, or one item of a list.
    pub response: Schema,
    /// Whether the operation declares `Idempotency-Key`.
    #[serde(default)]
    pub idempotency_key: bool,
    /// The statuses of 500 and above that mean that the operation was not carried out.
    #[serde(default)]
    pub not_carried_out: Vec<u16>,
    /// The job that the operation starts.
    #[serde(default)]
    pub starts: Option<StartsEntry>,
    /// Whether the answer comes in pages.
    pub paginated: bool,
    /// Whether the operation may change at short notice.
    #[serde(default)]
    pub beta: bool,
    /// Whether the operation is kept off the reference pages of the API.
    #[serde(default)]
    pub preview: bool,
    /// What the operation is allowed by, separated by spaces, when the caller uses OAuth.
    #[serde(default)]
    pub oauth_scope: Option<String>,
    /// The errors that the operation declares beyond those that every operation declares.
    #[serde(default)]
    pub errors: Vec<ErrorEntry>,
    /// What the operation does, in words. The first paragraph is the summary.
    pub doc: String,
    /// What else is known.
    #[serde(default)]
    pub note: Option<String>,
}

/// The job that an operation starts.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct StartsEntry {
    /// The operation that reads the record of the job.
    pub job: String,
    /// The field of the answer with the id of the job, or the list of ids when there are several;
    /// with a dot where it is inside an object.
    pub id: String,
    /// Whether the job existed before and continues, so that its record may lag behind.
    #[serde(default)]
    pub resumes: bool,
}

impl OperationEntry {
    /// Returns how the body is encoded.
    #[must_use]
    pub fn encoding(&self) -> BodyEncoding {
        match self.body.encoding.as_deref() {
            Some("json") => BodyEncoding::Json,
            Some("multipart") => BodyEncoding::Multipart,
            _ => BodyEncoding::None,
        }
    }

    /// Returns what a successful answer is wrapped in.
    #[must_use]
    pub fn envelope(&self) -> Envelope {
        match self.response.envelope.as_deref() {
            Some("list") => Envelope::List,
            Some("stream") => Envelope::Stream,
            _ => Envelope::Data,
        }
    }

    /// Returns the path with its parameters filled in, in order, and percent-encoded.
    ///
    /// # Panics
    ///
    /// When there are fewer values than [`path_params`](Self::path_params).
    #[must_use]
    pub fn fill_path(&self, params: &[&str]) -> String {
        crate::operation::fill_path(&self.path, params)
    }

    /// Returns the status of success as declared; a replay may come as 200.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.response.status.unwrap_or(200)
    }
}

/// Reads the names of parameters.
fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let params = <Vec<Schema>>::deserialize(deserializer)?;
    Ok(params.into_iter().map(|param| param.name).collect())
}

/// An error that an operation declares.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct ErrorEntry {
    /// The HTTP status.
    pub status: u16,
    /// The code in the body, where one is declared.
    #[serde(default)]
    pub code: Option<String>,
    /// The field that the example of the error names.
    #[serde(default)]
    pub param: Option<String>,
}
