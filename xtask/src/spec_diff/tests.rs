use serde_json::{Value, json};

use super::differences;
use crate::codegen::{openapi, table::Table};

const TABLE: &str = include_str!("../../../crates/heygen-types/api/operations.json");

fn document() -> Value {
    openapi::document(&Table::parse(TABLE).unwrap()).unwrap()
}

#[test]
fn document_of_the_table_does_not_differ_from_it() {
    let document = document();
    assert_eq!(
        differences(&document, &document).unwrap(),
        Vec::<String>::new()
    );
}

#[test]
fn document_has_every_operation() {
    let table = Table::parse(TABLE).unwrap();
    let read = super::read::read(&document()).unwrap();
    for operation in &table.operations {
        let name = format!("{} {}", operation.method, operation.path);
        assert!(read.children.contains_key(&name), "{name}");
    }
    assert_eq!(read.children.len(), table.operations.len());
}

/// Changes a copy of the document in one place, and returns the differences.
fn changed(pointer: &str, change: impl FnOnce(&mut Value)) -> Vec<String> {
    let ours = document();
    let mut theirs = ours.clone();
    let place = theirs.pointer_mut(pointer);
    change(place.unwrap_or_else(|| panic!("there is no {pointer}")));
    differences(&ours, &theirs).unwrap()
}

fn remove(key: &'static str) -> impl FnOnce(&mut Value) {
    move |value| {
        value.as_object_mut().unwrap().remove(key).unwrap();
    }
}

fn set(key: &'static str, new: Value) -> impl FnOnce(&mut Value) {
    move |value| value[key] = new
}

#[test]
fn every_kind_of_difference_is_named() {
    type Change = Box<dyn FnOnce(&mut Value)>;
    let schemas = |name: &str| format!("/components/schemas/{name}");
    let list = "/paths/~1v3~1videos/get";
    let limit = format!("{list}/parameters/0/schema");
    let cases: Vec<(String, Change, &str)> = vec![
        (
            "/paths".into(),
            Box::new(remove("/v3/voices/speech")),
            "POST /v3/voices/speech: only in the table",
        ),
        (
            "/paths".into(),
            Box::new(set("/v3/podcasts", json!({"get": {"responses": {}}}))),
            "GET /v3/podcasts: only in the document",
        ),
        (
            "/paths/~1v3~1videos".into(),
            Box::new(set("put", json!({"responses": {}}))),
            "PUT /v3/videos: only in the document",
        ),
        (
            list.into(),
            Box::new(remove("parameters")),
            "GET /v3/videos: query title: only in the table",
        ),
        (
            format!("{list}/parameters/0"),
            Box::new(set("required", json!(true))),
            "GET /v3/videos: query limit: required is false in the table, true in the document",
        ),
        (
            format!("{list}/parameters/0"),
            Box::new(set("name", json!("count"))),
            "GET /v3/videos: query count: only in the document",
        ),
        (
            limit.clone(),
            Box::new(set("maximum", json!(50))),
            "query limit: maximum is 100 in the table, 50 in the document",
        ),
        (
            limit.clone(),
            Box::new(remove("minimum")),
            "query limit: minimum is 1 in the table, absent in the document",
        ),
        (
            limit.clone(),
            Box::new(set("default", json!(20))),
            "query limit: default is 10 in the table, 20 in the document",
        ),
        (
            limit,
            Box::new(set("type", json!("string"))),
            "query limit: type is integer in the table, string in the document",
        ),
        (
            format!("{list}/responses"),
            Box::new(set("404", json!({"description": ""}))),
            "GET /v3/videos: response 404: only in the document",
        ),
        (
            format!("{list}/responses"),
            Box::new(remove("429")),
            "GET /v3/videos: response 429: only in the table",
        ),
        (
            "/paths/~1v3~1ai-clipping/post/parameters".into(),
            Box::new(|value| *value = json!([])),
            "POST /v3/ai-clipping: header Idempotency-Key: only in the table",
        ),
        (
            format!("{}/properties", schemas("VideoRecord")),
            Box::new(remove("gif_url")),
            "GET /v3/videos: response 200.data[].gif_url: only in the table",
        ),
        (
            format!("{}/properties", schemas("VideoRecord")),
            Box::new(set("views", json!({"type": "integer"}))),
            "GET /v3/videos/{video_id}: response 200.data.views: only in the document",
        ),
        (
            schemas("VideoRecord"),
            Box::new(set("required", json!(["id"]))),
            "response 200.data.status: required is true in the table, false in the document",
        ),
        (
            format!("{}/properties/status", schemas("VideoRecord")),
            Box::new(set("enum", json!(["pending", "done"]))),
            "response 200.data.status: enum is completed | failed | pending | processing in the \
             table, done | pending in the document",
        ),
        (
            format!("{}/properties/title", schemas("VideoRecord")),
            Box::new(set("type", json!("string"))),
            "response 200.data.title: nullable is true in the table, absent in the document",
        ),
        (
            format!("{}/properties/title", schemas("CreateAiClipping")),
            Box::new(set("maxLength", json!(100))),
            "POST /v3/ai-clipping: body.title: maxLength is 255 in the table, 100 in the document",
        ),
        (
            format!("{}/properties/scenes", schemas("StudioVideo")),
            Box::new(set("maxItems", json!(80))),
            "POST /v3/videos: body<type=studio>.scenes: maxItems is 50 in the table, 80 in the \
             document",
        ),
        (
            format!("{}/oneOf", schemas("CreateVideo")),
            Box::new(|value| {
                value.as_array_mut().unwrap().pop();
            }),
            "POST /v3/videos: body<type=studio>: only in the table",
        ),
        (
            schemas("CreateAiClipping"),
            Box::new(remove("additionalProperties")),
            "POST /v3/ai-clipping: body: unknown fields is refused in the table, absent in the \
             document",
        ),
    ];
    assert!(cases.len() >= 20);
    for (pointer, change, wanted) in cases {
        let lines = changed(&pointer, change);
        assert!(
            lines.iter().any(|line| line.contains(wanted)),
            "{pointer}: {lines:#?} has no {wanted:?}"
        );
    }
}

#[test]
fn openapi_3_0_says_the_same_in_other_words() {
    let document = |version: &str, schema: Value| {
        json!({
            "openapi": version,
            "paths": {"/a": {"get": {
                "parameters": [{"name": "q", "in": "query", "schema": schema}],
                "responses": {},
            }}},
        })
    };
    for (old, new) in [
        (
            json!({"type": "string", "nullable": true}),
            json!({"type": ["string", "null"]}),
        ),
        (
            json!({"type": "number", "minimum": 0, "exclusiveMinimum": true}),
            json!({"type": "number", "exclusiveMinimum": 0.0}),
        ),
        (
            json!({"allOf": [{"type": "string", "maxLength": 3}], "nullable": true}),
            json!({"anyOf": [{"type": "string", "maxLength": 3}, {"type": "null"}]}),
        ),
        (json!({"enum": ["a"]}), json!({"const": "a"})),
    ] {
        let lines = differences(&document("3.0.3", old), &document("3.1.0", new)).unwrap();
        assert_eq!(lines, Vec::<String>::new());
    }
    assert!(differences(&json!({"swagger": "2.0"}), &json!({})).is_err());
}
