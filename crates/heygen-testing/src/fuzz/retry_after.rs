//! `Retry-After`, as far as it is seen from outside: how long the client waits.

use std::time::Duration;

use heygen_client::types::users::GetCurrentUser;
use http::HeaderValue;

use super::canned::{self, Canned, NOW, answer};

/// The last moment that an HTTP date can name is in the year 9999.
const LAST: Duration = Duration::from_secs(253_402_300_800);

/// The bytes are the value of the header.
pub(super) fn run(bytes: &[u8]) {
    let value = bytes.to_vec();
    let server = Canned::new(move |_, _| answer(429, &[(b"retry-after", &value)], b""));
    canned::finish(server.client(2).send(&GetCurrentUser::new())).expect_err("429 is no success");
    let slept = server.slept();
    let [waited] = slept[..] else {
        panic!(
            "two attempts have one wait between them, not {}",
            slept.len()
        );
    };
    // What no header can hold was not sent, and what is not ASCII is no value.
    let value = HeaderValue::from_bytes(bytes).ok();
    let text = value.as_ref().and_then(|value| value.to_str().ok());
    let text = text.unwrap_or_default().trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(seconds) if is_number => assert_eq!(waited, Duration::from_secs(seconds)),
        _ if is_number || !text.contains(' ') => assert_eq!(waited, Duration::ZERO, "{text:?}"),
        _ => assert!(waited <= LAST - NOW, "{text:?} is {waited:?}"),
    }
}
