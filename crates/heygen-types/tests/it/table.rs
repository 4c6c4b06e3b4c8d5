//! The API as data, and example values built from it alone.

use std::{fs, path::Path};

use serde_json::{Map, Value, json};

/// The machine-readable description of the API.
pub(crate) struct Table {
    root: Value,
}

/// Which fields an example is to have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Extent {
    /// Only those that are always there.
    Minimal,
    /// All that are described.
    Maximal,
}

impl Table {
    pub(crate) fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("api/operations.json");
        let text = fs::read_to_string(path).unwrap();
        Self {
            root: serde_json::from_str(&text).unwrap(),
        }
    }

    pub(crate) fn endpoints(&self) -> &Vec<Value> {
        self.root["operations"].as_array().unwrap()
    }

    pub(crate) fn endpoint(&self, id: &str) -> &Value {
        self.endpoints()
            .iter()
            .find(|endpoint| endpoint["id"] == id)
            .unwrap_or_else(|| panic!("{id} is not in the table"))
    }

    /// Returns the objects that a description can stand for: more than one for a union.
    pub(crate) fn objects<'a>(&'a self, described: &'a Value) -> Vec<&'a Value> {
        let named = |name: &'a Value| &self.root["types"][name.as_str().unwrap()];
        match (&described["ref"], &described["union"]) {
            (Value::Null, Value::Null) => vec![described],
            (Value::Null, union) => union.as_array().unwrap().iter().map(named).collect(),
            (name, _) => vec![named(name)],
        }
    }

    /// Builds one example for each object that a description can stand for.
    pub(crate) fn examples(&self, described: &Value, extent: Extent) -> Vec<Value> {
        self.examples_within(described, extent, DEPTH_MAX)
    }

    fn examples_within(&self, described: &Value, extent: Extent, depth: usize) -> Vec<Value> {
        let objects = self.objects(described);
        objects
            .into_iter()
            .map(|object| Value::Object(self.example(object, extent, depth)))
            .collect()
    }

    fn example(&self, object: &Value, extent: Extent, depth: usize) -> Map<String, Value> {
        fields(object)
            .iter()
            .filter(|field| {
                extent == Extent::Maximal || is_required(field) || tag(object, field).is_some()
            })
            .map(|field| {
                let value = tag(object, field).unwrap_or_else(|| self.value(field, extent, depth));
                (name(field).to_owned(), value)
            })
            .collect()
    }

    /// Builds a value that a field may have.
    fn value(&self, field: &Value, extent: Extent, depth: usize) -> Value {
        let note = field["note"].as_str().unwrap_or_default();
        if !field["const"].is_null() {
            return field["const"].clone();
        }
        if let Some(values) = field["enum"].as_array() {
            // Members may be named only with the last value of their visibility.
            let index = if name(field) == "visibility" {
                values.len() - 1
            } else {
                0
            };
            return values[index].clone();
        }
        match field["type"].as_str() {
            Some("string") if note.contains("64 hex digits") => json!("0f".repeat(32)),
            Some("string") if name(field) == "media_type" => json!("image/png"),
            Some("string") if field["pattern"].is_string() => json!("#1a2b3c"),
            Some("string") if name(field).ends_with("url") => json!("https://example.com/a?b=c"),
            Some("string") => json!("text"),
            Some("integer") => json!(field["min"].as_i64().unwrap_or_default() + 2),
            Some("number") if name(field) == "end_time" => json!(7.5),
            Some("number") => json!(field["max"].as_f64().unwrap_or(3.0) / 2.0),
            Some("boolean") => json!(true),
            Some("map") if note.contains("to integer") => json!({"completed": 1}),
            Some("map") if note.contains("URL") => json!({"name": "https://example.com/a?b=c"}),
            Some("map") if field["values"].is_object() => self
                .examples_within(&field["values"], extent, depth)
                .into_iter()
                .enumerate()
                .map(|(index, value)| (format!("name_{index}"), value))
                .collect(),
            Some("map") => json!({"name": "value"}),
            Some("object") => Value::Object(self.example(field, extent, depth)),
            Some("array") => match field["items"]["type"].as_str() {
                Some(_) => json!([self.value(&field["items"], extent, depth)]),
                None if depth == 0 => json!([]),
                None => {
                    let mut items = self.examples_within(&field["items"], extent, depth - 1);
                    let max = field["max_items"].as_u64();
                    items.truncate(max.map_or(usize::MAX, |max| max.try_into().unwrap()));
                    Value::Array(items)
                }
            },
            None => json!(self.examples_within(field, extent, depth)[0]),
            Some(other) => panic!("no example is known for a field of type {other}"),
        }
    }
}

/// Objects may hold objects of their own kind.
const DEPTH_MAX: usize = 3;

/// The fields that tell the objects of unions apart.
const TAGS: [&str; 3] = ["type", "engine_type", "mode"];

/// Returns the tag of a value.
pub(crate) fn tag_of(value: &Value) -> Option<&Value> {
    TAGS.iter().find_map(|tag| value.get(tag))
}

/// Returns the value of a field if it is the one that tells the objects of a union apart.
fn tag(object: &Value, field: &Value) -> Option<Value> {
    if !TAGS.contains(&name(field)) {
        return None;
    }
    match (&object["tag_value"], object["tag_values"].as_array()) {
        (Value::String(tag), _) => Some(json!(tag)),
        (_, Some(tags)) => Some(
            tags.first()
                .cloned()
                .unwrap_or_else(|| json!("something_new")),
        ),
        _ => None,
    }
}

/// Returns the described fields of an object.
pub(crate) fn fields(object: &Value) -> &[Value] {
    object["fields"].as_array().map_or(&[], Vec::as_slice)
}

pub(crate) fn name(field: &Value) -> &str {
    field["name"].as_str().unwrap_or_default()
}

pub(crate) fn is_required(field: &Value) -> bool {
    field["required"] == true
}
