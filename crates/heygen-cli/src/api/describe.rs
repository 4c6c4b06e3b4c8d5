//! What an operation and its fields are for, in words.

use heygen_types::{
    Json,
    table::{OperationEntry, Schema},
};

use super::shape::singular;

/// One entry a line: `operation field<TAB>text`, and `operation <TAB>text` for the operation itself.
const TEXTS: &str = include_str!("descriptions.txt");

/// Returns the text for a field of an operation, or for the operation when the field is empty.
pub(super) fn describe(operation: &str, field: &str) -> Option<&'static str> {
    find(TEXTS, operation, field)
}

fn find<'a>(texts: &'a str, operation: &str, field: &str) -> Option<&'a str> {
    texts.lines().find_map(|line| {
        let (entry, text) = line.split_once('\t')?;
        (entry.split_once(' ')? == (operation, field)).then_some(text)
    })
}

/// Returns what an operation does, in a line.
pub(super) fn summary(operation: &OperationEntry) -> String {
    if let Some(text) = describe(&operation.id, "") {
        return text.trim_end_matches('.').to_owned();
    }
    let (things, verb) = operation.id.rsplit_once('.').unwrap_or(("", &operation.id));
    let path: Vec<&str> = things.split('.').collect();
    let last = path.last().copied().unwrap_or_default();
    let owner = path.first().copied().filter(|_| path.len() > 1);
    let many = match owner {
        Some(owner) => format!("{} of {}", words(last), words(owner)),
        None => words(last),
    };
    let one = match singular(last) {
        Some(one) => words(&one),
        None => words(last),
    };
    match verb {
        "list" => format!("List {many}"),
        "search" => format!("Search {many}"),
        "get" => format!("Show the {one}"),
        "create" => format!("Create a {one}"),
        "update" => format!("Change the {one}"),
        "delete" => format!("Delete the {one}"),
        verb => format!("{}: {many}", capitalised(&words(verb))),
    }
}

/// Returns what a field is for.
pub(super) fn field(operation: &str, schema: &Schema) -> String {
    let text = describe(operation, &schema.name).or(schema.note.as_deref());
    let text = text.map_or_else(|| words(&schema.name), str::to_owned);
    capitalised(text.trim_end_matches('.'))
}

/// Adds what the table says of lengths, ranges and defaults.
pub(super) fn add_limits(text: &mut String, schema: &Schema) {
    let of_items = schema.items.as_deref().filter(|_| schema.max_items.is_some());
    let range = match (schema.min_length, schema.max_length, schema.max) {
        (min, Some(max), _) => Some(format!("{} to {max} characters", min.unwrap_or(0))),
        (_, None, Some(max)) => Some(match (schema.min, schema.exclusive_min) {
            (Some(min), _) => format!("{min} to {max}"),
            (None, Some(min)) => format!("above {min}, up to {max}"),
            (None, None) => format!("at most {max}"),
        }),
        _ => None,
    };
    let range = match (of_items, schema.min_items, schema.max_items) {
        (Some(_), min, Some(max)) => Some(format!("{} to {max} times", min.unwrap_or(0))),
        _ => range,
    };
    if let Some(range) = range {
        *text = format!("{text}, {range}");
    }
    if schema.deprecated {
        text.push_str(" (deprecated)");
    }
    if let Some(default) = schema.cli_default.as_ref().or(schema.default.as_ref()) {
        let shown = match default {
            Json::String(text) => Some(text.clone()),
            Json::Bool(flag) => Some(flag.to_string()),
            Json::Unsigned(number) => Some(number.to_string()),
            Json::Float(number) => Some(number.to_string()),
            _ => None,
        };
        if let Some(shown) = shown {
            *text = format!("{text} [default: {shown}]");
        }
    }
}

fn words(name: &str) -> String {
    name.replace('_', " ")
}

pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_by_operation_and_field() {
        let texts = "\
            video_agents.create prompt\tWhat the video is to be.\n\
            video_agents.create \tStart a session.\n\
            a line without a tab\n";
        let text = |field| find(texts, "video_agents.create", field);
        assert_eq!(text("prompt"), Some("What the video is to be."));
        assert_eq!(text(""), Some("Start a session."));
        assert_eq!(text("prom"), None);
        assert_eq!(find(texts, "video_agents", "prompt"), None);
    }

    #[test]
    fn every_line_of_the_texts_has_the_form() {
        for line in TEXTS.lines() {
            let (entry, text) = line.split_once('\t').unwrap();
            assert!(entry.contains(' ') && !text.is_empty(), "{line}");
        }
    }
}
