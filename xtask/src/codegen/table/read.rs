use std::fs;

use anyhow::{Context as _, Result, anyhow, ensure};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use super::{FILE, Operation, Schema, Table};
use crate::workspace::Workspace;

const SECTIONS: [&str; 11] = [
    "$schema",
    "about",
    "modules",
    "groups",
    "ids",
    "command_groups",
    "enums",
    "unions",
    "types",
    "operations",
    "not_detailed",
];

impl Table {
    pub(crate) fn read(workspace: &Workspace) -> Result<Self> {
        let path = workspace.root.join(FILE);
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Self::parse(&text)
    }

    /// Parses the table. An error names the operation or the type, and the key.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let mut table: Value =
            serde_json::from_str(text).with_context(|| format!("{FILE} is not JSON"))?;
        let sections = table.as_object().into_iter().flatten();
        for (name, _) in sections {
            ensure!(
                SECTIONS.contains(&name.as_str()),
                "{FILE}: unknown section {name}"
            );
        }
        let types = table["types"].as_object_mut().map(std::mem::take);
        let types = types.ok_or_else(|| anyhow!("{FILE} has no `types`"))?;
        let about = table["about"].take();
        Ok(Self {
            about: one("about", "about", about)?,
            modules: list(&mut table, "modules", "name")?,
            groups: list(&mut table, "groups", "name")?,
            ids: list(&mut table, "ids", "rust")?,
            command_groups: list(&mut table, "command_groups", "name")?,
            enums: list(&mut table, "enums", "rust")?,
            unions: list(&mut table, "unions", "rust")?,
            types: types
                .into_iter()
                .map(|(name, value)| Ok((name.clone(), one("types", &name, value)?)))
                .collect::<Result<_>>()?,
            operations: list(&mut table, "operations", "id")?,
        })
    }

    /// Returns what describes an answer: itself, or the object that it names.
    pub(crate) fn resolved<'a>(&'a self, schema: &'a Schema) -> Result<&'a Schema> {
        match &schema.reference {
            Some(name) => self.object(name),
            None => Ok(schema),
        }
    }

    /// Returns whether an operation reads the record of a job.
    pub(crate) fn reads_job(&self, operation: &Operation) -> Result<bool> {
        let starts = |other: &Operation| other.starts.as_ref().map(|starts| starts.job.clone());
        let is_started = self
            .operations
            .iter()
            .any(|other| starts(other).as_ref() == Some(&operation.id));
        let record = self.resolved(&operation.response)?;
        let is_list = operation.response.envelope.as_deref() == Some("list");
        let is_record = operation.method == "GET" && record.job.is_some() && !is_list;
        Ok(is_started || is_record)
    }

    /// Finds an object that several operations share.
    pub(crate) fn object(&self, name: &str) -> Result<&Schema> {
        self.types
            .get(name)
            .with_context(|| format!("{FILE}: `types` has no {name}"))
    }
}

fn list<T: DeserializeOwned>(table: &mut Value, section: &str, key: &str) -> Result<Vec<T>> {
    let entries = table[section].as_array_mut().map(std::mem::take);
    let entries = entries.ok_or_else(|| anyhow!("{FILE} has no `{section}`"))?;
    entries
        .into_iter()
        .map(|entry| {
            let name = entry[key].as_str().unwrap_or("an entry without a name");
            let name = name.to_owned();
            one(section, &name, entry)
        })
        .collect()
}

/// Reads one entry; the error says where in it the mistake is, with fields by name.
fn one<T: DeserializeOwned>(section: &str, name: &str, value: Value) -> Result<T> {
    serde_path_to_error::deserialize(&value).map_err(|error| {
        let place = place(&value, error.path());
        anyhow!("{FILE}: {section}: {name}{place}: {}", error.inner())
    })
}

/// Writes a path with the names of fields in place of their numbers.
fn place(value: &Value, path: &Path) -> String {
    let mut text = String::new();
    let mut at = value;
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                at = &at[*index];
                match at["name"].as_str() {
                    Some(name) => text.push_str(&format!(".{name}")),
                    None => text.push_str(&format!("[{index}]")),
                }
            }
            Segment::Map { key } => {
                at = &at[key];
                text.push_str(&format!(".{key}"));
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Table;

    fn table() -> Value {
        json!({
            "$schema": "", "about": {"api": "", "base_url": "", "common_errors": [], "snapshot": {},
                "scope_error": {"status": 403, "code": "x"},
                "reading": {}, "list_cursor": {}},
            "modules": [], "groups": [], "ids": [], "command_groups": [], "enums": [], "unions": [], "types": {},
            "not_detailed": [],
            "operations": [{
                "id": "things.list", "rust": "ListThings", "method": "GET", "path": "/v3/things",
                "doc": "lists things.", "path_params": [], "paginated": false,
                "query": [{"name": "limit", "type": "integer", "min": 1, "max": 10}],
                "body": {"encoding": "none"},
                "response": {"envelope": "data", "fields": []},
            }],
        })
    }

    #[test]
    fn table_is_read() {
        let table = Table::parse(&table().to_string()).unwrap();
        assert_eq!(table.operations[0].module(), "things");
    }

    #[test]
    fn mistakes_are_reported_with_operation_field_and_key() {
        let break_at = |pointer: &str, value: Value| {
            let mut table = table();
            let (parent, key) = pointer.rsplit_once('/').unwrap();
            table.pointer_mut(parent).unwrap()[key] = value;
            format!("{:#}", Table::parse(&table.to_string()).unwrap_err())
        };
        for (pointer, value, wanted) in [
            (
                "/operations/0/query/0/maxx",
                json!(3),
                "operations: things.list.query.limit.maxx: unknown field `maxx`",
            ),
            (
                "/operations/0/query/0/type",
                json!("int"),
                "operations: things.list.query.limit.type: unknown variant `int`",
            ),
            (
                "/operations/0/idempotent",
                json!(true),
                "operations: things.list.idempotent: unknown field",
            ),
            ("/types/thing", json!({"fieldz": []}), "types: thing.fieldz"),
            ("/extra", json!([]), "unknown section extra"),
        ] {
            let error = break_at(pointer, value);
            assert!(error.contains(wanted), "{error}");
        }
    }
}
