//! The API as data: every operation with its parameters, fields, limits and errors.
//!
//! This is for programs that handle operations they do not name: a command line with a command per
//! operation, an emulator, a proxy, a generator of documentation. Programs that call the API take
//! the types instead.
//!
//! The table is made of constants: nothing is read or allocated when a program starts.
//!
//! ```
//! use heygen_types::{OperationId, table};
//!
//! let create = table::operation(OperationId::CreateVideoAgent);
//! assert_eq!(create.path, "/v3/video-agents");
//! assert_eq!(create.body.fields[0].name, "prompt");
//! assert_eq!(create.body.fields[0].max_length, Some(10_000));
//! assert_eq!(table::OPERATIONS.len(), OperationId::ALL.len());
//! ```

mod check;
mod schema;

use alloc::string::String;
use core::fmt;

use crate::{BodyEncoding, Envelope, Method, OperationId};

pub use crate::generated::table::{GROUPS, OPERATIONS};
pub use check::{Strictness, Violation, ViolationKind};
pub use schema::{FileKind, Literal, Schema, SchemaType};

/// Returns what the table says of an operation.
#[must_use]
pub fn operation(id: OperationId) -> &'static OperationEntry {
    // The table is written in the order of the ids.
    &OPERATIONS[id as usize]
}

/// Returns the operation with a name, such as `assets.direct_uploads.create`.
#[must_use]
pub fn find(name: &str) -> Option<&'static OperationEntry> {
    OperationId::find(name).map(operation)
}

/// One operation.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct OperationEntry {
    /// The name, such as `assets.direct_uploads.create`.
    pub id: OperationId,
    /// The HTTP method.
    pub method: Method,
    /// The path with its parameters in braces.
    pub path: &'static str,
    /// The parameters of the path, in order.
    pub path_params: &'static [&'static str],
    /// The parameters of the query.
    pub query: &'static [Schema],
    /// How the body is encoded.
    pub encoding: BodyEncoding,
    /// The body of the request: an object, or a union of objects.
    pub body: Schema,
    /// What a successful answer is wrapped in.
    pub envelope: Envelope,
    /// What a successful answer holds: the resource, or one item of a list.
    pub response: Schema,
    /// The status of success as declared; a replay may come as 200.
    pub status: u16,
    /// Whether the operation declares `Idempotency-Key`.
    pub idempotency_key: bool,
    /// The field of the body that does the work of `Idempotency-Key`.
    pub body_key: Option<&'static str>,
    /// The statuses of 500 and above that mean that the operation was not carried out.
    pub not_carried_out: &'static [u16],
    /// The job that the operation starts.
    pub starts: Option<StartsEntry>,
    /// Whether the answer comes in pages.
    pub paginated: bool,
    /// Whether the operation may change at short notice.
    pub beta: bool,
    /// What the operation is allowed by, separated by spaces, when the caller uses OAuth.
    pub oauth_scope: Option<&'static str>,
    /// The errors that the operation declares beyond those that every operation declares.
    pub errors: &'static [ErrorEntry],
    /// Examples of a command line for it, without the name of the program, where those that can be
    /// made up say too little.
    pub examples: &'static [&'static str],
    /// What the operation does, in words. The first paragraph is the summary.
    pub doc: &'static str,
    /// What else is known.
    pub note: Option<&'static str>,
}

impl OperationEntry {
    /// An operation without anything that can be left out.
    pub(crate) const EMPTY: Self = Self {
        id: OperationId::ALL[0],
        method: Method::Get,
        path: "",
        path_params: &[],
        query: &[],
        encoding: BodyEncoding::None,
        body: Schema::EMPTY,
        envelope: Envelope::Data,
        response: Schema::EMPTY,
        status: 200,
        idempotency_key: false,
        body_key: None,
        not_carried_out: &[],
        starts: None,
        paginated: false,
        beta: false,
        oauth_scope: None,
        errors: &[],
        examples: &[],
        doc: "",
        note: None,
    };

    /// Returns the path with its parameters filled in, in order, and percent-encoded.
    ///
    /// # Panics
    ///
    /// When there are fewer values than [`path_params`](Self::path_params).
    #[must_use]
    pub fn fill_path(&self, params: &[&str]) -> String {
        crate::operation::fill_path(self.path, params)
    }
}

impl fmt::Debug for OperationEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OperationEntry")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A group of operations.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct GroupEntry {
    /// The beginning of the ids of its operations, such as `lipsyncs.batches`.
    pub name: &'static str,
    /// What the operations are about.
    pub doc: &'static str,
}

/// The job that an operation starts.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct StartsEntry {
    /// The operation that reads the record of the job.
    pub job: OperationId,
    /// The field of the answer with the id of the job, or the list of ids when there are several;
    /// with a dot where it is inside an object.
    pub id: &'static str,
    /// Whether the job existed before and continues, so that its record may lag behind.
    pub resumes: bool,
}

/// An error that an operation declares.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ErrorEntry {
    /// The HTTP status.
    pub status: u16,
    /// The code in the body, where one is declared.
    pub code: Option<&'static str>,
}
