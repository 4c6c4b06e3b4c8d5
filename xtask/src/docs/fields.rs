use std::fmt::Write as _;

use anyhow::Result;
use serde_json::Value;

use super::{
    api::{Api, items},
    source::Texts,
};

/// One row of a table of fields.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    /// Where the field stands, such as `files[].filename`.
    path: String,
    type_name: String,
    presence: &'static str,
    meaning: String,
    notes: String,
}

/// Returns a table of the fields of an object: a field list, a reference or a union. The meaning
/// of a field is what the table says of the Rust type.
pub(super) fn table(
    api: &Api,
    texts: &Texts,
    object: &Value,
    rust_type: Option<&str>,
) -> Result<String> {
    let mut walk = Walk {
        api,
        texts,
        rows: Vec::new(),
        unions: Vec::new(),
    };
    walk.members(object, "", rust_type)?;
    if walk.rows.is_empty() {
        return Ok(String::new());
    }
    let mut text =
        "| field | type | | meaning | limits and notes |\n| --- | --- | --- | --- | --- |\n"
            .to_owned();
    for row in walk.rows {
        writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            row.path, row.type_name, row.presence, row.meaning, row.notes
        )?;
    }
    Ok(text)
}

/// A walk through an object and all that it holds.
struct Walk<'a> {
    api: &'a Api,
    texts: &'a Texts,
    rows: Vec<Row>,
    /// The unions that the walk is inside of: some hold themselves.
    unions: Vec<&'a Value>,
}

impl<'a> Walk<'a> {
    /// Adds what an object holds, below `prefix`.
    fn members(&mut self, object: &'a Value, prefix: &str, rust_type: Option<&str>) -> Result<()> {
        if let Some(name) = object["ref"].as_str() {
            return self.members(self.api.object(name)?, prefix, rust_type);
        }
        let union = &object["union"];
        if !union.is_array() {
            return self.fields(object, prefix, None, rust_type);
        }
        if self.unions.contains(&union) {
            return Ok(());
        }
        self.unions.push(union);
        let tag = object["tag"].as_str().unwrap_or("type");
        for variant in items(union).filter_map(Value::as_str) {
            let variant = self.api.object(variant)?;
            let first = variant["tag_value"].as_str();
            let first = first.or_else(|| variant["tag_values"][0].as_str());
            let known = match (rust_type, first) {
                (Some(rust_type), Some(first)) => self.texts.member(rust_type, first),
                _ => None,
            };
            self.rows.push(Row {
                path: format!("`{}` is {}:", join(prefix, tag), tag_values(variant)),
                type_name: String::new(),
                presence: "",
                meaning: known.map_or_else(String::new, |known| one_line(&known.doc)),
                notes: one_line(variant["note"].as_str().unwrap_or_default()),
            });
            let inner = known.map(|known| known.type_name.as_str());
            let inner = inner.filter(|inner| !inner.is_empty()).or(rust_type);
            self.fields(variant, prefix, Some(tag), inner)?;
        }
        self.unions.pop();
        Ok(())
    }

    fn fields(
        &mut self,
        object: &'a Value,
        prefix: &str,
        skip: Option<&str>,
        rust_type: Option<&str>,
    ) -> Result<()> {
        for field in items(&object["fields"]) {
            let name = field["name"].as_str().unwrap_or_default();
            if skip == Some(name) && field["note"].is_null() {
                continue;
            }
            let path = join(prefix, name);
            let known = rust_type.and_then(|rust_type| self.texts.member(rust_type, name));
            self.rows.push(Row {
                path: format!("`{path}`"),
                type_name: type_name(field),
                presence: presence(field),
                meaning: known.map_or_else(String::new, |known| one_line(&known.doc)),
                notes: notes(field),
            });
            let inner = known.map(|known| known.type_name.as_str());
            let inner = inner.filter(|inner| self.texts.has_type(inner));
            let (holder, below) = if field["items"].is_object() {
                (&field["items"], format!("{path}[]"))
            } else if field["values"].is_object() {
                (&field["values"], format!("{path}.*"))
            } else {
                (field, path)
            };
            self.members(holder, &below, inner)?;
        }
        Ok(())
    }
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
