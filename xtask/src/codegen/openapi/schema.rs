use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};

use super::{
    super::{
        rust::pascal_case,
        table::{Kind, Operation, Schema, Union},
        types::Catalog,
    },
    plain,
};

/// Writes schemas, and collects the named ones as components.
pub(super) struct Schemas<'a> {
    catalog: &'a Catalog<'a>,
    components: BTreeMap<String, Value>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(catalog: &'a Catalog<'a>) -> Self {
        Self {
            catalog,
            components: BTreeMap::new(),
        }
    }

    /// Returns the components, with the body of an error.
    pub(super) fn finish(mut self) -> Result<Value> {
        let error = self.named("api_error")?;
        self.components.insert(
            "ErrorBody".to_owned(),
            json!({
                "type": "object",
                "required": ["error"],
                "properties": {"error": error},
            }),
        );
        Ok(json!(self.components))
    }

    /// Refers to the body of an operation that is the operation itself.
    pub(super) fn body(&mut self, operation: &Operation) -> Result<Value> {
        if let Some(union) = self.catalog.union(&operation.rust) {
            return self.union(union, &operation.body);
        }
        self.component(
            &operation.rust,
            self.catalog.body(operation),
            &operation.doc,
        )
    }

    /// Returns the schema of a value.
    pub(super) fn schema(&mut self, schema: &Schema) -> Result<Value> {
        let mut described = self.shape(schema)?;
        if schema.nullable {
            described = nullable(described);
        }
        let mut text = schema.doc.as_deref().map(plain).unwrap_or_default();
        if let Some(note) = schema.note.as_ref().filter(|_| !schema.name.is_empty()) {
            let gap = if text.is_empty() { "" } else { " " };
            text.push_str(&format!("{gap}Note: {note}."));
        }
        let is_named = described.get("$ref").is_some() && schema.name.is_empty();
        let members = described.as_object_mut().context("a schema is an object")?;
        if !text.is_empty() && !is_named {
            members.insert("description".to_owned(), json!(text));
        }
        if schema.deprecated {
            members.insert("deprecated".to_owned(), json!(true));
        }
        if !schema.default.is_null() {
            members.insert("default".to_owned(), schema.default.clone());
        }
        Ok(described)
    }

    fn shape(&mut self, schema: &Schema) -> Result<Value> {
        if let Some(name) = &schema.reference {
            return self.named(name);
        }
        if !schema.union.is_empty() {
            let rust = schema.rust.as_deref().unwrap_or_default();
            return match self.catalog.union(rust) {
                Some(union) => self.union(union, schema),
                None => self.one_of(schema),
            };
        }
        let mut members = Map::new();
        let mut set = |name: &str, value: Value| {
            if !value.is_null() {
                members.insert(name.to_owned(), value);
            }
        };
        match schema.r#type {
            Some(Kind::String) => {
                set("type", json!("string"));
                set("minLength", json!(schema.min_length));
                set("maxLength", json!(schema.max_length));
                set("pattern", json!(schema.pattern));
                set("format", format(schema));
                if !schema.r#enum.is_empty() {
                    set("enum", json!(schema.r#enum));
                }
                set("const", schema.constant.clone());
            }
            Some(kind @ (Kind::Integer | Kind::Number)) => {
                let is_whole = kind == Kind::Integer;
                set("type", json!(if is_whole { "integer" } else { "number" }));
                set("minimum", number(schema.min));
                set("exclusiveMinimum", number(schema.exclusive_min));
                set("maximum", number(schema.max));
            }
            Some(Kind::Boolean) => set("type", json!("boolean")),
            Some(Kind::Array) => {
                set("type", json!("array"));
                set("minItems", json!(schema.min_items));
                set("maxItems", json!(schema.max_items));
                let items = schema.items.as_deref();
                set(
                    "items",
                    items.map_or_else(|| Ok(json!({})), |items| self.schema(items))?,
                );
            }
            Some(Kind::Map) => {
                set("type", json!("object"));
                let values = schema.values.as_deref();
                let values = values.map_or_else(|| Ok(json!(true)), |it| self.schema(it))?;
                set("additionalProperties", values);
            }
            Some(Kind::Object) | None => return self.inline(schema),
        }
        Ok(Value::Object(members))
    }

    /// Refers to an object that is defined here, or writes it in place.
    fn inline(&mut self, schema: &Schema) -> Result<Value> {
        match (&schema.rust, schema.definition()) {
            (Some(rust), Some(doc)) => self.component(rust, schema, doc),
            _ => self.object(schema, None),
        }
    }

    /// Refers to an object of `types`.
    fn named(&mut self, name: &str) -> Result<Value> {
        let object = self.catalog.table.object(name)?;
        let title = self.title(name, object);
        let doc = object.doc.as_deref().unwrap_or_default();
        let tag = self.catalog.union_tag(name);
        self.component_with_tag(&title, object, doc, Some(tag))
    }

    /// Returns the name of a component: that of the Rust type, where it stands for one object.
    fn title(&self, name: &str, object: &Schema) -> String {
        let types = self.catalog.table.types.values();
        let same = types.filter(|other| other.rust.is_some() && other.rust == object.rust);
        match &object.rust {
            Some(rust) if same.count() == 1 => rust.clone(),
            _ => pascal_case(name),
        }
    }

    fn component(&mut self, title: &str, schema: &Schema, doc: &str) -> Result<Value> {
        self.component_with_tag(title, schema, doc, None)
    }

    fn component_with_tag(
        &mut self,
        title: &str,
        schema: &Schema,
        doc: &str,
        tag: Option<&str>,
    ) -> Result<Value> {
        if !self.components.contains_key(title) {
            // An object may hold itself.
            self.components.insert(title.to_owned(), Value::Null);
            let mut object = self.object(schema, tag)?;
            if !doc.is_empty() {
                object["description"] = json!(plain(doc));
            }
            self.components.insert(title.to_owned(), object);
        }
        Ok(reference(title))
    }

    fn object(&mut self, schema: &Schema, tag: Option<&str>) -> Result<Value> {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in schema.fields.iter().flatten() {
            let mut described = self.schema(field)?;
            if Some(field.name.as_str()) == tag {
                if let Some(value) = &schema.tag_value {
                    described["const"] = json!(value);
                } else if !schema.tag_values.is_empty() {
                    described["enum"] = json!(schema.tag_values);
                }
            }
            if field.required {
                required.push(field.name.as_str());
            }
            properties.insert(field.name.clone(), described);
        }
        let mut object = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            object["required"] = json!(required);
        }
        if schema.strict {
            object["additionalProperties"] = json!(false);
        }
        if let Some(min) = schema.min_properties {
            object["minProperties"] = json!(min);
        }
        Ok(object)
    }

    /// Refers to a union with a Rust type.
    fn union(&mut self, union: &Union, schema: &Schema) -> Result<Value> {
        if !self.components.contains_key(&union.rust) {
            self.components.insert(union.rust.clone(), Value::Null);
            let mut described = self.one_of(schema)?;
            if !union.doc.is_empty() {
                described["description"] = json!(plain(&union.doc));
            }
            self.components.insert(union.rust.clone(), described);
        }
        Ok(reference(&union.rust))
    }

    /// Lists the objects of a union, told apart by their tag.
    fn one_of(&mut self, schema: &Schema) -> Result<Value> {
        let mut objects = Vec::new();
        let mut mapping = Map::new();
        let mut is_open = false;
        for name in &schema.union {
            let object = self.catalog.table.object(name)?;
            let named = self.named(name)?;
            for value in object.tag_value.iter().chain(&object.tag_values) {
                mapping.insert(value.clone(), named["$ref"].clone());
            }
            // An object for every other value of the tag.
            is_open |= object.tag_value.is_none() && object.tag_values.is_empty();
            objects.push(named);
        }
        if is_open {
            // Such an object also fits the others: the first that fits is meant.
            return Ok(json!({"anyOf": objects}));
        }
        let tag = schema.tag.as_deref().unwrap_or("type");
        Ok(json!({
            "oneOf": objects,
            "discriminator": {"propertyName": tag, "mapping": mapping},
        }))
    }
}

fn reference(title: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{title}")})
}

/// Returns the format of a text: that of the table, or what follows from its type.
fn format(schema: &Schema) -> Value {
    match schema.rust.as_deref() {
        Some("Url" | "PresignedUrl") if schema.format.is_null() => json!("uri"),
        _ => schema.format.clone(),
    }
}

/// Writes a whole number without a fraction.
fn number(value: Option<f64>) -> Value {
    match value {
        Some(value) if value.fract() == 0.0 => json!(value as i64),
        Some(value) => json!(value),
        None => Value::Null,
    }
}

/// Lets a value also be `null`.
fn nullable(mut schema: Value) -> Value {
    let Some(name) = schema["type"].as_str() else {
        return json!({"anyOf": [schema, {"type": "null"}]});
    };
    schema["type"] = json!([name, "null"]);
    if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        values.push(Value::Null);
    }
    schema
}
