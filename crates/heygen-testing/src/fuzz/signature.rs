//! The signature of a webhook delivery.

use std::time::Duration;

use heygen_webhooks::{SIGNATURE_HEADER, Secret, TIMESTAMP_HEADER, Verifier, headers, sign};

use super::Message;

/// The first line is the time of the receiver; headers and body are those of the delivery.
pub(super) fn run(bytes: &[u8]) {
    let message = Message::read(bytes);
    let secret = |text: &str| -> Secret { text.parse().expect("it is a secret") };
    let (current, previous) = (secret("whsec_current"), secret("whsec_previous"));
    let now = message.text().parse().unwrap_or(1_767_225_600);
    let pairs: Vec<(&str, &str)> = message.headers.iter().filter_map(text).collect();
    let verifiers = [
        Verifier::new(current.clone()),
        Verifier::new(current.clone()).with_previous(previous.clone()),
        Verifier::new(current.clone())
            .without_time_window()
            .with_older_headers(),
    ];
    let good = [sign(&current, message.body), sign(&previous, message.body)];
    for verifier in &verifiers {
        let result = verifier.verify(Duration::from_secs(now), headers(&pairs), message.body);
        if let Ok(delivery) = result {
            assert_eq!(delivery.body(), message.body);
            let expected = &good[usize::from(delivery.is_signed_by_previous())];
            let mut values = pairs.iter().map(|(_, value)| value);
            assert!(values.any(|value| value.eq_ignore_ascii_case(expected)));
        }
    }
    // What is signed verifies, whatever it says.
    let now_text = now.to_string();
    let signed = [
        (SIGNATURE_HEADER, good[0].as_str()),
        (TIMESTAMP_HEADER, &now_text),
    ];
    let result = verifiers[0].verify(Duration::from_secs(now), headers(&signed), message.body);
    assert!(result.is_ok_and(|delivery| !delivery.is_signed_by_previous()));
}

fn text<'a>((name, value): &(&'a [u8], &'a [u8])) -> Option<(&'a str, &'a str)> {
    Some((str::from_utf8(name).ok()?, str::from_utf8(value).ok()?))
}
