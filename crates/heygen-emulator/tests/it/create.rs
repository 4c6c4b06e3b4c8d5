use serde_json::{Value, json};

use crate::bench::{Bench, hex, png};

const PATH: &str = "/v3/assets/direct-uploads";

fn body() -> Value {
    json!({"filename": "a.png", "content_type": "image/png", "size_bytes": 100})
}

fn with(field: &str, value: Value) -> Value {
    let mut body = body();
    body[field] = value;
    body
}

#[test]
fn a_slot_says_all_that_the_put_needs() {
    let mut bench = Bench::new();
    let slot = bench.create(&png(100), Some(&hex(&png(100))));
    assert_eq!(slot["status"], "pending_upload");
    assert_eq!(slot["expires_in_seconds"], 3600);
    assert_eq!(slot["max_bytes"], 5_368_709_120_u64);
    let names: Vec<_> = slot["upload_headers"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["content-type", "x-amz-checksum-sha256"]);
    assert_eq!(
        slot["upload_headers"]["x-amz-checksum-sha256"]
            .as_str()
            .unwrap()
            .len(),
        44
    );
    let url = slot["upload_url"].as_str().unwrap();
    assert!(url.contains("X-Amz-Signature="), "{url}");
    assert!(
        url.contains(
            "X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost%3Bx-amz-checksum-sha256"
        ),
        "{url}"
    );
}

#[test]
fn what_the_schema_leaves_open_is_judged_and_named() {
    let mut bench = Bench::new();
    for (field, value) in [
        ("filename", json!("")),
        ("content_type", json!("text/html")),
        ("size_bytes", json!(0)),
        ("size_bytes", json!(5_368_709_121_u64)),
        ("checksum_sha256", json!("abc")),
        ("checksum_sha256", json!("g".repeat(64))),
        ("checksum_sha256", json!(BASE64)),
    ] {
        let answer = bench.post(PATH, &with(field, value));
        answer.assert_refused(400, "invalid_parameter", field);
    }
    assert!(bench.core.assets(bench.now).is_empty());
}

/// Base64 of 32 bytes, as one source shows the digest.
const BASE64: &str = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

#[test]
fn bodies_that_are_no_object_are_refused() {
    let mut bench = Bench::new();
    for body in ["", "[]", "{", "null", "{} {}"] {
        let head = bench
            .request("POST", PATH)
            .header("content-type", "application/json");
        bench
            .send(head, body)
            .assert_refused(400, "invalid_parameter", "");
    }
    let head = bench
        .request("POST", PATH)
        .header("content-type", "text/plain");
    bench
        .send(head, body().to_string())
        .assert_refused(400, "invalid_parameter", "");
}

#[test]
fn a_json_body_has_a_limit() {
    let mut bench = Bench::with(|settings| settings.json_max_bytes = 200);
    let body = with("filename", json!("x".repeat(200)));
    bench
        .post(PATH, &body)
        .assert_refused(413, "payload_too_large", "");
}

#[test]
fn the_schema_is_open_and_null_is_absent() {
    let mut bench = Bench::new();
    assert_eq!(bench.post(PATH, &with("colour", json!("red"))).status, 200);
    assert_eq!(
        bench
            .post(PATH, &with("checksum_sha256", json!(null)))
            .status,
        200
    );
    let upper = hex(b"x").to_uppercase();
    assert_eq!(
        bench
            .post(PATH, &with("checksum_sha256", json!(upper)))
            .status,
        200
    );
}

#[test]
fn base64_digests_are_a_setting() {
    let mut bench = Bench::with(|settings| settings.takes_base64_digests = true);
    assert_eq!(
        bench
            .post(PATH, &with("checksum_sha256", json!(BASE64)))
            .status,
        200
    );
}

#[test]
fn every_accepted_type_and_its_limit() {
    let mut bench = Bench::with(|settings| {
        settings
            .max_bytes
            .by_type
            .insert(heygen_types::MediaType::Mp4, 1000);
    });
    for media_type in heygen_types::MediaType::ACCEPTED {
        let body = with("content_type", json!(media_type.as_str()));
        assert_eq!(bench.post(PATH, &body).status, 200, "{media_type}");
    }
    let file = |media_type: &str, size: u64| json!({"filename": "f", "content_type": media_type, "size_bytes": size});
    assert_eq!(
        bench
            .post(PATH, &file("application/zip", 209_715_200))
            .data()["max_bytes"],
        209_715_200
    );
    bench
        .post(PATH, &file("application/zip", 209_715_201))
        .assert_refused(400, "invalid_parameter", "size_bytes");
    assert_eq!(bench.post(PATH, &file("video/mp4", 1000)).status, 200);
    assert_eq!(bench.post(PATH, &file("video/mp4", 1001)).status, 400);
    assert_eq!(bench.post(PATH, &file("video/webm", 1001)).status, 200);
}

#[test]
fn equal_seeds_give_equal_slots() {
    let slot = |seed| Bench::with(|settings| settings.seed = seed).create(&png(100), None);
    assert_eq!(slot(4), slot(4));
    assert_ne!(slot(4)["asset_id"], slot(5)["asset_id"]);
    assert_ne!(slot(4)["upload_url"], slot(5)["upload_url"]);
}

#[test]
fn lifetime_and_public_url_are_settings() {
    let mut bench = Bench::with(|settings| {
        settings.upload_url_lifetime = std::time::Duration::from_secs(90);
        settings.public_url = Some("https://heygen.test:8443/".to_owned());
    });
    let slot = bench.create(&png(100), None);
    assert_eq!(slot["expires_in_seconds"], 90);
    let url = slot["upload_url"].as_str().unwrap();
    assert!(
        url.starts_with("https://heygen.test:8443/storage/"),
        "{url}"
    );
    assert!(url.contains("X-Amz-Expires=90"), "{url}");

    for bad in ["ftp://x", "nonsense", "http://x/path", "http://x?a=b"] {
        let mut settings = heygen_emulator::Settings::default();
        settings.public_url = Some(bad.to_owned());
        let error = heygen_emulator::Core::new(settings).unwrap_err();
        assert_eq!(error.field(), "public_url", "{bad}");
    }
}
