//! Printing answers: whole and unchanged for programs, in a readable form for people.

use heygen_types::table::OperationEntry;

use super::human;
use crate::{args::OutputFormat, console::Console};

/// Prints an answer, and returns what else people may want to know.
pub(super) fn print(
    console: &Console,
    operation: Option<&'static OperationEntry>,
    body: &[u8],
) -> Option<String> {
    match console.format {
        OutputFormat::Json => {
            whole(console, body);
            None
        }
        OutputFormat::Human => {
            let readable = human::answer(operation, body);
            console.result(readable.text.as_bytes());
            readable.note
        }
    }
}

/// Prints an answer as it came, and a line end. An answer without content is no line.
pub(super) fn whole(console: &Console, body: &[u8]) {
    if !body.is_empty() {
        console.result(&[body, b"\n"].concat());
    }
}
