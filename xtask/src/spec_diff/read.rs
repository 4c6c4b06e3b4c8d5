//! Reads an OpenAPI document, 3.0 or 3.1, into facts that can be compared.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};

use super::compare::{CODES, Node};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The keys of a schema that are compared as they are.
const LIMITS: [&str; 14] = [
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "multipleOf",
    "default",
    "deprecated",
];

pub(super) fn read(document: &Value) -> Result<Node> {
    let version = document["openapi"].as_str().unwrap_or_default();
    ensure!(
        version.starts_with("3."),
        "the document is no OpenAPI 3 document"
    );
    let reader = Reader { document };
    let mut root = Node::default();
    let paths = document["paths"].as_object();
    for (path, item) in paths.context("the document has no paths")? {
        for method in METHODS {
            let operation = &item[method];
            if operation.is_object() {
                let name = format!("{} {path}", method.to_ascii_uppercase());
                let node = reader
                    .operation(item, operation)
                    .with_context(|| format!("cannot read {name}"))?;
                root.children.insert(name, node);
            }
        }
    }
    Ok(root)
}

struct Reader<'a> {
    document: &'a Value,
}

impl<'a> Reader<'a> {
    fn operation(&self, item: &'a Value, operation: &'a Value) -> Result<Node> {
        let mut node = Node::default();
        for parameters in [&item["parameters"], &operation["parameters"]] {
            for parameter in parameters.as_array().into_iter().flatten() {
                let parameter = self.resolve(parameter)?;
                let place = parameter["in"].as_str().unwrap_or_default();
                let name = parameter["name"].as_str().unwrap_or_default();
                let mut inner = self.schema(&parameter["schema"])?;
                inner
                    .facts
                    .insert("required", (parameter["required"] == true).to_string());
                node.children.insert(format!("{place} {name}"), inner);
            }
        }
        let body = self.resolve(&operation["requestBody"])?;
        if let Some(inner) = self.content(&body["content"])? {
            node.children.insert("body".to_owned(), inner);
        }
        let responses = operation["responses"].as_object();
        for (status, response) in responses.into_iter().flatten() {
            let response = self.resolve(response)?;
            let inner = if status.starts_with('2') {
                self.content(&response["content"])?.unwrap_or_default()
            } else {
                // The body of a failure is the same everywhere but for its code.
                failure(response)
            };
            node.children.insert(format!("response {status}"), inner);
        }
        Ok(node)
    }

    /// Reads what a body holds, in the first of its media types.
    fn content(&self, content: &'a Value) -> Result<Option<Node>> {
        let Some((media_type, content)) = content.as_object().and_then(|it| it.iter().next())
        else {
            return Ok(None);
        };
        let mut node = self.schema(&content["schema"])?;
        let media_type = media_type.split(';').next().unwrap_or_default();
        node.facts.insert("media type", media_type.to_owned());
        Ok(Some(node))
    }

    fn schema(&self, schema: &'a Value) -> Result<Node> {
        let mut node = Node::default();
        self.add(schema, &mut node, &mut Vec::new())?;
        Ok(node)
    }

    /// Adds what a schema says. `within` are the references that lead here: some objects hold
    /// themselves.
    fn add(&self, schema: &'a Value, node: &mut Node, within: &mut Vec<&'a str>) -> Result<()> {
        let depth = within.len();
        let mut schema = schema;
        while let Some(reference) = schema["$ref"].as_str() {
            if within.contains(&reference) {
                within.truncate(depth);
                return Ok(());
            }
            within.push(reference);
            schema = self.find(reference)?;
        }
        self.add_resolved(schema, node, within)?;
        within.truncate(depth);
        Ok(())
    }

    fn add_resolved(
        &self,
        schema: &'a Value,
        node: &mut Node,
        within: &mut Vec<&'a str>,
    ) -> Result<()> {
        for part in list(&schema["allOf"]) {
            self.add(part, node, within)?;
        }
        let mut variants: Vec<&Value> = list(&schema["oneOf"]).collect();
        variants.extend(list(&schema["anyOf"]));
        let all = variants.len();
        variants.retain(|variant| variant["type"] != "null");
        let types: Vec<&str> = match &schema["type"] {
            Value::String(one) => vec![one],
            several => list(several).filter_map(Value::as_str).collect(),
        };
        let is_nullable =
            schema["nullable"] == true || types.contains(&"null") || variants.len() < all;
        if is_nullable {
            node.facts.insert("nullable", "true".to_owned());
        }
        let types: Vec<&str> = types.into_iter().filter(|name| *name != "null").collect();
        if !types.is_empty() {
            node.facts.insert("type", types.join(" | "));
        }
        self.add_limits(schema, node);
        match variants.as_slice() {
            [] => {}
            [one] => self.add(one, node, within)?,
            several => {
                for (index, variant) in several.iter().enumerate() {
                    let mut inner = Node::default();
                    self.add(variant, &mut inner, within)?;
                    let name = tag(schema, &inner).unwrap_or_else(|| format!("<{index}>"));
                    node.children.insert(name, inner);
                }
            }
        }
        self.add_members(schema, node, within)
    }

    fn add_limits(&self, schema: &Value, node: &mut Node) {
        for key in LIMITS {
            // In 3.0 an exclusive limit is a mark on the limit itself.
            let is_mark = key.starts_with("exclusive") && schema[key].is_boolean();
            let exclusive = match key {
                "minimum" => "exclusiveMinimum",
                "maximum" => "exclusiveMaximum",
                _ => key,
            };
            let (key, value) = match (is_mark, schema[exclusive] == true) {
                (true, _) => continue,
                (_, true) => (exclusive, &schema[key]),
                _ => (key, &schema[key]),
            };
            // `false` is what the absence of a mark means.
            let is_unset = value.is_null() || (key == "deprecated" && *value == false);
            if !is_unset {
                node.facts.insert(key, plain(value));
            }
        }
        let mut values: Vec<String> = list(&schema["enum"])
            .chain((!schema["const"].is_null()).then_some(&schema["const"]))
            .filter(|value| !value.is_null())
            .map(plain)
            .collect();
        if !values.is_empty() {
            values.sort_unstable();
            node.facts.insert("enum", values.join(" | "));
        }
    }

    fn add_members(
        &self,
        schema: &'a Value,
        node: &mut Node,
        within: &mut Vec<&'a str>,
    ) -> Result<()> {
        let required: Vec<&str> = list(&schema["required"])
            .filter_map(Value::as_str)
            .collect();
        let properties = schema["properties"].as_object();
        for (name, property) in properties.into_iter().flatten() {
            let mut inner = Node::default();
            self.add(property, &mut inner, within)?;
            let is_required = required.contains(&name.as_str());
            inner.facts.insert("required", is_required.to_string());
            node.children.insert(name.clone(), inner);
        }
        if schema["additionalProperties"] == false {
            node.facts.insert("unknown fields", "refused".to_owned());
        } else if schema["additionalProperties"].is_object() {
            let mut inner = Node::default();
            self.add(&schema["additionalProperties"], &mut inner, within)?;
            node.children.insert("*".to_owned(), inner);
        }
        if schema["contentSchema"].is_object() {
            let mut inner = Node::default();
            self.add(&schema["contentSchema"], &mut inner, within)?;
            node.children.insert("<content>".to_owned(), inner);
        }
        if schema["items"].is_object() {
            let mut inner = Node::default();
            self.add(&schema["items"], &mut inner, within)?;
            node.children.insert("[]".to_owned(), inner);
        }
        Ok(())
    }

    fn resolve(&self, mut value: &'a Value) -> Result<&'a Value> {
        for _ in 0..REFERENCES_MAX {
            let Some(reference) = value["$ref"].as_str() else {
                return Ok(value);
            };
            value = self.find(reference)?;
        }
        bail!("a reference of the document leads to itself")
    }

    fn find(&self, reference: &str) -> Result<&'a Value> {
        reference
            .strip_prefix('#')
            .and_then(|pointer| self.document.pointer(pointer))
            .with_context(|| format!("the document has no {reference}"))
    }
}

/// How many references may lead from one to the next.
const REFERENCES_MAX: usize = 32;

/// Reads the codes of a failure: those that the document lists, or those of its examples.
fn failure(response: &Value) -> Node {
    let listed = list(&response["x-codes"]).filter_map(Value::as_str);
    let contents = response["content"].as_object().into_iter().flatten();
    let examples = contents.flat_map(|(_, content)| {
        let named = content["examples"].as_object().into_iter().flatten();
        named
            .map(|(_, example)| &example["value"])
            .chain([&content["example"]])
    });
    let shown = examples.filter_map(|example| example["error"]["code"].as_str());
    let codes: BTreeSet<&str> = listed.chain(shown).collect();
    let mut node = Node::default();
    if !codes.is_empty() {
        let codes: Vec<&str> = codes.into_iter().collect();
        node.facts.insert(CODES, codes.join(" | "));
    }
    node
}

/// Names an object of a union by its tag: the field that the union names, or one with a single
/// value.
fn tag(union: &Value, variant: &Node) -> Option<String> {
    let named = union["discriminator"]["propertyName"].as_str();
    let mut fields = variant.children.iter();
    let (name, field) = fields.find(|(name, field)| match named {
        Some(named) => *name == named,
        None => {
            ["type", "mode", "engine_type"].contains(&name.as_str())
                && field.facts.contains_key("enum")
        }
    })?;
    Some(format!("<{name}={}>", field.facts.get("enum")?))
}

/// Writes a value in one form: a number with and without a fraction is the same.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_f64() {
            Some(number) => json!(number).to_string().trim_end_matches(".0").to_owned(),
            None => number.to_string(),
        },
        other => other.to_string(),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
