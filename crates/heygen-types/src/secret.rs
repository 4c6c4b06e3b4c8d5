//! What is secret, and how it is kept out of texts: decided here and nowhere else.
//!
//! Four things are secret: the caller's credential, the query of a URL that somebody signed, what
//! storage demands in headers beside it, and the secret of a webhook. Types that hold one hide it
//! in `Debug` and have no `Display`; they are [`PresignedUrl`](crate::PresignedUrl),
//! [`Url`](crate::Url), [`UploadHeaders`](crate::UploadHeaders),
//! [`WebhookSecret`](crate::webhooks::WebhookSecret) and, in `heygen-client`, the credentials.
//!
//! What comes from elsewhere as plain text, such as the message of a server, may repeat a secret
//! that it was sent. It goes through [`redacted`] before it is kept.

use alloc::{borrow::Cow, string::String};

mod text;

pub use text::redacted;

/// What stands in the place of a secret.
pub const HIDDEN: &str = "…";

/// Tells whether a header says who the caller is. Such a header goes to the API and never to
/// storage, whoever asks for it.
#[must_use]
pub fn is_credential_header(name: &str) -> bool {
    CREDENTIAL_HEADERS
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// Tells whether the value that goes by a name is secret: the name of a header, of a parameter in a
/// query, or of a field.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('_', "-");
    is_credential_header(&name) || SECRET_WORDS.iter().any(|word| name.contains(word))
}

/// Returns a URL up to its query. What is no `http` or `https` URL, or has a user name in it, is
/// hidden as a whole.
#[must_use]
pub fn without_query(url: &str) -> &str {
    let shown = url.split(['?', '#']).next().unwrap_or_default();
    match shown.split_once("://") {
        Some((scheme, rest))
            if ["http", "https"]
                .iter()
                .any(|known| scheme.eq_ignore_ascii_case(known))
                && !authority(rest).contains('@') =>
        {
            shown
        }
        _ => HIDDEN,
    }
}

/// Takes the quoted values out of the message of a parser, which says where it stopped and shows
/// what it found there.
#[must_use]
pub fn without_values(message: &str) -> Cow<'_, str> {
    // The one value that serde puts between other quotes; between these it names fields, too.
    const VARIANT: &str = "unknown variant `";
    if let Some((before, rest)) = message.split_once(VARIANT) {
        let after = rest.split_once('`').map_or("", |(_, after)| after);
        return Cow::Owned(alloc::format!("{before}{VARIANT}{HIDDEN}`{after}"));
    }
    if !message.contains('"') {
        return redacted(message);
    }
    let mut safe = String::new();
    let (mut is_inside, mut is_escaped) = (false, false);
    for letter in message.chars() {
        let is_quote = letter == '"' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        if is_quote {
            is_inside = !is_inside;
            if is_inside {
                safe.push('"');
                safe.push_str(HIDDEN);
            }
        }
        if !is_inside {
            safe.push(letter);
        }
    }
    Cow::Owned(safe)
}

/// Returns what stands between `://` and the path.
fn authority(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

const CREDENTIAL_HEADERS: [&str; 4] = [
    "x-api-key",
    "authorization",
    "proxy-authorization",
    "cookie",
];

/// A name that holds one of these is taken for that of a secret: rather one too many.
const SECRET_WORDS: [&str; 9] = [
    "signature",
    "token",
    "secret",
    "credential",
    "password",
    "api-key",
    "apikey",
    "authorization",
    "cookie",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_taken_out_of_the_messages_of_a_parser() {
        let message = r#"invalid type: string "CAN\"ARY, CANARY", expected u64 at line 1 column 9"#;
        assert_eq!(
            without_values(message),
            r#"invalid type: string "…", expected u64 at line 1 column 9"#
        );
        let variant = "unknown variant `CANARY`, expected `a` or `b` at line 1 column 2";
        assert_eq!(
            without_values(variant),
            "unknown variant `…`, expected `a` or `b` at line 1 column 2"
        );
        let unfinished = r#"invalid value: string "CANARY"#;
        assert!(!without_values(unfinished).contains("CANARY"));
        let missing = "missing field `asset_id` at line 1 column 2";
        assert_eq!(without_values(missing), missing);
    }

    #[test]
    fn urls_lose_their_query_and_what_is_none_is_hidden() {
        for (url, shown) in [
            (
                "https://b.test/k%2F?X-Amz-Signature=CANARY#f",
                "https://b.test/k%2F",
            ),
            ("HTTP://b.test", "HTTP://b.test"),
            ("https://b.test/a@b?c@d", "https://b.test/a@b"),
            ("https://u:CANARY@b.test/", HIDDEN),
            ("file:///CANARY", HIDDEN),
            ("CANARY", HIDDEN),
            ("", HIDDEN),
        ] {
            assert_eq!(without_query(url), shown);
        }
    }

    #[test]
    fn names_are_known_in_any_case() {
        assert!(is_credential_header("X-Api-Key") && !is_credential_header("x-amz-date"));
        for name in [
            "X-Amz-Security-Token",
            "Set-Cookie",
            "X-AMZ-SIGNATURE",
            "api_key",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["content-type", "x-amz-checksum-sha256", "key", "author"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
