//! The sentences that are not in the table.

use super::super::{
    rust::continued,
    table::{FileKind, Group, Operation, Schema},
};

/// Describes a group: what it is about, and which operations it has.
pub(super) fn group(group: &Group) -> String {
    let about = group.doc.trim_end_matches('.');
    format!("{about}: the `{}.*` operations.", group.name)
}

/// Describes the method that returns a group.
pub(super) fn accessor(group: &Group) -> String {
    let about = continued(&group.doc);
    format!("Returns the `{}.*` operations: {about}", group.name)
}

/// Describes a value that is passed, for the end of a sentence.
pub(super) fn value(schema: &Schema) -> String {
    let text = continued(schema.doc.as_deref().unwrap_or_default());
    match takes(schema) {
        Some(takes) => format!("{text} {takes}"),
        None => text,
    }
}

/// Says which files a field takes.
fn takes(schema: &Schema) -> Option<String> {
    if schema.rust.as_deref() == Some("AssetId") {
        return None;
    }
    let kinds: Vec<&str> = schema.takes.iter().copied().map(FileKind::words).collect();
    (!kinds.is_empty()).then(|| format!("Takes {}.", kinds.join(" or ")))
}

/// Describes the errors of an operation: where they are described, and the codes of its own.
/// `general` is a link to those that every operation has.
pub(super) fn errors(operation: &Operation, general: &str) -> String {
    let codes: Vec<String> = operation
        .errors
        .iter()
        .map(|error| match &error.code {
            Some(code) => format!("{} `{code}`", error.status),
            None => error.status.to_string(),
        })
        .collect();
    let own = match codes.as_slice() {
        [] => String::new(),
        [code] => format!(" The API declares {code}."),
        [codes @ .., last] => format!(" The API declares {} and {last}.", codes.join(", ")),
    };
    format!("# Errors\n\nThose of {general}.{own}")
}
