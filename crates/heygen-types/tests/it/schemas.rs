//! The JSON Schemas name the fields that the table names.

use heygen_types::{
    AssetInput, AssetLink, BodyEncoding, Data, Envelope, ErrorBody, Operation, Page,
    for_each_operation,
};
use schemars::{JsonSchema, schema_for};
use serde_json::Value;

use crate::table::{Table, fields, is_required, names, tag_of};

/// The schemas of one operation.
struct Schemas {
    id: &'static str,
    envelope: Envelope,
    body: Option<Value>,
    answer: Value,
}

fn schemas<O: Operation<Body: JsonSchema, Response: JsonSchema>>() -> Schemas {
    let has_body = O::ENCODING == BodyEncoding::Json;
    Schemas {
        id: O::ID,
        envelope: O::ENVELOPE,
        body: has_body.then(|| schema_for!(O::Body).to_value()),
        answer: schema_for!(O::Response).to_value(),
    }
}

fn all() -> Vec<Schemas> {
    macro_rules! all {
        ($($operation:ty),+ $(,)?) => { vec![$(schemas::<$operation>()),+] };
    }
    for_each_operation!(all)
}

#[test]
fn bodies_and_answers_have_the_fields_of_the_table() {
    let table = Table::read();
    for schemas in all() {
        let endpoint = table.endpoint(schemas.id);
        if let Some(body) = &schemas.body {
            for described in table.objects(&endpoint["body"]) {
                let object = variant(body, described);
                assert_object(&object, described, schemas.id);
            }
        }
        let answer = &schemas.answer;
        let object = match schemas.envelope {
            Envelope::List => resolve(answer, &answer["properties"]["data"]["items"]),
            _ => answer,
        };
        for described in table.objects(&endpoint["response"]) {
            let object = match schemas.envelope {
                Envelope::Stream => variant(object, described),
                _ => vec![object],
            };
            assert_object(&object, described, schemas.id);
        }
    }
}

#[test]
fn bodies_are_closed_where_the_table_says_so() {
    let table = Table::read();
    for schemas in all() {
        let described = &table.endpoint(schemas.id)["body"];
        let objects = table.objects(described);
        let (Some(body), [object]) = (&schemas.body, &objects[..]) else {
            continue;
        };
        let is_closed = body["additionalProperties"] == false;
        assert_eq!(is_closed, object["strict"] == true, "{}", schemas.id);
    }
}

/// Finds the schema of one object of a union, in the parts that it is made of.
fn variant<'a>(root: &'a Value, described: &Value) -> Vec<&'a Value> {
    // Where unknown kinds are kept, a value may also be anything.
    let variants = root["oneOf"]
        .as_array()
        .or_else(|| root["anyOf"].as_array());
    let Some(variants) = variants else {
        return vec![root];
    };
    let tag = |variant: &Value| {
        let tag = tag_of(&variant["properties"])?.get("const")?;
        Some(tag == &described["tag_value"])
    };
    let variant = variants
        .iter()
        .find(|variant| tag(variant) == Some(true))
        .unwrap_or_else(|| panic!("no schema for {}", described["tag_value"]));
    let mut parts = vec![variant];
    if variant["$ref"].is_string() {
        parts.push(resolve(root, variant));
    }
    parts
}

fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(name) => root.pointer(name.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

fn assert_object(parts: &[&Value], described: &Value, id: &str) {
    let mut properties: Vec<&str> = parts
        .iter()
        .filter_map(|part| part["properties"].as_object())
        .flat_map(|properties| properties.keys().map(String::as_str))
        .collect();
    properties.sort_unstable();
    assert_eq!(properties, names(fields(described)), "{id}");
    let mut required: Vec<&str> = parts
        .iter()
        .filter_map(|part| part["required"].as_array())
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    required.sort_unstable();
    // A field that may be null is read as null when it is missing.
    let expected = fields(described)
        .iter()
        .filter(|field| is_required(field) && field["nullable"] != true);
    assert_eq!(required, names(expected), "{id}");
}

#[test]
fn envelopes_and_links_have_schemas_too() {
    assert!(schema_for!(Data<bool>).to_value()["properties"]["data"].is_object());
    assert!(schema_for!(Page<bool>).to_value()["properties"]["next_token"].is_object());
    assert!(schema_for!(ErrorBody).to_value()["properties"]["error"].is_object());
    let kinds = |schema: schemars::Schema| schema.to_value()["oneOf"].as_array().unwrap().len();
    assert_eq!(kinds(schema_for!(AssetInput)), 3);
    assert_eq!(kinds(schema_for!(AssetLink)), 2);
}
