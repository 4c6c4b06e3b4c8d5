//! Idempotency keys: the same for the same logical request, new for a new presigned URL.

use heygen_upload_core::{Step, StepKind, UploadId};

use crate::harness::{World, direct, single, status, storage};

/// Returns every key that is sent, in order.
fn keys(mut world: World) -> Vec<String> {
    let mut keys = Vec::new();
    loop {
        match &world.running {
            Some((_, Step::UploadSingle(single))) => keys.push(single.key.to_string()),
            Some((_, Step::CreateUpload { key, .. })) => keys.push(key.to_string()),
            _ => {}
        }
        if !world.advance() {
            return keys;
        }
    }
}

#[test]
fn a_key_is_the_upload_the_step_and_the_generation() {
    let id = "abababababababababababababababab";
    assert_eq!(keys(World::new(single())), [format!("{id}.single.1")]);
    let scenario = direct()
        .fault(StepKind::Create, status(503))
        .fault(StepKind::Put, storage(400, "ExpiredToken"));
    assert_eq!(
        keys(World::new(scenario)),
        [
            format!("{id}.create.1"),
            format!("{id}.create.1"),
            format!("{id}.create.2")
        ]
    );
}

#[test]
fn a_change_of_route_changes_the_key() {
    let keys = keys(World::new(single().fault(StepKind::Single, status(413))));
    let words: Vec<_> = keys
        .iter()
        .map(|key| key.split_once('.').unwrap().1)
        .collect();
    assert_eq!(words, ["single.1", "create.1"]);
}

#[test]
fn an_upload_id_is_32_hexadecimal_digits() {
    let id = UploadId::from_random([0x0f; 16]);
    let text = "0f".repeat(16);
    assert_eq!(id.to_string(), text);
    assert_eq!(text.parse::<UploadId>().unwrap(), id);
    assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{text}\""));
    for bad in [
        "",
        "0f",
        &"0".repeat(31),
        &"0".repeat(33),
        &"g".repeat(32),
        &format!("+{}", "0".repeat(31)),
    ] {
        let problem = bad.parse::<UploadId>().unwrap_err();
        assert_eq!(problem.field(), "upload id");
        assert!(serde_json::from_value::<UploadId>(bad.into()).is_err());
    }
}
