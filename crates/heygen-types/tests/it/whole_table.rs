//! The table as constants, and how values are compared with it.

use heygen_types::{
    Json, OperationId,
    table::{self, Strictness, ViolationKind},
};
use serde_json::{Value, json};

fn check(id: &str, body: Value) -> Result<(), String> {
    let body: Json = serde_json::from_value(body).unwrap();
    let schema = &table::find(id).unwrap().body;
    schema
        .check(&body, Strictness::default())
        .map_err(|violation| violation.to_string())
}

#[test]
fn every_operation_has_its_entry() {
    for id in OperationId::ALL {
        let entry = table::operation(*id);
        assert_eq!(entry.id, *id);
        assert!(table::find(id.as_str()).is_some_and(|found| core::ptr::eq(found, entry)));
    }
    assert!(table::find("assets.nothing").is_none());
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
    let schema = &table::operation(OperationId::CreateVideoAgent).body;
    let body = json!({"prompt": "p", "mode": "dream", "colour": 1});
    let body: Json = serde_json::from_value(body).unwrap();
    let strict = schema.check(&body, Strictness::default());
    assert_eq!(strict.unwrap_err().kind(), ViolationKind::Value);
    let lenient = Strictness::default().allow_unknown_values();
    let violation = schema.check(&body, lenient).unwrap_err();
    assert_eq!(violation.kind(), ViolationKind::UnknownField);
    assert_eq!(violation.path(), "colour");
    assert_eq!(schema.check(&body, lenient.allow_unknown_fields()), Ok(()));
}
