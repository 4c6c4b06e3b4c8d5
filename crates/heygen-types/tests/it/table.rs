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
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api/endpoints.json");
        let text = fs::read_to_string(path).unwrap();
        Self {
            root: serde_json::from_str(&text).unwrap(),
        }
    }

    pub(crate) fn endpoints(&self) -> &Vec<Value> {
        self.root["endpoints"].as_array().unwrap()
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
        let objects = self.objects(described);
        objects
            .into_iter()
            .map(|object| Value::Object(self.example(object, extent)))
            .collect()
    }

    fn example(&self, object: &Value, extent: Extent) -> Map<String, Value> {
        let tag = &object["tag_value"];
        fields(object)
            .iter()
            .filter(|field| extent == Extent::Maximal || is_required(field))
            .map(|field| match (name(field), tag) {
                ("type", Value::String(tag)) => ("type".to_owned(), json!(tag)),
                (name, _) => (name.to_owned(), self.value(field, extent)),
            })
            .collect()
    }

    /// Builds a value that a field may have.
    fn value(&self, field: &Value, extent: Extent) -> Value {
        let note = field["note"].as_str().unwrap_or_default();
        if !field["const"].is_null() {
            return field["const"].clone();
        }
        if let Some(values) = field["enum"].as_array() {
            return values[0].clone();
        }
        match field["type"].as_str() {
            Some("string") if note.contains("64 hex digits") => json!("0f".repeat(32)),
            Some("string") if name(field).ends_with("url") => json!("https://example.com/a?b=c"),
            Some("string") => json!("text"),
            Some("integer") => json!(field["min"].as_i64().unwrap_or_default() + 1),
            Some("boolean") => json!(true),
            Some("map") if note.contains("to integer") => json!({"completed": 1}),
            Some("map") => json!({"name": "value"}),
            Some("object") => Value::Object(self.example(field, extent)),
            Some("array") => match field["items"]["type"].as_str() {
                Some(_) => json!([self.value(&field["items"], extent)]),
                None => Value::Array(self.examples(&field["items"], extent)),
            },
            None => json!(self.examples(field, extent)[0]),
            Some(other) => panic!("no example is known for a field of type {other}"),
        }
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

/// Returns the names of fields, sorted.
pub(crate) fn names<'a>(fields: impl IntoIterator<Item = &'a Value>) -> Vec<&'a str> {
    let mut names: Vec<&str> = fields.into_iter().map(name).collect();
    names.sort_unstable();
    names
}
