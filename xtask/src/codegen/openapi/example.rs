//! Examples of requests and responses, made up from the table.

use anyhow::Result;
use serde_json::{Map, Value, json};

use crate::codegen::table::{Kind, Operation, Schema, Table};

/// Makes up an example of a value.
pub(super) struct Examples<'a> {
    table: &'a Table,
    /// Whether the value is a part of a response, which has more than the required fields.
    is_response: bool,
    /// The shared objects that lead to the value: some objects hold themselves.
    within: Vec<&'a str>,
}

impl<'a> Examples<'a> {
    /// Returns an example of a parameter.
    pub(super) fn parameter(table: &'a Table, param: &'a Schema) -> Result<Value> {
        Self::new(table, false).value(param)
    }

    /// Returns an example of the body of a request, with its required fields and those for which
    /// the table has an example.
    pub(super) fn body(table: &'a Table, operation: &'a Operation) -> Result<Value> {
        Self::new(table, false).value(&operation.body)
    }

    /// Returns an example of the data in a response.
    pub(super) fn data(table: &'a Table, operation: &'a Operation) -> Result<Value> {
        Self::new(table, true).value(&operation.response)
    }

    fn new(table: &'a Table, is_response: bool) -> Self {
        Self {
            table,
            is_response,
            within: Vec::new(),
        }
    }

    fn value(&mut self, schema: &'a Schema) -> Result<Value> {
        if !schema.example.is_null() {
            return Ok(schema.example.clone());
        }
        if let Some(name) = &schema.reference {
            return self.named(name);
        }
        if let Some(name) = variant(&schema.union) {
            let mut object = self.named(name)?;
            let shared = self.table.object(name)?;
            let tag = schema.tag.as_deref().unwrap_or("type");
            let value = shared.tag_value.iter().chain(&shared.tag_values).next();
            if let Some(value) = value {
                object[tag] = json!(value);
            }
            return Ok(object);
        }
        if !schema.constant.is_null() {
            return Ok(schema.constant.clone());
        }
        Ok(match schema.r#type {
            Some(Kind::String) => match schema.r#enum.first() {
                Some(first) => json!(first),
                None => json!(text(schema)),
            },
            Some(Kind::Integer | Kind::Number) => number(schema),
            Some(Kind::Boolean) => json!(schema.default.as_bool().unwrap_or(true)),
            Some(Kind::Array) => self.list(schema)?,
            Some(Kind::Map) => match schema.values.as_deref() {
                Some(values) => json!({"name": self.value(values)?}),
                None => json!({}),
            },
            Some(Kind::Object) | None => self.object(schema)?,
        })
    }

    fn named(&mut self, name: &'a str) -> Result<Value> {
        self.within.push(name);
        let value = self.object(self.table.object(name)?);
        self.within.pop();
        value
    }

    fn object(&mut self, schema: &'a Schema) -> Result<Value> {
        let mut members = Map::new();
        // A request that changes something shows its first fields.
        let shown_at_least = schema.min_properties.unwrap_or_default();
        for field in schema.fields.iter().flatten() {
            let is_shown = field.required
                || (members.len() as u64) < shown_at_least
                || !field.example.is_null()
                || (self.is_response && !field.nullable && !self.is_within(field));
            if is_shown {
                members.insert(field.name.clone(), self.value(field)?);
            }
        }
        Ok(Value::Object(members))
    }

    /// Returns whether a field holds an object that leads to it.
    fn is_within(&self, field: &Schema) -> bool {
        let item = field.items.as_deref().unwrap_or(field);
        let mut names = item.reference.iter().chain(&item.union);
        names.any(|name| self.within.contains(&name.as_str()))
    }

    fn list(&mut self, schema: &'a Schema) -> Result<Value> {
        let Some(items) = schema.items.as_deref() else {
            return Ok(json!([]));
        };
        let count = schema.min_items.unwrap_or(1).max(1);
        let item = if items.r#type == Some(Kind::String) && items.r#enum.is_empty() {
            // The name of the list says more than its items, which have none.
            let text = text_of(items, schema.name.trim_end_matches('s'));
            json!(text)
        } else {
            self.value(items)?
        };
        Ok(json!(vec![item; usize::try_from(count)?]))
    }
}

/// Returns the object of a union that is shown: of a file its URL, which needs no upload.
fn variant(union: &[String]) -> Option<&String> {
    let url = union.iter().find(|name| *name == "asset_ref.url");
    url.or_else(|| union.first())
}

fn text(schema: &Schema) -> String {
    text_of(schema, &schema.name)
}

/// Makes up a text from the type and the name of a field.
fn text_of(schema: &Schema, name: &str) -> String {
    let rust = schema.rust.as_deref().unwrap_or_default();
    let rust = rust.trim_start_matches("Vec<").trim_end_matches('>');
    if let Some(text) = schema.default.as_str().filter(|text| !text.is_empty()) {
        return text.to_owned();
    }
    if let Some(kind) = rust.strip_suffix("Id") {
        return format!("{}_0123", kind.to_ascii_lowercase());
    }
    let text = match (rust, name) {
        ("Url" | "PresignedUrl", _) | (_, "url") => "https://example.com/clip.mp4",
        ("Sha256Digest", _) => "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
        ("MediaType", _) | (_, "media_type" | "mime_type") => "video/mp4",
        (_, "filename") => "clip.mp4",
        (_, "language") => "en",
        (_, name) if name.ends_with("_language") || name.ends_with("_languages") => "German",
        (_, name) if name.ends_with("_url") => "https://example.com/clip.mp4",
        (_, name) if name.ends_with("_at") => "2026-12-01T12:00:00Z",
        (_, name) => return name.replace('_', " "),
    };
    text.to_owned()
}

fn number(schema: &Schema) -> Value {
    if schema.default.is_number() {
        return schema.default.clone();
    }
    let value = match schema.name.as_str() {
        name if name.ends_with("_at") => 1_796_126_400.0,
        _ => schema.max.map_or(1.0, |max| max.min(1.0)),
    };
    let value = value.max(schema.min.unwrap_or(value));
    if value.fract() == 0.0 {
        json!(value as i64)
    } else {
        json!(value)
    }
}
