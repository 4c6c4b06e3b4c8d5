use std::fmt::Write as _;

use anyhow::Result;
use serde_json::Value;

use super::api::{Api, items};

/// One row of a table of fields.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    /// Where the field stands, such as `files[].filename`.
    path: String,
    type_name: String,
    presence: &'static str,
    notes: String,
}

/// Returns a table of the fields of an object: a field list, a reference or a union.
pub(super) fn table(api: &Api, object: &Value) -> Result<String> {
    let mut rows = Vec::new();
    push_members(api, object, "", &mut rows)?;
    if rows.is_empty() {
        return Ok(String::new());
    }
    let mut text = "| field | type | | limits and notes |\n| --- | --- | --- | --- |\n".to_owned();
    for row in rows {
        writeln!(
            text,
            "| {} | {} | {} | {} |",
            row.path, row.type_name, row.presence, row.notes
        )?;
    }
    Ok(text)
}

/// Adds what an object holds, below `prefix`.
fn push_members(api: &Api, object: &Value, prefix: &str, rows: &mut Vec<Row>) -> Result<()> {
    if let Some(name) = object["ref"].as_str() {
        return push_members(api, api.object(name)?, prefix, rows);
    }
    if object["union"].is_array() {
        let tag = object["tag"].as_str().unwrap_or("type");
        for variant in items(&object["union"]).filter_map(Value::as_str) {
            let variant = api.object(variant)?;
            let tag_name = join(prefix, tag);
            rows.push(Row {
                path: format!("`{tag_name}` is {}:", tag_values(variant)),
                type_name: String::new(),
                presence: "",
                notes: one_line(variant["note"].as_str().unwrap_or_default()),
            });
            push_fields(api, variant, prefix, Some(tag), rows)?;
        }
        return Ok(());
    }
    push_fields(api, object, prefix, None, rows)
}

fn push_fields(
    api: &Api,
    object: &Value,
    prefix: &str,
    skip: Option<&str>,
    rows: &mut Vec<Row>,
) -> Result<()> {
    for field in items(&object["fields"]) {
        let name = field["name"].as_str().unwrap_or_default();
        if skip == Some(name) && field["note"].is_null() {
            continue;
        }
        let path = join(prefix, name);
        rows.push(Row {
            path: format!("`{path}`"),
            type_name: type_name(field),
            presence: presence(field),
            notes: notes(field),
        });
        let (holder, inner) = match field["items"].as_object() {
            Some(_) => (&field["items"], format!("{path}[]")),
            None => (field, path),
        };
        push_members(api, holder, &inner, rows)?;
    }
    Ok(())
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}.{name}")
    }
}

fn tag_values(variant: &Value) -> String {
    let values = items(&variant["tag_values"]).chain([&variant["tag_value"]]);
    let names: Vec<String> = values
        .filter_map(Value::as_str)
        .map(|value| format!("`{value}`"))
        .collect();
    names.join(" or ")
}

fn type_name(field: &Value) -> String {
    let base = |value: &Value| {
        // Without a type it is a reference or a union, of objects in either case.
        value["type"].as_str().unwrap_or("object").to_owned()
    };
    let mut name = match field["items"].as_object() {
        Some(_) => format!("array of {}", base(&field["items"])),
        None => base(field),
    };
    if field["nullable"] == true {
        name.push_str(" or null");
    }
    name
}

fn presence(field: &Value) -> &'static str {
    if field["required"] == true {
        "required"
    } else {
        ""
    }
}

/// Puts limits, default and note of a field into one cell.
fn notes(field: &Value) -> String {
    let mut parts = Vec::new();
    let values: Vec<String> = items(&field["enum"]).map(shown).collect();
    if !values.is_empty() {
        parts.push(format!("one of {}", values.join(", ")));
    }
    for (key, words) in [
        ("const", "always"),
        ("pattern", "matches"),
        ("format", "format"),
        ("default", "default"),
        ("cli_default", "command-line clients send"),
    ] {
        if !field[key].is_null() {
            parts.push(format!("{words} {}", shown(&field[key])));
        }
    }
    parts.extend(range(field, "min_length", "max_length", "characters"));
    parts.extend(range(field, "min_items", "max_items", "items"));
    parts.extend(range(field, "min", "max", ""));
    if !field["exclusive_min"].is_null() {
        parts.push(format!("above {}", field["exclusive_min"]));
    }
    if field["deprecated"] == true {
        parts.push("deprecated".to_owned());
    }
    if let Some(note) = field["note"].as_str() {
        parts.push(one_line(note));
    }
    parts.join("; ")
}

fn range(field: &Value, min: &str, max: &str, unit: &str) -> Option<String> {
    let limits = match (&field[min], &field[max]) {
        (Value::Null, Value::Null) => return None,
        (min, Value::Null) if *min == 1 && unit == "characters" => return Some("not empty".into()),
        (min, Value::Null) => format!("at least {min} {unit}"),
        (Value::Null, max) => format!("at most {max} {unit}"),
        (min, max) => format!("{min} to {max} {unit}"),
    };
    Some(limits.trim_end().to_owned())
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{}`", escape(text)),
        other => format!("`{other}`"),
    }
}

/// Makes a note fit into a cell of a table.
pub(super) fn one_line(text: &str) -> String {
    escape(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn escape(text: &str) -> String {
    text.replace('|', "\\|")
}
