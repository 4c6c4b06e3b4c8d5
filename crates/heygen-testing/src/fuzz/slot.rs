//! Where the API says that the bytes go: the client must not be led astray by it.

use std::sync::{Arc, Mutex};

use heygen_client::{Checksum, Destination, Route, Source};
use heygen_types::{ByteSize, MediaType, PresignedUrl, UploadHeaders, assets::UploadSlot};
use http::{Method, request::Parts};

use super::{
    Message,
    canned::{self, Canned, KEY, answer},
};

/// The first line is the URL; the headers are those that the PUT is to have.
pub(super) fn run(bytes: &[u8]) {
    let message = Message::read(bytes);
    let slot = slot(&message);
    let asked = slot.clone();
    let content = &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..];
    let puts = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&puts);
    let server = Canned::new(move |head, _| match &head.method {
        &Method::PUT => {
            check(head, &asked);
            *counted.lock().expect("no target goes on after a panic") += 1;
            answer(200, &[], b"")
        }
        _ if head.uri.path().ends_with("/complete") => {
            let done = serde_json::json!({"data": {
                "asset_id": "a", "mime_type": "image/png", "url": "https://files.example/a",
                "size_bytes": content.len(), "status": "completed",
            }});
            answer(200, &[], done.to_string().as_bytes())
        }
        _ => {
            // Not by way of a map: there a header that is named twice comes once already.
            let slot = serde_json::to_string(&asked).expect("a slot is plain data");
            answer(200, &[], format!("{{\"data\":{slot}}}").as_bytes())
        }
    });
    let source = Source::bytes("a.png", content);
    let upload = server.client(1).assets().upload(source);
    let upload = upload
        .route(Route::Direct)
        .checksum(Checksum::Off)
        .media_type(MediaType::Png);
    let result = canned::finish(upload.into_future());
    let puts = *puts.lock().expect("no target goes on after a panic");
    assert_eq!(puts, u32::from(result.is_ok()), "{result:?}");
    if let Err(error) = result {
        let shown = format!("{error:?} {error}");
        assert!(!shown.contains("X-Amz-Signature"), "{shown}");
    }
}

fn slot(message: &Message<'_>) -> UploadSlot {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let url = PresignedUrl::new(message.text());
    let id = "a".parse().expect("it is an id");
    let mut slot = UploadSlot::new(id, url, 3_600, ByteSize::new(1_000));
    let headers = message.headers.iter();
    slot.upload_headers = headers.fold(UploadHeaders::new(), |headers, (name, value)| {
        headers.with(text(name), text(value))
    });
    slot
}

/// Holds a PUT to what was asked for, and to what must never go to storage.
fn check(head: &Parts, slot: &UploadSlot) {
    let destination = head.extensions.get::<Destination>();
    assert_eq!(destination, Some(&Destination::Storage));
    let uri = head.uri.to_string();
    let (host, path) = split(slot.upload_url.expose());
    // Schemes and hosts have no letter case, and where there is no path it is written as a slash.
    let slash = if path.starts_with('?') { "/" } else { "" };
    let asked = format!("{host}{slash}{path}");
    assert!(
        uri.eq_ignore_ascii_case(&asked) && uri.ends_with(path),
        "{uri} is not {asked}"
    );
    assert_eq!(head.uri.scheme_str(), Some("https"));
    for (name, value) in &head.headers {
        let value = value.as_bytes();
        let same = |(known, _): &(&str, &str)| known.eq_ignore_ascii_case(name.as_str());
        // Of a member that JSON names twice the last one counts.
        let asked = slot.upload_headers.iter().filter(same).last();
        assert_eq!(
            asked.map(|(_, value)| value.as_bytes()),
            Some(value),
            "{name} was not asked for"
        );
        assert!(
            !value.windows(KEY.len()).any(|text| text == KEY.as_bytes()),
            "{name}"
        );
    }
}

/// Splits a URL behind its host.
fn split(url: &str) -> (&str, &str) {
    let host = url.find("://").map_or(0, |end| end + 3);
    let path = url[host..].find(['/', '?']);
    url.split_at(path.map_or(url.len(), |path| host + path))
}
