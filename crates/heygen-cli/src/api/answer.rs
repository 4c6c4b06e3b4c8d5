//! Printing answers: whole and unchanged for programs, in a readable form for people.

use heygen_types::table::OperationEntry;

use super::human;
use crate::{args::OutputFormat, console::Console};

/// Prints an answer, and returns what else people may want to know.
pub(super) fn print(
    console: Console,
    operation: Option<&'static OperationEntry>,
    body: &[u8],
) -> Option<String> {
    match console.format {
        OutputFormat::Json => {
            console.answer(body);
            None
        }
        OutputFormat::Human => {
            let readable = human::answer(operation, body, None);
            let head = readable.head.unwrap_or_default();
            console.result(&format!("{head}{}", readable.text));
            readable.note
        }
    }
}

/// Prints one of several pages. For people they are one whose head comes again only when it
/// changes, and whose columns are never narrower than on the page before.
pub(super) fn page(
    console: Console,
    operation: &'static OperationEntry,
    body: &[u8],
    last_head: &mut Option<String>,
) {
    if console.format == OutputFormat::Json {
        return console.answer(body);
    }
    let readable = human::answer(Some(operation), body, last_head.as_deref());
    let names = |head: &Option<String>| {
        let names = head.as_deref().unwrap_or_default().split_whitespace();
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    let is_new = names(&readable.head) != names(last_head);
    let head = readable.head.clone().filter(|_| is_new).unwrap_or_default();
    let is_only_end = readable.head.is_none() && last_head.is_some();
    if !is_only_end {
        console.result(&format!("{head}{}", readable.text));
        *last_head = readable.head;
    }
}
