//! What an operation and its fields are for, in words.

use heygen_types::table::{GroupEntry, OperationEntry, Schema};

/// Returns what an operation does, in a line.
pub(super) fn summary(operation: &OperationEntry) -> String {
    let text = plain(operation.doc);
    as_help(first_sentence(&text).0)
}

/// Returns what is said of an operation beyond its summary.
pub(super) fn details(operation: &OperationEntry) -> Option<String> {
    // What follows the first paragraph is for programmers.
    let text = plain(operation.doc.split("\n\n").next()?);
    let rest = first_sentence(&text).1;
    if !rest.is_empty() {
        return Some(rest.to_owned());
    }
    Some(format!("{}.", capitalised(operation.note?)))
}

/// Turns Markdown into plain text for a terminal.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        let Some((shown, after)) = after.split_once(']') else {
            plain.push('[');
            rest = after;
            continue;
        };
        plain.push_str(shown);
        rest = match after.strip_prefix('(') {
            Some(link) => link.split_once(')').map_or(after, |(_, rest)| rest),
            None => after,
        };
    }
    plain.push_str(rest);
    capitalised(&plain.replace('`', "").replace("\n\n", " "))
}

fn first_sentence(text: &str) -> (&str, &str) {
    text.split_once(". ")
        .unwrap_or_else(|| (text.trim_end_matches('.'), ""))
}

/// Turns a description, which says what an operation does, into help, which says what to do.
fn as_help(text: &str) -> String {
    let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
    let verb = match verb {
        "Returns" => "Show",
        verb => verb.strip_suffix('s').unwrap_or(verb),
    };
    format!("{verb} {rest}")
}

/// Returns what the operations of a group are about, in a line.
pub(super) fn group(group: &GroupEntry) -> String {
    first_sentence(&plain(group.doc)).0.to_owned()
}

/// Returns what a field is for, with its default.
pub(super) fn field(schema: &Schema) -> String {
    let text = plain(schema.doc.unwrap_or_default());
    let text = text.trim_end_matches('.');
    if let Some(sent) = schema.cli_default {
        // What the API does without the field is no matter: this command always sends it.
        let said = text.split("; the API's default is ").next();
        return format!("{} [default: {sent}]", said.unwrap_or(text));
    }
    match schema.default.filter(|_| !text.contains("default")) {
        Some(shown) => format!("{text} [default: {shown}]"),
        None => text.to_owned(),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use heygen_types::table;

    use super::*;

    #[test]
    fn marks_and_links_are_taken_off() {
        assert_eq!(
            plain("the `id` of [`A`](super::A), as [B] has it."),
            "The id of A, as B has it."
        );
        assert_eq!(plain("an open [ stays"), "An open [ stays");
    }

    #[test]
    fn no_text_names_a_type_of_a_library() {
        let has_hump = |word: &str| {
            let mut letters = word.chars().peekable();
            while let Some(letter) = letters.next() {
                if letter.is_lowercase() && letters.peek().is_some_and(|next| next.is_uppercase()) {
                    return !["HeyGen", "MiB", "kHz"].contains(&word);
                }
            }
            false
        };
        let mut texts: Vec<String> = Vec::new();
        for operation in table::OPERATIONS {
            texts.push(summary(operation));
            texts.extend(details(operation));
            let objects = operation.body.objects();
            let fields = objects.iter().flat_map(|object| object.fields);
            texts.extend(fields.chain(operation.query).map(field));
        }
        for word in texts
            .iter()
            .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()))
        {
            assert!(!has_hump(word), "{word}");
        }
    }

    #[test]
    fn a_description_becomes_help() {
        let text = "Creates a video. It takes a while.";
        assert_eq!(as_help(first_sentence(text).0), "Create a video");
        assert_eq!(first_sentence(text).1, "It takes a while.");
        assert_eq!(as_help("Returns one video"), "Show one video");
    }

    #[test]
    fn every_operation_has_a_summary_of_one_line() {
        for operation in table::OPERATIONS {
            let summary = summary(operation);
            assert!((4..=100).contains(&summary.len()), "{summary}");
            assert!(!summary.ends_with('.'), "{summary}");
        }
    }
}
