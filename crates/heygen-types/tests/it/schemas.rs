//! The JSON Schemas are whole: every reference leads somewhere, and every required field is there.

use heygen_types::{BodyEncoding, OperationId, json_schema, table};
use serde_json::Value;

fn check(document: &Value, value: &Value, id: OperationId) {
    if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
        let target = document.pointer(reference.strip_prefix('#').unwrap());
        assert!(target.is_some_and(Value::is_object), "{id}: {reference}");
    }
    for name in value["required"].as_array().into_iter().flatten() {
        let name = name.as_str().unwrap();
        assert!(value["properties"][name].is_object(), "{id}: {name}");
    }
    match value {
        Value::Object(members) => members.values().for_each(|it| check(document, it, id)),
        Value::Array(items) => items.iter().for_each(|it| check(document, it, id)),
        _ => {}
    }
}

#[test]
fn every_operation_has_schemas_that_stand_alone() {
    for id in OperationId::ALL.iter().copied() {
        let request = json_schema::request(id);
        let has_body = table::operation(id).encoding == BodyEncoding::Json;
        assert_eq!(request.is_some(), has_body, "{id}");
        for text in request.into_iter().chain([json_schema::response(id)]) {
            let document: Value = serde_json::from_str(text).unwrap();
            assert!(document["title"].as_str().unwrap().starts_with(id.as_str()));
            check(&document, &document, id);
        }
    }
}
