//! The check of presigned URLs: nothing but what was signed gets through.

use std::collections::BTreeSet;

use heygen_types::{Data, assets::UploadSlot};
use http::request::Parts;
use url::form_urlencoded;

use super::{
    Message,
    canned::NOW,
    emulator::{core, head, play},
};

/// The request that makes the URL.
const CREATE: &[u8] = b"POST /v3/assets/direct-uploads\ncontent-type: application/json\n\n\
    {\"filename\":\"a.png\",\"content_type\":\"image/png\",\"size_bytes\":4,\
    \"checksum_sha256\":\"3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7\"}";

/// The bytes are the head of a request to storage and its body.
pub(super) fn run(bytes: &[u8]) {
    let message = Message::read(bytes);
    let Some(head) = head(&message) else { return };
    if !head.uri.path().starts_with("/storage/") {
        return;
    }
    let mut core = core();
    let created = play(&mut core, CREATE);
    let [(200, slot)] = &created[..] else {
        panic!("the slot is not made: {created:?}");
    };
    let slot: Data<UploadSlot> = serde_json::from_slice(slot).expect("it is a slot");
    let reply = core.handle(NOW, &head, message.body.to_vec());
    let response = reply.into_response().expect("it has no faults");
    if response.status().is_success() {
        check(&head, message.body, &slot.data);
    }
}

/// Holds what storage accepted to what was signed.
fn check(head: &Parts, body: &[u8], slot: &UploadSlot) {
    assert_eq!((&head.method, body.len()), (&http::Method::PUT, 4));
    let signed = slot.upload_url.expose();
    let (path, query) = signed.split_once('?').expect("a presigned URL has a query");
    assert!(
        path.ends_with(head.uri.path()),
        "{} is not {path}",
        head.uri.path()
    );
    let pairs = |query: &str| -> BTreeSet<(String, String)> {
        let pairs = form_urlencoded::parse(query.as_bytes());
        pairs.into_owned().collect()
    };
    assert_eq!(pairs(head.uri.query().unwrap_or_default()), pairs(query));
    for (name, value) in slot.upload_headers.iter() {
        let sent: Vec<_> = head.headers.get_all(name).iter().collect();
        assert_eq!(sent, [value], "{name}");
    }
}
