use std::io::{self, Read, Write};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{
    head::Head,
    multipart::file_part,
    store::{Slot, Store},
    wire::Wire,
};

/// The largest body that is kept in memory: a file in one request.
const KEPT_MAX: u64 = 64 * 1024 * 1024;

/// What goes back to the client.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: &'static str,
    pub(super) body: String,
}

impl Answer {
    fn data(data: &Value) -> Self {
        Self {
            status: "200 OK",
            body: json!({ "data": data }).to_string(),
        }
    }

    fn refusal(status: &'static str, message: &str) -> Self {
        let error = json!({ "error": { "code": "invalid_parameter", "message": message } });
        Self {
            status,
            body: error.to_string(),
        }
    }
}

/// Reads the body of a request and says what the answer is.
pub(super) fn answer<S: Read + Write>(
    wire: &mut Wire<S>,
    head: &Head,
    store: &Store,
) -> io::Result<Answer> {
    if head.has_body() && head.length().is_none() {
        return Ok(Answer::refusal(
            "411 Length Required",
            "the body has no length",
        ));
    }
    if head.expects_continue() {
        wire.send_continue()?;
    }
    let length = head.length().unwrap_or(0);
    if let Some(id) = head.path.strip_prefix("/storage/") {
        wire.discard_body(length)?;
        store.fill(id, length);
        store.count(length);
        return Ok(Answer {
            status: "200 OK",
            body: String::new(),
        });
    }
    if length > KEPT_MAX {
        wire.discard_body(length)?;
        return Ok(Answer::refusal(
            "413 Content Too Large",
            "the body is too large",
        ));
    }
    let body = wire.read_body(length)?;
    let answer = match (head.method.as_str(), head.path.as_str()) {
        ("POST", "/v3/assets") => upload(head, &body, store),
        ("POST", "/v3/assets/direct-uploads") => create(&body, store),
        ("POST", path) => complete(path, store),
        ("GET", "/counts") => {
            let (files, bytes) = store.counts();
            Some(Answer::data(&json!({ "files": files, "bytes": bytes })))
        }
        _ => None,
    };
    Ok(answer.unwrap_or_else(|| Answer::refusal("400 Bad Request", "the request makes no sense")))
}

fn upload(head: &Head, body: &[u8], store: &Store) -> Option<Answer> {
    let part = file_part(head.header("content-type")?, body)?;
    let size = part.content.len() as u64;
    store.count(size);
    let id = store.new_id();
    Some(Answer::data(&json!({
        "url": file_url(store, &id),
        "asset_id": id,
        "mime_type": media_type(part.content),
        "size_bytes": size,
    })))
}

fn create(body: &[u8], store: &Store) -> Option<Answer> {
    let request: Value = serde_json::from_slice(body).ok()?;
    let media_type = request["content_type"].as_str()?;
    let mut headers = json!({ "content-type": media_type });
    if let Some(hex) = request["checksum_sha256"].as_str() {
        headers["x-amz-checksum-sha256"] = STANDARD.encode(from_hex(hex)?).into();
    }
    let id = store.new_id();
    let slot = Slot {
        media_type: media_type.to_owned(),
        declared_bytes: request["size_bytes"].as_u64()?,
        stored_bytes: None,
    };
    store.open(&id, slot);
    Some(Answer::data(&json!({
        "upload_url": format!("{}/storage/{id}", store.url()),
        "asset_id": id,
        "upload_headers": headers,
        "expires_in_seconds": 3600,
        "max_bytes": 5_u64 << 30,
        "status": "pending_upload",
    })))
}

fn complete(path: &str, store: &Store) -> Option<Answer> {
    let id = path
        .strip_prefix("/v3/assets/")?
        .strip_suffix("/complete")?;
    let slot = store.slot(id)?;
    if slot.stored_bytes != Some(slot.declared_bytes) {
        return Some(Answer::refusal("409 Conflict", "the file is not there"));
    }
    Some(Answer::data(&json!({
        "url": file_url(store, id),
        "asset_id": id,
        "mime_type": slot.media_type,
        "size_bytes": slot.declared_bytes,
        "status": "processing",
    })))
}

fn file_url(store: &Store, id: &str) -> String {
    format!("{}/files/{id}", store.url())
}

/// Tells the two types apart that the benchmarks send.
fn media_type(content: &[u8]) -> &'static str {
    if content.starts_with(b"\x89PNG") {
        "image/png"
    } else {
        "video/mp4"
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{from_hex, media_type};

    #[test]
    fn hex_becomes_bytes() {
        assert_eq!(from_hex("00ff"), Some(vec![0, 255]));
        assert_eq!(from_hex("0g"), None);
    }

    #[test]
    fn media_types_are_told_apart() {
        assert_eq!(media_type(b"\x89PNG\r\n"), "image/png");
        assert_eq!(media_type(b"\0\0\0\x18ftyp"), "video/mp4");
    }
}
