use std::collections::BTreeSet;

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

/// One change of the document: its name, the place, the change, and what has to be reported.
type Mutation = (&'static str, String, Change, &'static str);
type Change = Box<dyn FnOnce(&mut Value)>;

fn mutation(
    name: &'static str,
    pointer: impl Into<String>,
    change: impl FnOnce(&mut Value) + 'static,
    wanted: &'static str,
) -> Mutation {
    (name, pointer.into(), Box::new(change), wanted)
}

fn schema(name: &str, below: &str) -> String {
    format!("/components/schemas/{name}{below}")
}

const LIST: &str = "/paths/~1v3~1videos/get";

fn mutations_of_operations() -> Vec<Mutation> {
    vec![
        mutation(
            "path removed",
            "/paths",
            remove("/v3/voices/speech"),
            "POST /v3/voices/speech: only in the table",
        ),
        mutation(
            "path added",
            "/paths",
            set("/v3/podcasts", json!({"get": {"responses": {}}})),
            "GET /v3/podcasts: only in the document",
        ),
        mutation(
            "method added",
            "/paths/~1v3~1videos",
            set("put", json!({"responses": {}})),
            "PUT /v3/videos: only in the document",
        ),
        mutation(
            "error status added",
            format!("{LIST}/responses"),
            set("404", json!({"description": ""})),
            "GET /v3/videos: response 404: only in the document",
        ),
        mutation(
            "error status removed",
            format!("{LIST}/responses"),
            remove("429"),
            "GET /v3/videos: response 429: only in the table",
        ),
        mutation(
            "error code changed",
            "/paths/~1v3~1videos~1{video_id}/get/responses/404",
            set("x-codes", json!(["video_not_found"])),
            "GET /v3/videos/{video_id}: response 404: codes is not_found in the table, \
             video_not_found in the document",
        ),
        mutation(
            "error code in an example",
            "/paths/~1v3~1videos~1{video_id}/get/responses/404",
            |response| {
                response.as_object_mut().unwrap().remove("x-codes");
                let example = json!({"error": {"code": "gone", "message": "Gone."}});
                response["content"]["application/json"]["examples"]["one"]["value"] = example;
            },
            "response 404: codes is not_found in the table, gone in the document",
        ),
        mutation(
            "media type changed",
            "/paths/~1v3~1assets/post/requestBody",
            |body| {
                let content = body["content"]["multipart/form-data"].take();
                body["content"] = json!({"application/octet-stream": content});
            },
            "POST /v3/assets: body: media type is multipart/form-data in the table, \
             application/octet-stream in the document",
        ),
    ]
}

fn mutations_of_parameters() -> Vec<Mutation> {
    let limit = format!("{LIST}/parameters/0/schema");
    vec![
        mutation(
            "parameters removed",
            LIST,
            remove("parameters"),
            "GET /v3/videos: query title: only in the table",
        ),
        mutation(
            "parameter renamed",
            format!("{LIST}/parameters/0"),
            set("name", json!("count")),
            "GET /v3/videos: query count: only in the document",
        ),
        mutation(
            "parameter required",
            format!("{LIST}/parameters/0"),
            set("required", json!(true)),
            "GET /v3/videos: query limit: required is false in the table, true in the document",
        ),
        mutation(
            "header removed",
            "/paths/~1v3~1ai-clipping/post/parameters",
            |parameters| *parameters = json!([]),
            "POST /v3/ai-clipping: header Idempotency-Key: only in the table",
        ),
        mutation(
            "maximum changed",
            limit.clone(),
            set("maximum", json!(50)),
            "query limit: maximum is 100 in the table, 50 in the document",
        ),
        mutation(
            "minimum removed",
            limit.clone(),
            remove("minimum"),
            "query limit: minimum is 1 in the table, absent in the document",
        ),
        mutation(
            "default changed",
            limit.clone(),
            set("default", json!(20)),
            "query limit: default is 10 in the table, 20 in the document",
        ),
        mutation(
            "type changed",
            limit,
            set("type", json!("string")),
            "query limit: type is integer in the table, string in the document",
        ),
    ]
}

fn mutations_of_fields() -> Vec<Mutation> {
    vec![
        mutation(
            "field removed",
            schema("VideoRecord", "/properties"),
            remove("gif_url"),
            "GET /v3/videos: response 200.data[].gif_url: only in the table",
        ),
        mutation(
            "field added",
            schema("VideoRecord", "/properties"),
            set("views", json!({"type": "integer"})),
            "GET /v3/videos/{video_id}: response 200.data.views: only in the document",
        ),
        mutation(
            "field no longer required",
            schema("VideoRecord", ""),
            set("required", json!(["id"])),
            "response 200.data.status: required is true in the table, false in the document",
        ),
        mutation(
            "field deprecated",
            schema("CreateAiClipping", "/properties/title"),
            set("deprecated", json!(true)),
            "POST /v3/ai-clipping: body.title: deprecated is absent in the table, true in the \
             document",
        ),
        mutation(
            "enum changed",
            schema("VideoRecord", "/properties/status"),
            set("enum", json!(["pending", "done"])),
            "response 200.data.status: enum is completed | failed | pending | processing in the \
             table, done | pending in the document",
        ),
        mutation(
            "null no longer accepted",
            schema("VideoRecord", "/properties/title"),
            set("type", json!("string")),
            "response 200.data.title: nullable is true in the table, absent in the document",
        ),
        mutation(
            "null accepted, as 3.0 says it",
            schema("VideoRecord", "/properties/id"),
            set("nullable", json!(true)),
            "response 200.data.id: nullable is absent in the table, true in the document",
        ),
        mutation(
            "maxLength changed",
            schema("CreateAiClipping", "/properties/title"),
            set("maxLength", json!(100)),
            "POST /v3/ai-clipping: body.title: maxLength is 255 in the table, 100 in the document",
        ),
        mutation(
            "maxItems changed",
            schema("StudioVideo", "/properties/scenes"),
            set("maxItems", json!(80)),
            "POST /v3/videos: body<type=studio>.scenes: maxItems is 50 in the table, 80 in the \
             document",
        ),
        mutation(
            "pattern changed",
            schema("ProfessionalVoice", "/properties/voice_id"),
            set("pattern", json!("^[a-z]+$")),
            r"voice_id: pattern is ^\S+$ in the table, ^[a-z]+$ in the document",
        ),
        mutation(
            "exclusiveMinimum changed",
            schema("Watermark", "/properties/scale"),
            set("exclusiveMinimum", json!(0.1)),
            "scale: exclusiveMinimum is 0 in the table, 0.1 in the document",
        ),
        mutation(
            "exclusiveMinimum turned off, as 3.0 says it",
            schema("Watermark", "/properties/scale"),
            |scale| {
                scale["minimum"] = json!(0);
                scale["exclusiveMinimum"] = json!(false);
            },
            "scale: minimum is absent in the table, 0 in the document",
        ),
        mutation(
            "minProperties removed",
            schema("UpdateAvatarBody", ""),
            remove("minProperties"),
            "PATCH /v3/avatars/{group_id}: body: minProperties is 1 in the table, absent in the \
             document",
        ),
        mutation(
            "variant of a union removed",
            schema("CreateVideo", "/oneOf"),
            |variants| {
                variants.as_array_mut().unwrap().pop();
            },
            "POST /v3/videos: body<type=studio>: only in the table",
        ),
        mutation(
            "unknown fields accepted",
            schema("CreateAiClipping", ""),
            remove("additionalProperties"),
            "POST /v3/ai-clipping: body: unknown fields is refused in the table, absent in the \
             document",
        ),
        mutation(
            "field of an event added",
            schema("SpeechAudio", "/properties"),
            set("rate", json!({"type": "integer"})),
            "POST /v3/models/audio/tts/stream: response 200.data",
        ),
    ]
}

#[test]
fn every_kind_of_difference_is_named() {
    let mut mutations = mutations_of_operations();
    mutations.extend(mutations_of_parameters());
    mutations.extend(mutations_of_fields());
    let names: BTreeSet<&str> = mutations.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names.len(), mutations.len());
    assert!(names.len() >= 20);
    for (name, pointer, change, wanted) in mutations {
        let lines = changed(&pointer, change);
        assert!(
            lines.iter().any(|line| line.contains(wanted)),
            "{name}: {lines:#?} has no {wanted:?}"
        );
    }
}

/// Rewrites a document of 3.1 in the words of 3.0.
fn in_3_0(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(in_3_0).collect(),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, inner)| (name.clone(), in_3_0(inner)));
            let mut schema = Value::Object(members.collect());
            if let Some([one, null]) = schema["type"].as_array().map(Vec::as_slice)
                && null == "null"
            {
                schema["type"] = one.clone();
                schema["nullable"] = json!(true);
            }
            if let Some([one, null]) = schema["anyOf"].as_array().map(Vec::as_slice)
                && null["type"] == "null"
            {
                schema["allOf"] = json!([one]);
                schema["nullable"] = json!(true);
                schema.as_object_mut().unwrap().remove("anyOf");
            }
            if schema["exclusiveMinimum"].is_number() {
                schema["minimum"] = schema["exclusiveMinimum"].take();
                schema["exclusiveMinimum"] = json!(true);
            }
            if let Some(only) = schema["const"].as_str() {
                schema["enum"] = json!([only]);
                schema.as_object_mut().unwrap().remove("const");
            }
            schema
        }
        other => other.clone(),
    }
}

#[test]
fn document_in_words_of_3_0_does_not_differ() {
    let ours = document();
    let mut theirs = in_3_0(&ours);
    theirs["openapi"] = json!("3.0.3");
    let text = theirs.to_string();
    assert!(text.contains(r#""nullable":true"#) && text.contains(r#""exclusiveMinimum":true"#));
    assert!(!text.contains(r#""null""#), "a type of 3.1 is left");
    assert_eq!(differences(&ours, &theirs).unwrap(), Vec::<String>::new());
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
        (
            json!({"type": "number", "maximum": 9, "exclusiveMaximum": true}),
            json!({"type": "number", "exclusiveMaximum": 9}),
        ),
        (json!({"enum": ["a"]}), json!({"const": "a"})),
    ] {
        let lines = differences(&document("3.0.3", old), &document("3.1.0", new)).unwrap();
        assert_eq!(lines, Vec::<String>::new());
    }
    assert!(differences(&json!({"swagger": "2.0"}), &json!({})).is_err());
}

#[test]
fn a_reference_to_itself_is_an_error() {
    let ours = document();
    let mut theirs = ours.clone();
    theirs["components"]["responses"]["Loop"] = json!({"$ref": "#/components/responses/Loop"});
    theirs["paths"]["/v3/videos"]["get"]["responses"]["200"] =
        json!({"$ref": "#/components/responses/Loop"});
    assert!(differences(&ours, &theirs).is_err());
}
