use std::collections::BTreeMap;

use heygen_types::{
    Json,
    table::{OperationEntry, Schema, SchemaType},
};

use crate::api::describe;

/// Writes schemas of the table as JSON Schema.
pub(super) struct Writer {
    operation: &'static OperationEntry,
    /// The shared objects that were met.
    shared: BTreeMap<String, Json>,
}

impl Writer {
    pub(super) fn new(operation: &'static OperationEntry) -> Self {
        Self {
            operation,
            shared: BTreeMap::new(),
        }
    }

    /// Makes a document of a schema and the shared objects in it.
    pub(super) fn document(self, what: &str, schema: Json) -> Json {
        let Json::Object(mut members) = schema else {
            return schema;
        };
        members.insert("$schema".to_owned(), text(DIALECT));
        let title = format!("{}: {what}", self.operation.id);
        members.insert("title".to_owned(), Json::String(title));
        if !self.shared.is_empty() {
            members.insert("$defs".to_owned(), Json::Object(self.shared));
        }
        Json::Object(members)
    }

    pub(super) fn schema(&mut self, schema: &Schema) -> Json {
        let mut members = if let Some(name) = schema.reference {
            BTreeMap::from([("$ref".to_owned(), self.shared(name))])
        } else if schema.union.is_empty() {
            self.plain(schema)
        } else {
            let objects = schema.union.iter().map(|name| {
                let reference = self.shared(name);
                object([("$ref", reference)])
            });
            BTreeMap::from([("anyOf".to_owned(), Json::Array(objects.collect()))])
        };
        if schema.nullable {
            members = nullable(members);
        }
        if let Some(said) = describe::text(schema).or_else(|| schema.note.map(str::to_owned)) {
            members.insert("description".to_owned(), text(&said));
        }
        if schema.deprecated {
            members.insert("deprecated".to_owned(), Json::Bool(true));
        }
        if let Some(default) = schema.default {
            members.insert("default".to_owned(), default.into());
        }
        Json::Object(members)
    }

    /// Describes a shared object once, and refers to it.
    fn shared(&mut self, object: &Schema) -> Json {
        let key = object.name.replace('.', "_");
        if !self.shared.contains_key(&key) {
            // An object may refer to itself.
            self.shared.insert(key.clone(), Json::Null);
            let schema = self.schema(object);
            self.shared.insert(key.clone(), schema);
        }
        Json::String(format!("#/$defs/{key}"))
    }

    fn plain(&mut self, schema: &Schema) -> BTreeMap<String, Json> {
        let mut members = BTreeMap::new();
        let mut set = |name: &str, value: Json| {
            members.insert(name.to_owned(), value);
        };
        let kind = match schema.r#type {
            Some(SchemaType::String) => "string",
            Some(SchemaType::Integer) => "integer",
            Some(SchemaType::Number) => "number",
            Some(SchemaType::Boolean) => "boolean",
            Some(SchemaType::Array) => "array",
            _ => "object",
        };
        set("type", text(kind));
        if let Some(constant) = schema.constant {
            set("const", text(constant));
        }
        if !schema.values.is_empty() {
            let values = schema.values.iter().map(|value| text(value));
            set("enum", Json::Array(values.collect()));
        }
        if let Some(pattern) = schema.pattern {
            set("pattern", text(pattern));
        }
        for (name, limit) in [
            ("minLength", schema.min_length),
            ("maxLength", schema.max_length),
            ("minItems", schema.min_items),
            ("maxItems", schema.max_items),
        ] {
            if let Some(limit) = limit {
                set(name, Json::Unsigned(limit as u64));
            }
        }
        for (name, limit) in [
            ("minimum", schema.min),
            ("exclusiveMinimum", schema.exclusive_min),
            ("maximum", schema.max),
        ] {
            if let Some(limit) = limit {
                set(name, number(limit));
            }
        }
        if let Some(items) = schema.items {
            let items = self.schema(items);
            members.insert("items".to_owned(), items);
        }
        if kind == "object" {
            self.object(schema, &mut members);
        }
        members
    }

    fn object(&mut self, schema: &Schema, members: &mut BTreeMap<String, Json>) {
        let mut properties = BTreeMap::new();
        for field in schema.fields {
            let mut described = self.schema(field);
            // The tag of an object of a union has one value.
            if let (Json::Object(described), Some(tag)) = (&mut described, schema.tag_value)
                && matches!(field.name, "type" | "engine_type" | "mode")
            {
                described.insert("const".to_owned(), text(tag));
            }
            properties.insert(field.name.to_owned(), described);
        }
        if !properties.is_empty() {
            members.insert("properties".to_owned(), Json::Object(properties));
        }
        let required = schema.fields.iter().filter(|field| field.required);
        let required: Vec<Json> = required.map(|field| text(field.name)).collect();
        if !required.is_empty() {
            members.insert("required".to_owned(), Json::Array(required));
        }
        if let Some(values) = schema.map_values {
            let values = self.schema(values);
            members.insert("additionalProperties".to_owned(), values);
        } else if schema.strict {
            members.insert("additionalProperties".to_owned(), Json::Bool(false));
        }
    }
}

/// Allows null besides what is described.
fn nullable(mut members: BTreeMap<String, Json>) -> BTreeMap<String, Json> {
    if let Some(Json::String(kind)) = members.get("type") {
        let kinds = Json::Array(vec![text(kind), text("null")]);
        members.insert("type".to_owned(), kinds);
        if let Some(Json::Array(values)) = members.get_mut("enum") {
            values.push(Json::Null);
        }
        return members;
    }
    let null = object([("type", text("null"))]);
    BTreeMap::from([(
        "anyOf".to_owned(),
        Json::Array(vec![Json::Object(members), null]),
    )])
}

/// A whole number is written as one.
fn number(number: f64) -> Json {
    let text = number.to_string();
    serde_json::from_str(&text).unwrap_or(Json::Float(number))
}

pub(super) fn object<'a>(members: impl IntoIterator<Item = (&'a str, Json)>) -> Json {
    let members = members.into_iter();
    Json::Object(
        members
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

pub(super) fn text(text: &str) -> Json {
    Json::String(text.to_owned())
}

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
