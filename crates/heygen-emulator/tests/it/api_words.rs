//! The messages that the API itself has, word for word.

use serde_json::{Value, json};

use crate::bench::{Answer, Bench, link};

fn message(answer: &Answer, param: &str) -> String {
    answer.assert_refused(400, "invalid_parameter", param);
    let message = &answer.json()["error"]["message"];
    message.as_str().unwrap().to_owned()
}

#[test]
fn unknown_fields() {
    let mut bench = Bench::new();
    let body = json!({ "prompt": "x", "hologram": true });
    let answer = bench.post("/v3/video-agents", &body);
    assert_eq!(
        message(&answer, "hologram"),
        "Extra inputs are not permitted"
    );
    // Here `param` names the list, and the message has to say which item.
    let item = json!({ "video": link(), "audio": link(), "hologram": true });
    let answer = bench.post("/v3/lipsyncs/batches", &json!({ "lipsyncs": [item] }));
    assert_eq!(
        message(&answer, "lipsyncs"),
        "Extra inputs are not permitted: lipsyncs[0].hologram"
    );
}

/// A WebP, which no upload takes.
const WEBP: &[u8] = b"RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0";

#[test]
fn content_types() {
    let mut bench = Bench::new();
    let upload = |bench: &mut Bench, label: Option<&str>| {
        let label = label.map(|label| format!("Content-Type: {label}\r\n"));
        let head = bench
            .request("POST", "/v3/assets")
            .header("content-type", "multipart/form-data; boundary=XX");
        let part = format!(
            "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n{}\r\n",
            label.unwrap_or_default()
        );
        let body = [part.as_bytes(), WEBP, b"\r\n--XX--\r\n"].concat();
        let answer = bench.send(head, body);
        message(&answer, "file")
    };
    let unsupported = "Content type not supported image/webp";
    for honest in [None, Some("image/webp"), Some("application/octet-stream")] {
        assert_eq!(upload(&mut bench, honest), unsupported, "{honest:?}");
    }
    assert_eq!(
        upload(&mut bench, Some("image/jpeg")),
        "Content type not match image/jpeg != image/webp"
    );

    let file = |content_type: &str| json!({ "filename": "a", "content_type": content_type, "size_bytes": WEBP.len() });
    let path = "/v3/assets/direct-uploads";
    let answer = bench.post(path, &file("image/webp"));
    assert_eq!(message(&answer, "content_type"), unsupported);

    let slot = bench.post(path, &file("image/jpeg")).data();
    assert_eq!(bench.put(&slot, WEBP).status, 200);
    let answer = bench.complete(&slot);
    assert_eq!(
        message(&answer, "content_type"),
        "Content type not match image/jpeg != image/webp"
    );
}

/// A key that is blank is not the same as none.
#[test]
fn blank_idempotency_keys() {
    let mut bench = Bench::new();
    for blank in ["", " ", "\t "] {
        let key = [("idempotency-key", blank)];
        let answer = bench.post_with("/v3/folders", &json!({ "name": "f" }), &key);
        assert!(message(&answer, "Idempotency-Key").contains("Idempotency-Key"));
    }
    let folders = bench.post("/v3/folders", &json!({ "name": "f" })).data();
    assert_ne!(folders, Value::Null);
}
