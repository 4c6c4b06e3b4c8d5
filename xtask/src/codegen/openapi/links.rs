//! Links from a response to the operations that take an id in it.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::{Map, Value, json};

use crate::codegen::table::{Operation, Schema, Table};

/// Returns the links of a response: for each operation of the same module whose path takes ids
/// that this response brings.
pub(super) fn links(table: &Table, operation: &Operation) -> Result<Map<String, Value>> {
    let mut links = Map::new();
    if operation.is_stream() {
        return Ok(links);
    }
    let start = if operation.response.envelope.as_deref() == Some("list") {
        "$response.body#/data/0"
    } else {
        "$response.body#/data"
    };
    let mut ids = BTreeMap::new();
    collect(table, &operation.response, start, &mut ids)?;
    for target in &table.operations {
        if target.module() != operation.module() || target.path_params.is_empty() {
            continue;
        }
        let parameters: Option<Map<String, Value>> = target
            .path_params
            .iter()
            .map(|param| {
                // An id that the request had is no news.
                let is_known = operation.path_params.iter().any(|it| it.rust == param.rust);
                let place = ids.get(param.rust.as_deref()?).filter(|_| !is_known)?;
                Some((param.name.clone(), json!(place)))
            })
            .collect();
        if let Some(parameters) = parameters {
            let link = json!({"operationId": target.id, "parameters": parameters});
            links.insert(target.id.clone(), link);
        }
    }
    Ok(links)
}

/// Collects the places of the ids in an object, by their types; the first of each type counts.
fn collect(
    table: &Table,
    schema: &Schema,
    place: &str,
    ids: &mut BTreeMap<String, String>,
) -> Result<()> {
    let schema = match &schema.reference {
        Some(name) => table.object(name)?,
        None => schema,
    };
    for field in schema.fields.iter().flatten() {
        let place = format!("{place}/{}", field.name);
        match &field.rust {
            Some(rust) if rust.ends_with("Id") => {
                ids.entry(rust.clone()).or_insert(place);
            }
            _ if field.reference.is_none() => collect(table, field, &place, ids)?,
            _ => {}
        }
    }
    Ok(())
}
