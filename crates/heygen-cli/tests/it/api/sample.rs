//! Values made from the table: something for everything that can be written.

use heygen_types::table::{OperationEntry, Schema, SchemaType, Table};
use serde_json::{Map, Value, json};

pub(crate) fn table() -> Table {
    serde_json::from_str(Table::JSON).unwrap()
}

/// What is written on the command line, and what has to come of it.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) words: Vec<String>,
    pub(crate) path: String,
    pub(crate) query: Vec<String>,
    pub(crate) body: Map<String, Value>,
}

/// An id with everything that a path has to escape.
const ID: &str = "id 1?&#%é";
const ESCAPED_ID: &str = "id%201%3F%26%23%25%C3%A9";

/// Writes an operation with all its flags; of a union those of one object.
pub(crate) fn maximal(
    table: &Table,
    operation: &OperationEntry,
    object: Option<&Schema>,
) -> Written {
    let mut written = Written {
        words: operation.id.split('.').map(kebab).collect(),
        path: operation.path.clone(),
        ..Written::default()
    };
    for name in &operation.path_params {
        written.words.push(ID.to_owned());
        written.path = written.path.replace(&format!("{{{name}}}"), ESCAPED_ID);
    }
    for parameter in &operation.query {
        let flag = format!("--{}", kebab(&parameter.name));
        let value = if parameter.name.ends_with("_ids") {
            written.words.extend([flag.clone(), "a".to_owned()]);
            written.words.extend([flag, "b c".to_owned()]);
            "a%2Cb%20c".to_owned()
        } else {
            let value = plain(&sample(table, parameter));
            written.words.extend([flag, value.clone()]);
            value.replace(' ', "%20").replace('&', "%26")
        };
        written.query.push(format!("{}={value}", parameter.name));
    }
    if let Some(object) = object {
        for field in &object.fields {
            if !SKIPPED.contains(&field.name.as_str()) {
                written.add(table, field, object.tag_value.as_deref());
            }
        }
    }
    written
}

impl Written {
    fn add(&mut self, table: &Table, field: &Schema, tag: Option<&str>) {
        let flag = format!("--{}", kebab(&field.name));
        if let (Some(tag), "type" | "mode") = (tag, field.name.as_str()) {
            self.words.extend([flag, tag.to_owned()]);
            self.body.insert(field.name.clone(), json!(tag));
            return;
        }
        let items = field.items.as_deref();
        let is_file = |schema: &Schema| {
            let is_reference = |name: &String| name.starts_with("asset_ref.");
            !schema.union.is_empty() && schema.union.iter().all(is_reference)
        };
        let value = match items {
            Some(items) if is_file(items) && field.max_items == Some(1) => {
                self.words.extend([flag, "asset_1".to_owned()]);
                json!([{"type": "asset_id", "asset_id": "asset_1"}])
            }
            Some(items) if is_file(items) => {
                self.words.extend([flag.clone(), "asset_1".to_owned()]);
                self.words
                    .extend([flag, "http://127.0.0.1:9/a?b=c".to_owned()]);
                json!([
                    {"type": "asset_id", "asset_id": "asset_1"},
                    {"type": "url", "url": "http://127.0.0.1:9/a?b=c"},
                ])
            }
            None if is_file(field) => {
                self.words.extend([flag, "asset_1".to_owned()]);
                json!({"type": "asset_id", "asset_id": "asset_1"})
            }
            Some(items) => {
                let value = sample(table, items);
                self.words.extend([flag.clone(), plain(&value)]);
                if field.max_items == Some(1) {
                    json!([value])
                } else {
                    self.words.extend([flag, plain(&value)]);
                    json!([value, value])
                }
            }
            None if field.r#type == Some(SchemaType::Boolean) => {
                self.words.push(format!("{flag}=false"));
                json!(false)
            }
            None => {
                let value = sample(table, field);
                self.words.extend([flag, plain(&value)]);
                value
            }
        };
        self.body.insert(field.name.clone(), value);
    }
}

/// Makes a value that the schema allows.
fn sample(table: &Table, schema: &Schema) -> Value {
    if schema.name == "visibility" {
        // Members may be named only with this one.
        return json!("selected");
    }
    if let Some(constant) = &schema.constant {
        return serde_json::to_value(constant).unwrap();
    }
    if let Some(first) = schema.values.first() {
        return json!(first);
    }
    let number = || {
        schema
            .min
            .or_else(|| schema.exclusive_min.map(|min| min + 1.0))
            .unwrap_or(1.0)
    };
    match schema.r#type {
        Some(SchemaType::String) => json!(text(schema)),
        Some(SchemaType::Integer) => json!(number() as i64),
        Some(SchemaType::Number) => match schema.name.as_str() {
            "end_time" => json!(2.5),
            // A value that is allowed for every model and voice.
            _ => json!(number().max(1.0).min(schema.max.unwrap_or(1.0))),
        },
        Some(SchemaType::Boolean) => json!(true),
        Some(SchemaType::Array) => json!([sample(table, schema.items.as_ref().unwrap())]),
        Some(SchemaType::Map) => match &schema.map_values {
            Some(values) => json!({"any": sample(table, values)}),
            None => json!({"any": {"thing": [1]}}),
        },
        _ if schema.reference.as_deref() == Some("video_background") => {
            json!({"type": "color", "value": "#1a2b3c"})
        }
        _ => {
            let object = table.objects(schema)[0];
            let fields = object.fields.iter();
            // Only a batch as a whole has a folder.
            let fields = fields.filter(|field| field.name != "folder_id");
            let fields = fields.filter(|field| !SKIPPED.contains(&field.name.as_str()));
            let members = fields.map(|field| {
                let value = match (&object.tag_value, field.name.as_str()) {
                    (Some(tag), "type" | "engine_type" | "mode") => json!(tag),
                    _ => sample(table, field),
                };
                (field.name.clone(), value)
            });
            Value::Object(members.collect())
        }
    }
}

fn text(schema: &Schema) -> String {
    match schema.name.as_str() {
        name if name.ends_with("url") => "https://a.example/x?y=z&w".to_owned(),
        "checksum_sha256" => "ab".repeat(32),
        "color" => "#1a2b3c".to_owned(),
        "layers" => "mask".to_owned(),
        "input_type" => "text".to_owned(),
        "content_type" => "video/mp4".to_owned(),
        "filename" => "clip.mp4".to_owned(),
        name if name.ends_with("_id") => format!("{name}_1"),
        _ => "a text & more".to_owned(),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn kebab(name: &str) -> String {
    name.replace('_', "-")
}

/// What contradicts another field.
const SKIPPED: [&str; 4] = ["audio_url", "audio_asset_id", "reroute_url", "consent_text"];
