//! The names and numbers are those of the facts.

use std::{fs, path::Path};

use heygen_webhooks::{
    EVENT_ID_HEADER, OLDER_SIGNATURE_HEADERS, SIGNATURE_HEADER, SeenIds, TIMESTAMP_HEADER, Verifier,
};
use serde_json::Value;

#[test]
fn deliveries_are_what_is_known_of_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../heygen-types/api/webhooks.json");
    let facts: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let delivery = &facts["delivery"];
    let names: Vec<&str> = delivery["headers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|header| header["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, [SIGNATURE_HEADER, TIMESTAMP_HEADER, EVENT_ID_HEADER]);
    assert_eq!(
        delivery["older_header_names"],
        Value::from(OLDER_SIGNATURE_HEADERS.to_vec())
    );
    assert_eq!(
        delivery["replay_window_seconds"],
        Verifier::DEFAULT_TOLERANCE.as_secs()
    );
    let repeated_for = delivery["retries"]["for_hours"].as_u64().unwrap() * 3600;
    assert!(
        SeenIds::DEFAULT_WINDOW.as_secs() >= repeated_for,
        "an event that is sent again would be handled twice"
    );
    assert_eq!(delivery["signature"]["algorithm"], "HMAC-SHA256");
    assert_eq!(delivery["signature"]["message"], "raw request body only");
    assert_eq!(delivery["signature"]["timestamp_signed"], false);
}
