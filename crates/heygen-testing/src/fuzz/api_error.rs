//! Answers of the API: its envelope of errors, a gateway's page, or anything.

use heygen_client::{Error, types::users::GetCurrentUser};
use heygen_types::ErrorBody;

use super::{
    Message,
    canned::{self, Canned, KEY, answer},
};

/// The first line is the status; the headers and the body are those of the answer.
pub(super) fn run(bytes: &[u8]) {
    let message = Message::read(bytes);
    let status = message.status();
    let headers = message.headers.iter();
    let headers: Vec<_> = headers
        .map(|(name, value)| (name.to_vec(), value.to_vec()))
        .collect();
    let body = message.body.to_vec();
    let server = Canned::new(move |_, _| {
        let headers: Vec<_> = headers.iter().map(|(n, v)| (&n[..], &v[..])).collect();
        answer(status, &headers, &body)
    });
    let result = canned::finish(server.client(1).send(&GetCurrentUser::new()));
    match result {
        Ok(_) => assert!((200..300).contains(&status)),
        Err(error) => check(&error, status, message.body),
    }
}

fn check(error: &Error, status: u16, body: &[u8]) {
    assert_eq!(error.status(), Some(status));
    if !(200..300).contains(&status) {
        let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
        if let Ok(said) = serde_json::from_slice::<ErrorBody>(body)
            && !body.windows(KEY.len()).any(|text| text == KEY.as_bytes())
        {
            assert_eq!(error.api_error(), Some(&said.error.redacted()));
        }
    }
    assert!(
        !error.to_string().is_empty() && !error.code().is_empty() || error.api_error().is_some()
    );
    let shown = format!("{error:?} {error} {} {}", error.hint(), error.code());
    // A server that repeats the credential cannot make it show.
    assert!(!shown.contains(KEY));
}
