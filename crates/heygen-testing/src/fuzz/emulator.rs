//! The emulator, request by request.

use std::{path::Path, time::Duration};

use heygen_emulator::{Action, Core, Settings};
use heygen_types::Json;
use http::{HeaderName, HeaderValue, Request, Response, Uri, request::Parts};

use super::{
    Message,
    canned::{KEY, NOW},
};

/// Between two requests of one input.
const BREAK: &[u8] = b"\n----\n";

/// The bytes are requests, with a break between them: the first line is method and path.
pub(super) fn run(bytes: &[u8]) {
    let mut core = core();
    let _ = play(&mut core, bytes);
    let log: Vec<_> = core.requests().collect();
    let shown = format!("{core:?} {log:?}");
    let is_in_request = bytes.windows(KEY.len()).any(|text| text == KEY.as_bytes());
    assert!(is_in_request || !shown.contains(KEY), "the key shows");
    let _ = (
        core.assets(NOW),
        core.take_deliveries(NOW),
        core.next_delivery(),
    );
    let saved = core.save();
    let again = core.restore(&saved, Path::new("")).map(|()| core.save());
    assert_eq!(again.ok(), Some(saved), "what is saved is restored");
}

/// Makes the core that the requests are for: equal for every input, so that the ids and
/// signatures in a corpus stay good.
///
/// # Panics
///
/// Never: the settings are good.
#[must_use]
pub fn core() -> Core {
    let mut settings = Settings::default();
    settings.json_max_bytes = 64 * 1024;
    settings.api_key = Some(KEY.into());
    Core::new(settings).expect("the default settings are good")
}

/// Sends requests, a second apart, and returns what they were answered.
///
/// # Panics
///
/// When an answer is none that a server may give.
pub fn play(core: &mut Core, bytes: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let mut now = NOW;
    let mut answers = Vec::new();
    for request in split(bytes) {
        let message = Message::read(request);
        let Some(head) = head(&message) else { continue };
        let reply = core.handle(now, &head, message.body.to_vec());
        if let Action::Answer(response) = &reply.action {
            check(&head, response);
        }
        if let Some(response) = reply.into_response() {
            let body = response.body().read().expect("it is in memory");
            answers.push((response.status().as_u16(), body.to_vec()));
        }
        now += Duration::from_secs(1);
    }
    answers
}

fn split(bytes: &[u8]) -> Vec<&[u8]> {
    let mut requests = Vec::new();
    let mut rest = bytes;
    while let Some(end) = rest.windows(BREAK.len()).position(|text| text == BREAK) {
        requests.push(&rest[..end]);
        rest = &rest[end + BREAK.len()..];
    }
    requests.push(rest);
    requests
}

/// Makes the head of a request, as a server would hand it on: with a host and the length.
pub(super) fn head(message: &Message<'_>) -> Option<Parts> {
    let space = message.line.iter().position(|byte| *byte == b' ')?;
    let method = http::Method::from_bytes(&message.line[..space]).ok()?;
    let uri = Uri::try_from(message.line[space + 1..].trim_ascii()).ok()?;
    let request = Request::builder().method(method).uri(uri);
    let mut head = request.body(()).ok()?.into_parts().0;
    for (name, value) in &message.headers {
        let name = HeaderName::from_bytes(name).ok()?;
        head.headers
            .append(name, HeaderValue::from_bytes(value).ok()?);
    }
    let defaults = [
        ("host", HeaderValue::from_static("127.0.0.1")),
        ("content-length", HeaderValue::from(message.body.len())),
        ("x-api-key", HeaderValue::from_static(KEY)),
    ];
    // The credential is not for storage.
    let is_storage = head.uri.path().starts_with("/storage/");
    for (name, value) in &defaults[..defaults.len() - usize::from(is_storage)] {
        if !head.headers.contains_key(*name) {
            head.headers.insert(*name, value.clone());
        }
    }
    Some(head)
}

/// Holds an answer to what every answer has to be.
fn check(head: &Parts, response: &Response<heygen_emulator::Payload>) {
    let status = response.status();
    let body = response.body().read().expect("it is in memory");
    let text = String::from_utf8_lossy(&body);
    assert!(
        !status.is_server_error() || status == 501,
        "{status} {text}"
    );
    if head.uri.path().starts_with("/storage/") {
        let is_document = text.contains("<Error><Code>");
        assert!(
            status.as_u16() < 400 || head.method == "HEAD" || is_document,
            "{status} {text}"
        );
        return;
    }
    let envelope: Json = match serde_json::from_slice(&body) {
        Ok(envelope) => envelope,
        Err(error) => panic!("{status} {text} is no JSON: {error}"),
    };
    let expected = if status.is_success() { "data" } else { "error" };
    assert!(envelope.member(expected).is_some(), "{status} {text}");
}
