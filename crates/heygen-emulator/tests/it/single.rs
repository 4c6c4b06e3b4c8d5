use heygen_emulator::TooLarge;
use serde_json::json;

use crate::bench::{Bench, form, hex, png};

#[test]
fn a_file_becomes_an_asset_at_once() {
    let mut bench = Bench::new();
    let content = png(1000);
    let answer = bench.upload("wrong.mp4", &content).data();
    assert_eq!(answer["mime_type"], "image/png", "the bytes decide");
    assert_eq!(answer["size_bytes"], 1000);
    let id = answer["asset_id"].as_str().unwrap();
    assert_eq!(
        bench.get(&format!("/v3/assets/{id}")).data()["name"],
        "wrong.mp4"
    );
    let fetched = bench.send(
        http::Request::builder()
            .uri(answer["url"].as_str().unwrap())
            .header("host", "127.0.0.1"),
        "",
    );
    assert_eq!(fetched.header("content-type"), Some("image/png"));
    assert_eq!(fetched.response.body().read().unwrap(), content);

    let assets = bench.core.assets(bench.now);
    assert_eq!(assets.len(), 1);
    assert_eq!(assets[0].sha256.unwrap().to_string(), hex(&content));
    assert!(assets[0].is_finalised && !assets[0].is_direct);
}

#[test]
fn bodies_that_are_no_upload_name_the_file() {
    let mut bench = Bench::new();
    let bodies = [
        form("other", Some("a.png"), &png(100)),
        form("file", None, &png(100)),
        form("file", Some("a.png"), b""),
        form("file", Some("a.png"), b"plain text"),
        form(
            "file",
            Some("a.zip"),
            b"PK\x03\x04 and so on, with enough bytes for a header",
        ),
        b"no multipart at all".to_vec(),
        form("file", Some("a.png"), &png(100))[..150].to_vec(),
    ];
    for body in bodies {
        let head = bench
            .request("POST", "/v3/assets")
            .header("content-type", "multipart/form-data; boundary=XX");
        let answer = bench.send(head, body);
        answer.assert_refused(400, "invalid_parameter", "file");
    }
    let head = bench
        .request("POST", "/v3/assets")
        .header("content-type", "application/json");
    bench
        .send(head, json!({}).to_string())
        .assert_refused(400, "invalid_parameter", "file");
    assert!(bench.core.assets(bench.now).is_empty());
}

#[test]
fn the_limit_is_exact_and_its_status_settable() {
    let mut bench = Bench::with(|settings| settings.single_request_max_bytes = 1000);
    assert_eq!(bench.upload("a.png", &png(1000)).status, 200);
    let answer = bench.upload("a.png", &png(1001));
    answer.assert_refused(400, "invalid_parameter", "file");
    assert!(answer.text().contains("too large"), "{}", answer.text());

    let mut bench = Bench::with(|settings| {
        settings.single_request_max_bytes = 1000;
        settings.single_request_too_large = TooLarge::PayloadTooLarge;
    });
    bench
        .upload("a.png", &png(1001))
        .assert_refused(413, "payload_too_large", "");
    // A length that is hopeless is refused before the body.
    let head = bench
        .request("POST", "/v3/assets")
        .header("content-type", "multipart/form-data; boundary=XX")
        .header("content-length", "9000000");
    bench
        .send(head, "")
        .assert_refused(413, "payload_too_large", "");
}

#[test]
fn the_default_limit_is_the_generous_reading() {
    let mut bench = Bench::new();
    assert_eq!(bench.upload("a.png", &png(33_554_432)).status, 200);
    assert_eq!(bench.upload("a.png", &png(33_554_433)).status, 400);
}
