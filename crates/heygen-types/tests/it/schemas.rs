//! The JSON Schemas name the fields that the table names.

use heygen_types::{
    AssetInput, AssetLink, BodyEncoding, Data, Envelope, ErrorBody, Operation, Page,
    assets::{
        CompleteAsset, CompleteUploadBatch, CreateDirectUpload, CreateUploadBatch, DeleteAsset,
        GetAsset, GetUploadBatch, ListAssetStatuses, ListAssets, SearchAssets, UploadAsset,
    },
    video_agents::{CreateVideoAgent, GetVideoAgent},
};
use schemars::{JsonSchema, schema_for};
use serde_json::Value;

use crate::{
    operations,
    table::{Table, fields, is_required, names},
};

/// The schemas of one operation.
struct Schemas {
    id: &'static str,
    encoding: BodyEncoding,
    envelope: Envelope,
    body: Option<Value>,
    answer: Value,
}

fn answer<O: Operation<Response: JsonSchema>>() -> Schemas {
    Schemas {
        id: O::ID,
        encoding: O::ENCODING,
        envelope: O::ENVELOPE,
        body: None,
        answer: schema_for!(O::Response).to_value(),
    }
}

fn both<O: Operation<Body: JsonSchema, Response: JsonSchema>>() -> Schemas {
    Schemas {
        body: Some(schema_for!(O::Body).to_value()),
        ..answer::<O>()
    }
}

fn all() -> Vec<Schemas> {
    vec![
        answer::<UploadAsset>(),
        answer::<GetAsset>(),
        answer::<DeleteAsset>(),
        answer::<ListAssets>(),
        answer::<SearchAssets>(),
        answer::<ListAssetStatuses>(),
        both::<CreateDirectUpload>(),
        both::<CompleteAsset>(),
        both::<CreateUploadBatch>(),
        both::<CompleteUploadBatch>(),
        answer::<GetUploadBatch>(),
        both::<CreateVideoAgent>(),
        answer::<GetVideoAgent>(),
    ]
}

#[test]
fn every_operation_has_its_schemas() {
    let ids = |ids: &mut dyn Iterator<Item = &'static str>| {
        let mut ids: Vec<_> = ids.collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(
        ids(&mut all().iter().map(|schemas| schemas.id)),
        ids(&mut operations::all().iter().map(|entry| entry.id))
    );
    for schemas in all() {
        let has_body = schemas.encoding == BodyEncoding::Json;
        assert_eq!(schemas.body.is_some(), has_body, "{}", schemas.id);
    }
}

#[test]
fn bodies_and_answers_have_the_fields_of_the_table() {
    let table = Table::read();
    for schemas in all() {
        let endpoint = table.endpoint(schemas.id);
        if let Some(body) = &schemas.body {
            assert_object(body, &endpoint["body"], schemas.id);
            let is_closed = body["additionalProperties"] == false;
            assert_eq!(
                is_closed,
                endpoint["body"]["strict"] == true,
                "{}",
                schemas.id
            );
        }
        let answer = &schemas.answer;
        let object = match schemas.envelope {
            Envelope::Data => answer,
            _ => {
                let name = answer["properties"]["data"]["items"]["$ref"]
                    .as_str()
                    .unwrap();
                answer.pointer(name.trim_start_matches('#')).unwrap()
            }
        };
        for described in table.objects(&endpoint["response"]) {
            assert_object(object, described, schemas.id);
        }
    }
}

fn assert_object(schema: &Value, described: &Value, id: &str) {
    let mut properties: Vec<&str> = schema["properties"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    properties.sort_unstable();
    assert_eq!(properties, names(fields(described)), "{id}");
    let mut required: Vec<&str> = schema["required"]
        .as_array()
        .map(|names| names.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    required.sort_unstable();
    let expected = fields(described).iter().filter(|field| is_required(field));
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
