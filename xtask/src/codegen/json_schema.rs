//! The JSON Schema of every request and answer, as constants of `heygen-types`. They are parts of
//! the OpenAPI document, each with the definitions that it needs.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::{
    openapi, rust,
    table::{Operation, Table},
    types,
};
use crate::generated::Files;

pub(super) fn generate(table: &Table) -> Result<Files> {
    let document = openapi::document(table)?;
    let (mut requests, mut responses) = (String::new(), String::new());
    for operation in &table.operations {
        let schemas = Schemas {
            document: &document,
            operation,
        };
        let context = || format!("cannot write the schemas of {}", operation.id);
        let id = &operation.rust;
        if let Some(text) = schemas.request().with_context(context)? {
            writeln!(requests, "OperationId::{id} => Some({text}),")?;
        }
        let text = schemas.response().with_context(context)?;
        writeln!(responses, "OperationId::{id} => {text},")?;
    }
    let text = format!(
        "{}use crate::OperationId;

/// Returns the schema of the body of a request; `None` where the operation has no JSON body.
#[must_use]
pub const fn request(id: OperationId) -> Option<&'static str> {{
    match id {{
        {requests}
        _ => None,
    }}
}}

/// Returns the schema of a successful answer with its envelope; of a stream, that of the data of
/// one event.
#[must_use]
pub const fn response(id: OperationId) -> &'static str {{
    match id {{
        {responses}
    }}
}}
",
        rust::HEADER
    );
    let file = Path::new(types::FOLDER).join("json_schema.rs");
    Ok(Files::from([(file, rust::format(&text)?)]))
}

/// What the OpenAPI document says of an operation.
struct Schemas<'a> {
    document: &'a Value,
    operation: &'a Operation,
}

impl Schemas<'_> {
    fn entry(&self) -> &Value {
        let method = self.operation.method.to_ascii_lowercase();
        &self.document["paths"][&self.operation.path][method]
    }

    fn request(&self) -> Result<Option<String>> {
        if !self.operation.has_json_body() {
            return Ok(None);
        }
        let schema = &self.entry()["requestBody"]["content"]["application/json"]["schema"];
        self.finish("the body", schema.clone()).map(Some)
    }

    fn response(&self) -> Result<String> {
        if self.operation.is_stream() {
            let events = self.operation.response.rust.as_deref();
            let events = events.context("the union of its events has no name")?;
            return self.finish(
                "an event of the answer",
                json!({"$ref": format!("{COMPONENTS}{events}")}),
            );
        }
        let status = self.operation.response.status.unwrap_or(200).to_string();
        let answer = &self.entry()["responses"][status];
        let schema = &answer["content"]["application/json"]["schema"];
        self.finish("the answer", schema.clone())
    }

    fn definition(&self, name: &str) -> Result<Value> {
        let definition = self.document["components"]["schemas"].get(name);
        definition
            .cloned()
            .with_context(|| format!("the document has no schema {name}"))
    }

    /// Adds the definitions that a schema needs, and writes all as a literal of Rust.
    fn finish(&self, what: &str, mut schema: Value) -> Result<String> {
        ensure!(schema.is_object(), "the document has no schema of {what}");
        if let Some(name) = schema["$ref"].as_str() {
            schema = self.definition(name.trim_start_matches(COMPONENTS))?;
        }
        let mut definitions = BTreeMap::new();
        let mut open = Vec::new();
        collect(&mut schema, &mut open);
        while let Some(name) = open.pop() {
            if definitions.contains_key(&name) {
                continue;
            }
            let mut definition = self.definition(&name)?;
            collect(&mut definition, &mut open);
            definitions.insert(name, definition);
        }
        schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        schema["title"] = json!(format!("{}: {what}", self.operation.id));
        if !definitions.is_empty() {
            schema["$defs"] = json!(definitions);
        }
        let text = schema.to_string();
        ensure!(!text.contains("\"##"), "a text would end the literal");
        Ok(format!("r##\"{text}\"##"))
    }
}

const COMPONENTS: &str = "#/components/schemas/";

/// Turns references into those of a JSON Schema, and collects what they name. Only OpenAPI knows
/// discriminators.
fn collect(value: &mut Value, names: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            members.remove("discriminator");
            for (key, member) in members {
                match member {
                    Value::String(text) if key == "$ref" => {
                        if let Some(name) = text.strip_prefix(COMPONENTS) {
                            names.push(name.to_owned());
                            *text = format!("#/$defs/{name}");
                        }
                    }
                    member => collect(member, names),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| collect(item, names)),
        _ => {}
    }
}
