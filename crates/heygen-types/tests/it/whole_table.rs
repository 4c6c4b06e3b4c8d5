//! The table reads itself: every description is understood, and none is left out.

use heygen_types::{
    Json,
    table::{Schema, SchemaType, Strictness, Table, ViolationKind},
};
use serde_json::{Value, json};

use crate::table;

fn whole() -> Table {
    serde_json::from_str(Table::JSON).unwrap()
}

fn check(id: &str, body: Value) -> Result<(), String> {
    let table = whole();
    let body: Json = serde_json::from_value(body).unwrap();
    let schema = &table.operation(id).unwrap().body;
    table
        .check(schema, &body, Strictness::default())
        .map_err(|violation| violation.to_string())
}

#[test]
fn every_operation_is_read() {
    let table = whole();
    assert_eq!(table.operations.len(), 116);
    for operation in &table.operations {
        assert!(operation.path.starts_with("/v3/"), "{}", operation.id);
        for param in &operation.path_params {
            assert!(operation.path.contains(&format!("{{{param}}}")));
        }
    }
    assert!(table.operation("assets.nothing").is_none());
}

#[test]
fn examples_of_every_answer_fit_its_schema() {
    let table = whole();
    let source = table::Table::read();
    for operation in &table.operations {
        for extent in [table::Extent::Minimal, table::Extent::Maximal] {
            let described = &source.endpoint(&operation.id)["response"];
            for example in source.examples(described, extent) {
                let example: Json = serde_json::from_value(example).unwrap();
                let fits = table.check(&operation.response, &example, Strictness::default());
                assert_eq!(fits, Ok(()), "{}", operation.id);
            }
        }
    }
}

#[test]
fn no_schema_has_a_pattern_that_is_not_checked() {
    fn walk(schema: &Schema, visit: &mut dyn FnMut(&Schema)) {
        visit(schema);
        for inner in schema.fields.iter().chain(schema.items.as_deref()) {
            walk(inner, visit);
        }
    }
    let table = whole();
    let mut patterns = 0;
    let operations = table.operations.iter();
    let schemas = operations.flat_map(|operation| [&operation.body, &operation.response]);
    for schema in schemas.chain(table.types.values()) {
        walk(schema, &mut |schema| {
            if let Some(pattern) = &schema.pattern {
                let is_checked = ["^#[0-9a-fA-F]{6}$", r"^\S+$"].contains(&pattern.as_str());
                assert!(is_checked, "{pattern}");
                patterns += 1;
            }
            if schema.r#type == Some(SchemaType::Array) {
                assert!(schema.items.is_some(), "{}", schema.name);
            }
        });
    }
    assert_eq!(patterns, 2);
}

#[test]
fn a_body_is_compared_with_its_schema() {
    let agent = |body| check("video_agents.create", body).unwrap_err();
    assert_eq!(check("video_agents.create", json!({"prompt": "p"})), Ok(()));
    assert_eq!(agent(json!([])), "the body is not an object");
    assert_eq!(agent(json!({})), "prompt is missing");
    assert_eq!(
        agent(json!({"prompt": null})),
        "prompt is null, which is not taken here"
    );
    assert_eq!(agent(json!({"prompt": 1})), "prompt is not a string");
    assert_eq!(agent(json!({"prompt": ""})), "prompt is empty");
    assert_eq!(
        agent(json!({"prompt": "p".repeat(10_001)})),
        "prompt has 10001 characters; it takes 1 to 10000"
    );
    assert_eq!(
        agent(json!({"prompt": "p", "promt": "p"})),
        "promt is not a known field; did you mean prompt?"
    );
    assert_eq!(
        agent(json!({"prompt": "p", "orientation": "round"})),
        "orientation is none of landscape, portrait"
    );
    let file = json!({"type": "url", "url": "https://a.example/b"});
    assert_eq!(
        agent(json!({"prompt": "p", "files": vec![file; 21]})),
        "files has 21 items; it takes 0 to 20"
    );
    assert_eq!(
        agent(json!({"prompt": "p", "files": [{"type": "path"}]})),
        "files[0].type is none of url, asset_id, base64"
    );
    assert_eq!(
        agent(json!({"prompt": "p", "files": [{"type": "url", "asset_id": "a"}]})),
        "files[0].asset_id is not a known field; known are type, url"
    );
    let problem = agent(json!({"prompt": "p", "files": [{"url": "https://a"}]}));
    assert_eq!(problem, "files[0].type is missing");
}

#[test]
fn numbers_are_held_in_their_ranges() {
    let watermark = |opacity: Value| {
        let image = json!({"type": "asset_id", "asset_id": "a"});
        check(
            "videos.create",
            json!({
                "type": "image", "image": image, "script": "s", "voice_id": "v",
                "watermark": {"image": image, "scale": opacity},
            }),
        )
    };
    assert_eq!(watermark(json!(2)), Ok(()));
    let problem = watermark(json!(0)).unwrap_err();
    assert_eq!(problem, "watermark.scale is 0; it takes above 0 to 2");
    assert_eq!(
        watermark(json!("1")).unwrap_err(),
        "watermark.scale is not a number"
    );
    let problem = check("brand_kits.create", json!({"url": "u", "name": 1.5})).unwrap_err();
    assert_eq!(problem, "name is not a string");
}

#[test]
fn a_client_can_leave_new_values_and_fields_to_the_server() {
    let table = whole();
    let schema = &table.operation("video_agents.create").unwrap().body;
    let body = json!({"prompt": "p", "mode": "dream", "colour": 1});
    let body: Json = serde_json::from_value(body).unwrap();
    let strict = table.check(schema, &body, Strictness::default());
    assert_eq!(strict.unwrap_err().kind(), ViolationKind::Value);
    let lenient = Strictness::default().allow_unknown_values();
    let violation = table.check(schema, &body, lenient).unwrap_err();
    assert_eq!(violation.kind(), ViolationKind::UnknownField);
    assert_eq!(violation.path(), "colour");
    assert_eq!(
        table.check(schema, &body, lenient.allow_unknown_fields()),
        Ok(())
    );
}
