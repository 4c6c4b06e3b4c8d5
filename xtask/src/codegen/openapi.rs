//! The API as an OpenAPI 3.1 document: `docs/openapi.json`.

mod example;
mod links;
mod schema;

use std::{collections::BTreeMap, path::PathBuf};

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};

use self::{example::Examples, links::links, schema::Schemas};
use super::{
    rust::pascal_case,
    table::{Failure, Operation, Schema, Table},
    types::Catalog,
};
use crate::generated::Files;

const FILE: &str = "docs/openapi.json";

pub(super) fn generate(table: &Table) -> Result<Files> {
    let text = serde_json::to_string_pretty(&document(table)?)?;
    Ok(Files::from([(PathBuf::from(FILE), format!("{text}\n"))]))
}

/// Returns the document.
pub(crate) fn document(table: &Table) -> Result<Value> {
    let catalog = Catalog::new(table)?;
    let mut schemas = Schemas::new(&catalog);
    let mut paths = Map::new();
    for operation in &table.operations {
        let entry = entry(table, &mut schemas, operation)
            .with_context(|| format!("cannot describe {}", operation.id))?;
        paths
            .entry(operation.path.clone())
            .or_insert_with(|| json!({}))[operation.method.to_ascii_lowercase()] = entry;
    }
    let tags: Vec<Value> = table
        .modules
        .iter()
        .filter(|module| table.operations.iter().any(|it| it.module() == module.name))
        .map(|module| {
            let text = module.doc.split(": the `").next().unwrap_or_default();
            json!({"name": module.name, "description": format!("{}.", text.trim_end_matches('.'))})
        })
        .collect();
    Ok(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "HeyGen API v3",
            "version": "3.0.0",
            "description": "The HeyGen v3 API as heygen-sdk knows it, generated from its table of \
                operations. HeyGen does not publish this document.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": table.about.base_url}],
        "security": security(None),
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas.finish()?,
            "parameters": {"IdempotencyKey": idempotency_key()},
            "securitySchemes": security_schemes(table),
        },
    }))
}

fn entry(table: &Table, schemas: &mut Schemas<'_>, operation: &Operation) -> Result<Value> {
    let mut entry = Map::new();
    entry.insert("operationId".to_owned(), json!(operation.id));
    entry.insert("tags".to_owned(), json!([operation.module()]));
    let summary = operation.summary();
    let (first, _) = summary.split_once(". ").unwrap_or((summary, ""));
    entry.insert("summary".to_owned(), json!(first.trim_end_matches('.')));
    let mut description = plain(&operation.doc);
    if let Some(note) = &operation.note {
        description.push_str(&format!("\n\nNote: {note}."));
    }
    entry.insert("description".to_owned(), json!(description));

    let mut parameters = Vec::new();
    for param in &operation.path_params {
        parameters.push(parameter(table, schemas, param, "path")?);
    }
    for param in &operation.query {
        parameters.push(parameter(table, schemas, param, "query")?);
    }
    if operation.idempotency_key {
        parameters.push(json!({"$ref": "#/components/parameters/IdempotencyKey"}));
    }
    if !parameters.is_empty() {
        entry.insert("parameters".to_owned(), json!(parameters));
    }
    if let Some(body) = body(table, schemas, operation)? {
        entry.insert("requestBody".to_owned(), body);
    }
    entry.insert(
        "responses".to_owned(),
        responses(table, schemas, operation)?,
    );
    entry.insert(
        "security".to_owned(),
        security(operation.oauth_scope.as_deref()),
    );
    for (name, value) in [("x-beta", operation.beta), ("x-preview", operation.preview)] {
        if value {
            entry.insert(name.to_owned(), json!(true));
        }
    }
    Ok(Value::Object(entry))
}

fn parameter(
    table: &Table,
    schemas: &mut Schemas<'_>,
    param: &Schema,
    place: &str,
) -> Result<Value> {
    let mut schema = schemas.schema(param)?;
    let description = schema
        .as_object_mut()
        .and_then(|schema| schema.remove("description"));
    let is_required = place == "path" || param.required;
    let mut parameter = json!({
        "name": param.name,
        "in": place,
        "required": is_required,
        "description": description.unwrap_or_default(),
        "schema": schema,
    });
    if is_required || !param.example.is_null() {
        parameter["example"] = Examples::parameter(table, param)?;
    }
    Ok(parameter)
}

fn body(table: &Table, schemas: &mut Schemas<'_>, operation: &Operation) -> Result<Option<Value>> {
    let media_type = match operation.body.encoding.as_deref() {
        Some("json") => "application/json",
        Some("multipart") => "multipart/form-data",
        _ => return Ok(None),
    };
    let schema = if operation.is_body() {
        schemas.body(operation)?
    } else {
        schemas.schema(&operation.body)?
    };
    let mut content = json!({"schema": schema});
    if operation.has_json_body() {
        content["example"] = Examples::body(table, operation)?;
    }
    Ok(Some(
        json!({"required": true, "content": {media_type: content}}),
    ))
}

fn responses(table: &Table, schemas: &mut Schemas<'_>, operation: &Operation) -> Result<Value> {
    let mut responses = Map::new();
    let data = schemas.schema(&operation.response)?;
    let envelope = operation.response.envelope.as_deref();
    let schema = if operation.is_stream() {
        // OpenAPI 3.1 has no word for a sequence of events: readers take this for one of them.
        let event = json!({
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": data,
        });
        json!({
            "type": "object",
            "required": ["data"],
            "properties": {"data": {"anyOf": [event, {"const": "[DONE]"}]}},
        })
    } else if envelope == Some("list") {
        json!({
            "type": "object",
            "required": ["data"],
            "properties": {
                "data": {"type": "array", "items": data},
                "has_more": {"type": "boolean", "description": "Whether another page follows."},
                "next_token": {
                    "type": ["string", "null"],
                    "description": "The cursor of the next page.",
                },
            },
        })
    } else {
        json!({"type": "object", "required": ["data"], "properties": {"data": data}})
    };
    let media_type = if operation.is_stream() {
        "text/event-stream"
    } else {
        "application/json"
    };
    let mut content = json!({media_type: {"schema": schema}});
    if !operation.is_stream() {
        let data = Examples::data(table, operation)?;
        content[media_type]["example"] = if envelope == Some("list") {
            json!({"data": [data], "has_more": false, "next_token": null})
        } else {
            json!({"data": data})
        };
    }
    let status = operation.response.status.unwrap_or(200);
    let mut success = json!({"description": "Success.", "content": content});
    for header in &operation.response.headers {
        let note = format!("Note: {}.", header.note);
        success["headers"][&header.name] =
            json!({"description": note, "schema": {"type": "string"}});
    }
    let links = links(table, operation)?;
    if !links.is_empty() {
        success["links"] = Value::Object(links);
    }
    responses.insert(status.to_string(), success);
    if status != 200 && operation.idempotency_key {
        responses.insert(
            "200".to_owned(),
            json!({
                "description": "Success of a replay under the same `Idempotency-Key`.",
                "content": content,
            }),
        );
    }
    let mut failures = BTreeMap::<u16, Vec<&Failure>>::new();
    let scope_error = operation
        .oauth_scope
        .as_ref()
        .map(|_| &table.about.scope_error);
    let common = table.about.common_errors.iter().chain(scope_error);
    for failure in operation.errors.iter().chain(common) {
        failures.entry(failure.status).or_default().push(failure);
    }
    for (status, failures) in failures {
        responses.insert(status.to_string(), failure_response(status, &failures));
    }
    Ok(Value::Object(responses))
}

/// Describes the failures with one status, with their codes.
fn failure_response(status: u16, failures: &[&Failure]) -> Value {
    let mut codes: Vec<&str> = failures
        .iter()
        .filter_map(|failure| failure.code.as_deref())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let shown: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    let description = match shown.as_slice() {
        [] => "Failure.".to_owned(),
        shown => format!("Failure: {}.", shown.join(", ")),
    };
    let mut response = json!({
        "description": description,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}},
        "x-codes": codes,
    });
    if status == 429 {
        response["headers"] = json!({
            "Retry-After": {
                "description": "The number of seconds to wait.",
                "schema": {"type": "integer", "minimum": 0},
            },
        });
    }
    response
}

fn idempotency_key() -> Value {
    json!({
        "name": "Idempotency-Key",
        "in": "header",
        "required": false,
        "description": "A key of the request. The same key returns the first response again for \
            24 hours.",
        "schema": {
            "type": "string",
            "minLength": 1,
            "maxLength": 255,
            "pattern": "^[A-Za-z0-9_:.-]+$",
        },
    })
}

/// Returns what allows an operation: a key, or a token with the scopes.
fn security(scopes: Option<&str>) -> Value {
    let scopes: Vec<&str> = scopes.unwrap_or_default().split_whitespace().collect();
    json!([{"ApiKey": []}, {"OAuth": scopes}])
}

fn security_schemes(table: &Table) -> Value {
    let mut scopes = Map::new();
    for operation in &table.operations {
        let words = operation.oauth_scope.as_deref().unwrap_or_default();
        for scope in words.split_whitespace() {
            let (resource, access) = scope.split_once(':').unwrap_or((scope, "use"));
            let text = format!("{} {}", pascal_case(access), resource.replace('_', " "));
            scopes.insert(scope.to_owned(), json!(text));
        }
    }
    json!({
        "ApiKey": {"type": "apiKey", "in": "header", "name": "X-Api-Key"},
        "OAuth": {
            "type": "oauth2",
            "flows": {
                "authorizationCode": {
                    "authorizationUrl": "https://app.heygen.com/oauth/authorize",
                    "tokenUrl": "https://api2.heygen.com/v1/oauth/token",
                    "scopes": scopes,
                },
            },
        },
    })
}

/// Takes links to Rust types out of a text.
pub(super) fn plain(text: &str) -> String {
    text.replace("[`", "`").replace("`]", "`")
}
