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
    if let Some((_, text)) = WRITTEN.iter().find(|(id, _)| *id == operation.id) {
        return (*text).to_owned();
    }
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

/// Returns what a field is for.
pub(super) fn field(operation: &str, schema: &Schema) -> String {
    let text = describe(operation, &schema.name).or(schema.note.as_deref());
    let text = text.map_or_else(|| words(&schema.name), str::to_owned);
    capitalised(text.trim_end_matches('.'))
}

/// Adds what the table says of lengths, ranges and defaults.
pub(super) fn add_limits(text: &mut String, schema: &Schema) {
    let of_items = schema
        .items
        .as_deref()
        .filter(|_| schema.max_items.is_some());
    let range = match (schema.min_length, schema.max_length, schema.max) {
        (None | Some(0), Some(max), _) => Some(format!("at most {max} characters")),
        (Some(min), Some(max), _) => Some(format!("{min} to {max} characters")),
        (_, None, Some(max)) => Some(match (schema.min, schema.exclusive_min) {
            (Some(min), _) => format!("{min} to {max}"),
            (None, Some(min)) => format!("above {min}, up to {max}"),
            (None, None) => format!("at most {max}"),
        }),
        _ => None,
    };
    let range = match (of_items, schema.min_items, schema.max_items) {
        (Some(_), None | Some(0), Some(max)) => Some(format!("at most {max}")),
        (Some(_), Some(min), Some(max)) => Some(format!("{min} to {max}")),
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

/// What the words of an id do not say well.
const WRITTEN: [(&str, &str); 30] = [
    ("ai_clipping.create", "Cut short clips out of a long video"),
    ("ai_clipping.delete", "Delete a clipping job"),
    ("ai_clipping.get", "Show a clipping job"),
    ("ai_clipping.list", "List clipping jobs"),
    ("assets.batches.complete", "Complete all uploads of a batch"),
    ("assets.batches.get", "Show a batch of uploads"),
    ("assets.complete", "Complete a direct upload"),
    (
        "assets.direct_uploads.batches.create",
        "Ask for upload URLs for many files",
    ),
    (
        "assets.direct_uploads.create",
        "Ask for an upload URL for a file",
    ),
    ("assets.search", "Find pictures and icons by a description"),
    ("assets.statuses.list", "Show where uploads stand"),
    (
        "audio.sounds.search",
        "Find music and sounds by a description",
    ),
    ("avatars.consent", "Ask a person for consent to an avatar"),
    (
        "background_removals.create",
        "Remove the background of a video",
    ),
    (
        "filler_word_removals.create",
        "Remove ums and ahs from a video",
    ),
    ("lipsyncs.create", "Make the lips of a video follow a sound"),
    ("templates.generate", "Make a video from a template"),
    ("users.me.get", "Show the account that the key belongs to"),
    ("video_agents.send_message", "Send a message to a session"),
    ("video_agents.stop", "Stop a session"),
    (
        "video_agents.create",
        "Start a session that makes a video from a prompt and files",
    ),
    (
        "video_translations.create",
        "Translate a video into other languages",
    ),
    (
        "video_translations.proofreads.generate",
        "Make the video of a proofread",
    ),
    (
        "video_translations.proofreads.srt.get",
        "Show where the subtitles are",
    ),
    (
        "video_translations.proofreads.srt.replace",
        "Replace the subtitles",
    ),
    ("videos.scenes.get", "Show the scenes of a video"),
    ("voices.clone", "Clone a voice from a recording"),
    ("voices.design", "Design voices from a description"),
    ("voices.speech", "Speak a text"),
    (
        "webhooks.endpoints.rotate_secret",
        "Give an endpoint a new secret",
    ),
];

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
