//! What an operation and its fields are for, in words.

use heygen_types::{
    Json, Method,
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
    match describe(&operation.id, "") {
        Some(text) => as_help(first_sentence(text).0, operation.method),
        None => from_id(operation),
    }
}

/// Returns what is said of an operation beyond its summary.
pub(super) fn details(operation: &OperationEntry) -> Option<String> {
    let text = describe(&operation.id, "").map(|text| first_sentence(text).1);
    let text = text.filter(|rest| !rest.is_empty()).map(str::to_owned);
    text.or_else(|| Some(format!("{}.", capitalised(operation.note.as_ref()?))))
}

fn first_sentence(text: &str) -> (&str, &str) {
    text.split_once(". ")
        .unwrap_or_else(|| (text.trim_end_matches('.'), ""))
}

/// Turns a description, which says what an operation does, into help, which says what to do.
fn as_help(text: &str, method: Method) -> String {
    // "(beta): the assets of a user"
    let text = match text.split_once("): ") {
        Some((word, rest)) if word.starts_with('(') => rest,
        _ => text,
    };
    let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
    let text = match verb.strip_suffix('s') {
        Some(verb) if method != Method::Get => format!("{verb} {rest}"),
        _ => text.to_owned(),
    };
    capitalised(&text)
}

/// Makes a summary of the words of an id.
fn from_id(operation: &OperationEntry) -> String {
    let (things, verb) = operation.id.rsplit_once('.').unwrap_or(("", &operation.id));
    let last = things.rsplit('.').next().unwrap_or(things);
    let many = words(last);
    let one = singular(last).map_or_else(|| many.clone(), |one| words(&one));
    let article = if one.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    match verb {
        "list" => format!("List {many}"),
        "get" => format!("Show {article} {one}"),
        "create" => format!("Create {article} {one}"),
        "update" => format!("Change {article} {one}"),
        "delete" => format!("Delete {article} {one}"),
        verb => format!("{} {many}", capitalised(&words(verb))),
    }
}

/// Returns what a group within a group holds. `prefix` leads to it, with dots.
pub(super) fn group(name: &str, prefix: &str) -> String {
    let owner = prefix.trim_end_matches('.').rsplit('.').next();
    let owner = words(owner.unwrap_or_default());
    match name {
        "batches" => format!("Many {owner} in one request"),
        "statuses" => format!("Where many {owner} stand"),
        "direct_uploads" => "Uploads step by step, for files of any size".to_owned(),
        "languages" => "What can be translated to".to_owned(),
        "me" => "The account that the key belongs to".to_owned(),
        "srt" => "The subtitles of a proofread".to_owned(),
        name => format!("{} of {owner}", capitalised(&words(name))),
    }
}

/// Returns what a field is for, and its limits.
pub(super) fn field(operation: &str, schema: &Schema) -> String {
    let mut text = match describe(operation, &schema.name) {
        // The limits are said there.
        Some(text) => text.trim_end_matches('.').to_owned(),
        None => {
            let text = schema.note.clone();
            let text = text.unwrap_or_else(|| words(&schema.name));
            capitalised(&with_range(text, schema))
        }
    };
    if schema.deprecated && !text.to_lowercase().contains("deprecated") {
        text.push_str(" (deprecated)");
    }
    if let Some(sent) = schema.cli_default.as_ref().and_then(plain) {
        // What the API does without the field is no matter: this command always sends it.
        let said = text.split("; the API's default is ").next();
        return format!("{} [default: {sent}]", said.unwrap_or(&text));
    }
    let default = schema
        .default
        .as_ref()
        .filter(|_| !text.contains("default"));
    if let Some(shown) = default.and_then(plain) {
        text = format!("{text} [default: {shown}]");
    }
    text
}

/// Adds what the table says of lengths and ranges.
fn with_range(text: String, schema: &Schema) -> String {
    let range = |min: Option<usize>, max: usize| match min {
        None | Some(0) => format!("at most {max}"),
        Some(min) => format!("{min} to {max}"),
    };
    let range = match (schema.max_items, schema.max_length, schema.max) {
        (Some(max), _, _) => range(schema.min_items, max),
        (None, Some(max), _) => format!("{} characters", range(schema.min_length, max)),
        (None, None, Some(max)) => match (schema.min, schema.exclusive_min) {
            (Some(min), _) => format!("{min} to {max}"),
            (None, Some(min)) => format!("above {min}, up to {max}"),
            (None, None) => format!("at most {max}"),
        },
        (None, None, None) => return text,
    };
    format!("{text}, {range}")
}

fn plain(value: &Json) -> Option<String> {
    Some(match value {
        Json::String(text) => text.clone(),
        Json::Bool(flag) => flag.to_string(),
        Json::Unsigned(number) => number.to_string(),
        Json::Float(number) => number.to_string(),
        _ => return None,
    })
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
    fn no_text_names_a_type_of_a_library() {
        let has_hump = |word: &str| {
            let mut letters = word.chars().peekable();
            while let Some(letter) = letters.next() {
                if letter.is_lowercase() && letters.peek().is_some_and(|next| next.is_uppercase()) {
                    return word != "HeyGen";
                }
            }
            false
        };
        for word in TEXTS.split(|letter: char| !letter.is_alphanumeric()) {
            assert!(!has_hump(word), "{word}");
        }
    }

    #[test]
    fn a_description_becomes_help() {
        let help = |text, method| as_help(first_sentence(text).0, method);
        let text = "Makes a video. It takes a while.";
        assert_eq!(help(text, Method::Post), "Make a video");
        assert_eq!(first_sentence(text).1, "It takes a while.");
        assert_eq!(
            help("Voices one may use.", Method::Get),
            "Voices one may use"
        );
        let beta = "(beta): the assets of a user.";
        assert_eq!(help(beta, Method::Get), "The assets of a user");
    }

    #[test]
    fn every_operation_has_a_summary_of_one_line() {
        for operation in &crate::api::table().operations {
            let summary = summary(operation);
            assert!((4..=100).contains(&summary.len()), "{summary}");
            assert!(!summary.ends_with('.'), "{summary}");
        }
    }

    #[test]
    fn every_line_of_the_texts_has_the_form() {
        for line in TEXTS.lines() {
            let (entry, text) = line.split_once('\t').unwrap();
            assert!(entry.contains(' ') && !text.is_empty(), "{line}");
        }
    }
}
