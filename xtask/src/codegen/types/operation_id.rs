use std::fmt::Write as _;

use anyhow::Result;

use super::super::{rust, table::Table};

/// Writes `OperationId` and the macro that names every operation.
pub(super) fn write(table: &Table) -> Result<String> {
    let mut variants = String::new();
    let mut all = String::new();
    let mut names = String::new();
    let mut found = String::new();
    let mut types = String::new();
    let mut records = String::new();
    for operation in &table.operations {
        let (id, name) = (&operation.id, &operation.rust);
        let module = operation.module();
        let doc = format!("[`{name}`](crate::{module}::{name}): `{id}`.");
        writeln!(variants, "{}{name},", rust::doc(&doc, 4)).expect("a string takes any text");
        writeln!(all, "Self::{name},").expect("a string takes any text");
        writeln!(names, "Self::{name} => {id:?},").expect("a string takes any text");
        writeln!(found, "{id:?} => Self::{name},").expect("a string takes any text");
        let path = format!("            $crate::{module}::{name},\n");
        if table.reads_job(operation)? {
            records.push_str(&path);
        }
        types.push_str(&path);
    }
    let count = table.operations.len();
    Ok(format!(
        r#"
use core::fmt;

/// The operations of the API by name.
///
/// ```
/// use heygen_types::OperationId;
///
/// let id = OperationId::find("assets.direct_uploads.create");
/// assert_eq!(id, Some(OperationId::CreateDirectUpload));
/// assert_eq!(OperationId::ALL.len(), {count});
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum OperationId {{
{variants}}}

impl OperationId {{
    /// Every operation, in the order of the table.
    pub const ALL: &'static [Self] = &[{all}];

    /// Returns the name in the API's own words, such as `assets.direct_uploads.create`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {{
        match self {{
{names}        }}
    }}

    /// Returns the operation with this name.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {{
        Some(match id {{
{found}            _ => return None,
        }})
    }}
}}

impl fmt::Display for OperationId {{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{
        f.write_str(self.as_str())
    }}
}}

/// Calls a macro with the type of every operation, for programs that handle them all.
///
/// ```
/// macro_rules! count {{
///     ($($operation:ty),+ $(,)?) => {{
///         [$(<$operation as heygen_types::Operation>::ID),+].len()
///     }};
/// }}
/// assert_eq!(heygen_types::for_each_operation!(count), {count});
/// ```
#[macro_export]
macro_rules! for_each_operation {{
    ($callback:ident) => {{
        $callback! {{
{types}        }}
    }};
}}

/// Calls a macro with the type of every operation whose response is a [`Job`](crate::Job), for
/// programs that wait for any job.
#[macro_export]
macro_rules! for_each_job {{
    ($callback:ident) => {{
        $callback! {{
{records}        }}
    }};
}}
"#
    ))
}
