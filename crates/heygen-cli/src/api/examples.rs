//! Examples, the first thing on every page of help.

use heygen_types::{
    Envelope,
    table::{self, OperationEntry, Schema},
};

use super::{
    flags::{self, Flag},
    shape::{Kind, Shape, kebab},
};

/// Returns the examples of a group: one for each of its most usual commands.
pub(super) fn of_group(prefix: &str) -> String {
    let of_group = || {
        let operations = table::OPERATIONS.iter();
        operations.filter(|operation| operation.id.as_str().starts_with(prefix))
    };
    let mut lines: Vec<String> = Vec::new();
    for verb in ["create", "list", "get", ""] {
        // The group's own command goes before those of the groups within it.
        let own = of_group().find(|operation| operation.id.as_str()[prefix.len()..] == *verb);
        let any = || of_group().find(|operation| operation.id.as_str().ends_with(verb));
        if lines.len() < 3
            && let Some(operation) = own.or_else(any)
        {
            let flags = flags::of_body(operation);
            let examples = of(operation, &flags);
            let first = examples.lines().nth(1).unwrap_or_default().to_owned();
            if !lines.contains(&first) {
                lines.push(first);
            }
        }
    }
    format!("Examples:\n{}", lines.join("\n"))
}

/// Returns the examples of an operation.
pub(super) fn of(operation: &'static OperationEntry, flags: &[Flag]) -> String {
    let written = operation.examples.iter();
    let mut lines: Vec<String> = written.map(|line| format!("  heygen-rs {line}")).collect();
    if lines.is_empty() {
        lines = made(operation, flags);
    }
    format!("Examples:\n{}", lines.join("\n"))
}

/// Makes an example of what is required, and one of what the command has beyond that.
fn made(operation: &'static OperationEntry, flags: &[Flag]) -> Vec<String> {
    let mut line = format!("  heygen-rs {}", words(operation));
    for parameter in operation.path_params {
        line = format!("{line} {}", id(parameter));
    }
    for parameter in operation
        .query
        .iter()
        .filter(|parameter| parameter.required)
    {
        let value = value(Shape::of(parameter), parameter);
        line = format!("{line} --{} {value}", kebab(parameter.name));
    }
    let first = operation.query.first();
    if let Some(parameter) = first.filter(|parameter| flags::is_id_list(parameter)) {
        let id = id(parameter.name.trim_end_matches('s'));
        line = format!("{line} --{} {id}", kebab(parameter.name));
    }
    let variant = operation
        .body
        .objects()
        .first()
        .and_then(|object| object.tag_value)
        .filter(|_| flags::is_union(operation));
    if let (Some(tag), Some(variant)) = (flags::union_tag(operation), variant) {
        line = format!("{line} --{} {variant}", kebab(tag));
    }
    for flag in flags {
        if let Some(form) = flag.form(variant)
            && form.schema.required
            && form.target == flags::Target::Field
        {
            line = format!("{line} --{} {}", flag.long, value(form.shape, form.schema));
        }
    }
    let mut lines = vec![line.clone()];
    if operation.paginated {
        let items = match operation.envelope {
            Envelope::List => ".data[]",
            _ => ".data.items[]",
        };
        lines.push(format!("{line} --all --json | jq -c '{items}'"));
    } else if super::wait::waits(operation) {
        lines.push(format!("{line} --wait"));
    } else if operation.method == heygen_types::Method::Delete {
        lines.push(format!("{line} --yes"));
    }
    lines
}

/// Returns the words of the command of an operation.
pub(super) fn words(operation: &OperationEntry) -> String {
    let words: Vec<String> = operation.id.as_str().split('.').map(kebab).collect();
    words.join(" ")
}

/// Returns what could stand for a value.
fn value(shape: Shape, schema: &Schema) -> String {
    let name = schema.name;
    let listed = schema.items.unwrap_or(schema);
    if let Some(first) = listed.constant.as_ref().or_else(|| listed.values.first()) {
        return (*first).to_owned();
    }
    match (shape.kind, name) {
        (Kind::File, "audio") => "speech.mp3",
        (Kind::File, "srt") => "subtitles.srt",
        (Kind::File, name) if name == "file" || name.contains("image") => "photo.png",
        (Kind::File, "project") => "project.zip",
        (Kind::File, _) => "clip.mp4",
        (Kind::Integer, "size_bytes") => "1048576",
        (Kind::Integer | Kind::Number, _) => "1",
        (Kind::Boolean, _) => "true",
        (Kind::Json, _) => "@FILE",
        (_, "output_languages") => "French",
        (_, "url") => "https://example.com",
        (_, "filename") => "clip.mp4",
        (_, "content_type") => "video/mp4",
        (_, "username") => "sam",
        (_, "query") => "'calm piano'",
        (_, "title") => "'Spring launch'",
        (_, "name" | "voice_name") => "Anna",
        (_, "prompt" | "message" | "text" | "script") => "'A minute about our spring launch'",
        (_, name) if name.ends_with("_id") => return id(name),
        _ => "TEXT",
    }
    .to_owned()
}

/// Returns what could stand for an id.
fn id(name: &str) -> String {
    match name {
        "look_id" | "group_id" | "avatar_id" => "avatar_4f2a".to_owned(),
        name => format!(
            "{}_4f2a",
            name.trim_end_matches("_id")
                .rsplit('_')
                .next()
                .unwrap_or(name)
        ),
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};
    use heygen_types::{OperationId, table::OPERATIONS};

    use super::*;
    use crate::args::Cli;

    /// Splits a line as a shell does.
    fn split(line: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut is_quoted = false;
        for letter in line.trim().chars() {
            match letter {
                '\'' => is_quoted = !is_quoted,
                ' ' if !is_quoted => words.push(String::new()),
                letter => words.last_mut().unwrap().push(letter),
            }
        }
        words
    }

    #[test]
    fn flags_of_no_command_contradict_each_other() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_example_is_taken() {
        let operations = OPERATIONS.iter();
        // Its command is written by hand.
        for operation in operations.filter(|it| it.id != OperationId::UploadAsset) {
            let examples = of(operation, &flags::of_body(operation));
            for line in examples.lines().skip(1) {
                let command = line.split(" | ").next().unwrap();
                let taken = Cli::try_parse_from(split(command));
                assert!(taken.is_ok(), "{line}: {}", taken.unwrap_err());
            }
        }
    }
}
