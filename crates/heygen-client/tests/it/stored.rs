//! Uploads that succeed, whatever is uploaded.

use heygen_client::Source;

use crate::script::{Answer, Sent};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

pub(crate) fn image(name: &str) -> Source {
    Source::bytes(name, PNG)
}

pub(crate) fn file_name(sent: &Sent) -> String {
    let body = String::from_utf8_lossy(&sent.body);
    let (_, rest) = body.split_once("filename=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

/// The asset that a file becomes is named after it.
pub(crate) fn asset(sent: &Sent) -> Answer {
    let head = sent
        .body
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap()
        + 4;
    let boundary = sent.body.iter().position(|&byte| byte == b'\r').unwrap();
    let size = sent.body.len() - head - boundary - "\r\n--\r\n".len();
    let name = file_name(sent);
    let mime = if name.ends_with("pdf") {
        "application/pdf"
    } else {
        "image/png"
    };
    Answer::json(
        200,
        format!(
            r#"{{"data":{{"asset_id":"id-{name}","mime_type":"{mime}","size_bytes":{size},"url":"https://f/a"}}}}"#
        ),
    )
}
