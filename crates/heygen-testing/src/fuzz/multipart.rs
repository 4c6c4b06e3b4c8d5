//! The client's multipart bodies, read by the emulator.

use std::sync::{Arc, Mutex};

use heygen_client::{Route, Source};
use heygen_emulator::Form;
use heygen_types::MediaType;
use http::header::CONTENT_TYPE;

use super::{
    Message,
    canned::{self, Canned, answer},
};

/// The first line is the name of the file, the body its content.
pub(super) fn run(bytes: &[u8]) {
    let message = Message::read(bytes);
    if message.body.is_empty() {
        return;
    }
    let name = message.text();
    let sent = Arc::new(Mutex::new(None));
    let received = Arc::clone(&sent);
    let server = Canned::new(move |head, body| {
        let content_type = head.headers[CONTENT_TYPE].to_str().expect("it is ASCII");
        let form = Form::parse(content_type, body.to_vec(), u64::MAX);
        *received.lock().expect("no target goes on after a panic") = Some(form);
        let stored = serde_json::json!({"data": {
            "asset_id": "a", "mime_type": "image/png", "url": "https://files.example/a",
            "size_bytes": body.len(),
        }});
        answer(200, &[], stored.to_string().as_bytes())
    });
    let source = Source::bytes(name.clone(), message.body.to_vec());
    let upload = server.client(1).assets().upload(source);
    let upload = upload.route(Route::Single).media_type(MediaType::Png);
    // What was stored has the size of the whole body here, which the client has to notice.
    canned::finish(upload.into_future()).expect_err("the sizes differ");

    let form = sent.lock().expect("no target goes on after a panic").take();
    let file = form
        .expect("the file was sent")
        .expect("the body is a form")
        .file;
    let file = file.expect("the form has a file");
    assert_eq!(
        &file.content.read().expect("it is in memory")[..],
        message.body
    );
    let is_plain = |c: char| !c.is_control() && !['"', '\\'].contains(&c);
    if !name.is_empty() && name.chars().all(is_plain) {
        assert_eq!(file.filename, name);
    }
}
