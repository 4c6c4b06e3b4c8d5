//! The table as constants, for the feature `table`: what programs that handle any operation need.

use std::collections::{BTreeMap, btree_map::Entry};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::super::table::{FILE, Kind, Operation, Schema, Table};

pub(super) fn write(table: &Table) -> Result<String> {
    let mut text = String::from(
        "use crate::{BodyEncoding, Envelope, Method, OperationId, table::{ErrorEntry, FileKind, \
         GroupEntry, Literal, OperationEntry, Schema, SchemaType, StartsEntry}};\n\n/// Every operation of the API, in \
         the order of [`OperationId::ALL`].\npub static OPERATIONS: &[OperationEntry] = &[\n",
    );
    for operation in &table.operations {
        let entry = operation_entry(table, operation)
            .with_context(|| format!("cannot write the constant of {}", operation.id))?;
        text.push_str(&entry);
        text.push_str(",\n");
    }
    text.push_str("];\n");
    text.push_str(
        "\n/// The groups that the ids of the operations make: `lipsyncs`, and `lipsyncs.batches` in \
         it. A group\n/// of one operation may be absent: the text of the operation says enough.\npub static GROUPS: &[GroupEntry] = &[\n",
    );
    for (name, doc) in groups(table)? {
        text.push_str(&format!("GroupEntry {{ name: {name:?}, doc: {doc:?} }},\n"));
    }
    text.push_str("];\n");
    for (name, object) in shared(table)? {
        let object = schema(object, name)
            .with_context(|| format!("cannot write the constant of the type {name}"))?;
        text.push_str(&format!(
            "\nstatic {}: Schema = {object};\n",
            constant(name)
        ));
    }
    Ok(text)
}

/// Returns the groups with their texts. A group of one operation may have none.
fn groups(table: &Table) -> Result<BTreeMap<&str, &str>> {
    let mut groups = BTreeMap::new();
    for operation in &table.operations {
        for (end, _) in operation.id.match_indices('.') {
            let name = &operation.id[..end];
            let of_client = table.groups.iter().map(|group| (&group.name, &group.doc));
            let of_commands = table.command_groups.iter();
            let of_commands = of_commands.map(|group| (&group.name, &group.doc));
            let doc = of_client
                .chain(of_commands)
                .find(|(known, _)| *known == name);
            let is_in = |other: &&Operation| other.id.starts_with(&operation.id[..=end]);
            match doc {
                Some((_, doc)) => {
                    groups.insert(name, doc.as_str());
                }
                None if table.operations.iter().filter(is_in).count() == 1 => {}
                None => bail!("{FILE}: neither `groups` nor `command_groups` has {name}"),
            }
        }
    }
    Ok(groups)
}

/// Returns the objects that operations refer to, and those that these refer to.
fn shared(table: &Table) -> Result<BTreeMap<&str, &Schema>> {
    let mut found = BTreeMap::new();
    let mut open: Vec<&Schema> = Vec::new();
    for operation in &table.operations {
        open.extend([&operation.body, &operation.response]);
        open.extend(&operation.query);
    }
    while let Some(schema) = open.pop() {
        open.extend(schema.inner());
        for name in schema.reference.iter().chain(&schema.union) {
            if let Entry::Vacant(entry) = found.entry(name.as_str()) {
                open.push(entry.insert(table.object(name)?));
            }
        }
    }
    Ok(found)
}

/// The members of a value that differ from the empty one.
struct Members(Vec<String>);

impl Members {
    fn set(&mut self, name: &str, value: impl Into<Option<String>>) {
        if let Some(value) = value.into() {
            self.0.push(format!("{name}: {value}"));
        }
    }

    fn flag(&mut self, name: &str, is_set: bool) {
        self.set(name, is_set.then(|| "true".to_owned()));
    }

    fn text(&mut self, name: &str, text: Option<&str>) {
        self.set(name, text.map(|text| format!("Some({text:?})")));
    }

    fn number(&mut self, name: &str, number: Option<impl std::fmt::Debug>) {
        self.set(name, number.map(|number| format!("Some({number:?})")));
    }

    fn list(&mut self, name: &str, items: impl IntoIterator<Item = String>) {
        let items: Vec<String> = items.into_iter().collect();
        if !items.is_empty() {
            self.set(name, format!("&[{}]", items.join(", ")));
        }
    }

    fn finish(self, name: &str) -> String {
        if self.0.is_empty() {
            return format!("{name}::EMPTY");
        }
        format!("{name} {{ {}, ..{name}::EMPTY }}", self.0.join(", "))
    }
}

fn operation_entry(table: &Table, operation: &Operation) -> Result<String> {
    let mut members = Members(Vec::new());
    members.set("id", format!("OperationId::{}", operation.rust));
    members.set("method", format!("Method::{}", method(&operation.method)?));
    members.set("path", format!("{:?}", operation.path));
    let path_params = operation.path_params.iter();
    members.list(
        "path_params",
        path_params.map(|param| format!("{:?}", param.name)),
    );
    members.list("query", schemas(&operation.query)?);
    members.set(
        "encoding",
        match operation.body.encoding.as_deref() {
            Some("json") => Some("BodyEncoding::Json".to_owned()),
            Some("multipart") => Some("BodyEncoding::Multipart".to_owned()),
            _ => None,
        },
    );
    members.set("body", schema(&operation.body, "")?);
    members.set(
        "envelope",
        match operation.response.envelope.as_deref() {
            Some("list") => Some("Envelope::List".to_owned()),
            Some("stream") => Some("Envelope::Stream".to_owned()),
            _ => None,
        },
    );
    members.set("response", schema(&operation.response, "")?);
    let status = operation.response.status.filter(|status| *status != 200);
    members.set("status", status.map(|status| status.to_string()));
    members.flag("idempotency_key", operation.idempotency_key);
    members.text("body_key", operation.body_key.as_deref());
    let statuses = operation.not_carried_out.iter();
    members.list("not_carried_out", statuses.map(u16::to_string));
    if let Some(starts) = &operation.starts {
        let mut operations = table.operations.iter();
        let job = operations
            .find(|operation| operation.id == starts.job)
            .with_context(|| format!("{FILE}: there is no operation {}", starts.job))?;
        members.set(
            "starts",
            format!(
                "Some(StartsEntry {{ job: OperationId::{}, id: {:?}, resumes: {} }})",
                job.rust, starts.id, starts.resumes
            ),
        );
    }
    members.flag("paginated", operation.paginated);
    members.flag("beta", operation.beta);
    members.text("oauth_scope", operation.oauth_scope.as_deref());
    let errors = operation.errors.iter().map(|error| {
        let (status, code) = (error.status, &error.code);
        format!("ErrorEntry {{ status: {status}, code: {code:?} }}")
    });
    members.list("errors", errors);
    members.list(
        "examples",
        operation.examples.iter().map(|line| format!("{line:?}")),
    );
    members.set("doc", format!("{:?}", operation.doc));
    members.text("note", operation.note.as_deref());
    Ok(members.finish("OperationEntry"))
}

fn method(method: &str) -> Result<&'static str> {
    Ok(match method {
        "GET" => "Get",
        "POST" => "Post",
        "PUT" => "Put",
        "PATCH" => "Patch",
        "DELETE" => "Delete",
        _ => bail!("{FILE}: unknown method {method}"),
    })
}

fn schemas(schemas: &[Schema]) -> Result<Vec<String>> {
    let schemas = schemas.iter();
    schemas
        .map(|schema| self::schema(schema, &schema.name))
        .collect()
}

fn schema(schema: &Schema, name: &str) -> Result<String> {
    let mut members = Members(Vec::new());
    members.set("name", (!name.is_empty()).then(|| format!("{name:?}")));
    let kind = schema.r#type.map(|kind| match kind {
        Kind::String => "String",
        Kind::Integer => "Integer",
        Kind::Number => "Number",
        Kind::Boolean => "Boolean",
        Kind::Array => "Array",
        Kind::Object => "Object",
        Kind::Map => "Map",
    });
    members.set(
        "r#type",
        kind.map(|kind| format!("Some(SchemaType::{kind})")),
    );
    members.flag("required", schema.required);
    members.flag("nullable", schema.nullable);
    members.text("doc", schema.doc.as_deref());
    members.text("note", schema.note.as_deref());
    members.set(
        "default",
        literal(&schema.default).map(|it| format!("Some({it})")),
    );
    members.text("cli_default", text(&schema.cli_default, "cli_default")?);
    members.list(
        "values",
        schema.r#enum.iter().map(|value| format!("{value:?}")),
    );
    members.text("constant", text(&schema.constant, "const")?);
    members.number("min_length", schema.min_length);
    members.number("max_length", schema.max_length);
    members.text("pattern", schema.pattern.as_deref());
    members.number("min", schema.min);
    members.number("exclusive_min", schema.exclusive_min);
    members.number("max", schema.max);
    members.number("min_items", schema.min_items);
    members.number("max_items", schema.max_items);
    members.list(
        "takes",
        schema
            .takes
            .iter()
            .map(|kind| format!("FileKind::{kind:?}")),
    );
    for (name, inner) in [("items", &schema.items), ("map_values", &schema.values)] {
        if let Some(inner) = inner {
            members.set(name, format!("Some(&{})", self::schema(inner, "")?));
        }
    }
    members.list(
        "fields",
        schemas(schema.fields.as_deref().unwrap_or_default())?,
    );
    members.flag("strict", schema.strict);
    let reference = schema.reference.as_deref().map(constant);
    members.set("reference", reference.map(|name| format!("Some(&{name})")));
    members.list(
        "union",
        schema
            .union
            .iter()
            .map(|name| format!("&{}", constant(name))),
    );
    members.text("tag", schema.tag.as_deref());
    members.text("tag_value", schema.tag_value.as_deref());
    members.list(
        "tag_values",
        schema.tag_values.iter().map(|value| format!("{value:?}")),
    );
    Ok(members.finish("Schema"))
}

/// Writes a default, unless it is a list or an object, which no program here looks at.
fn literal(value: &Value) -> Option<String> {
    Some(match value {
        Value::Bool(flag) => format!("Literal::Bool({flag})"),
        Value::String(text) => format!("Literal::String({text:?})"),
        Value::Number(number) => match number.as_u64() {
            Some(number) => format!("Literal::Integer({number})"),
            None => format!("Literal::Number({:?})", number.as_f64()?),
        },
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    })
}

fn text<'a>(value: &'a Value, key: &str) -> Result<Option<&'a str>> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        other => bail!("{FILE}: `{key}` has to be a text, and is {other}"),
    }
}

/// Returns the name of the constant of an object that several operations share.
fn constant(name: &str) -> String {
    name.replace(['.', '-'], "_").to_ascii_uppercase()
}
