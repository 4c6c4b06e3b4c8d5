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

/// Takes out of a text what may be secret in it: query and fragment of every URL, a user name before
/// a host, what follows `Bearer` or `Basic`, and the values of secret names.
#[must_use]
pub fn redacted(text: &str) -> Cow<'_, str> {
    let mut safe = String::new();
    // What makes the next word a secret.
    let mut name_before = false;
    let mut hides_next = false;
    // The text is within the query of a URL, which separators do not end.
    let mut is_in_query = false;
    for piece in text.split_inclusive(is_delimiter) {
        let word = piece.trim_end_matches(is_delimiter);
        let delimiter = &piece[word.len()..];
        if is_in_query {
            is_in_query = !ends_url(delimiter);
            if !is_in_query {
                safe.push_str(delimiter);
            }
            continue;
        }
        let is_assignment = matches!(word, ":" | "=");
        if word.is_empty() {
            safe.push_str(delimiter);
            continue;
        }
        if hides_next && !is_assignment && !is_scheme(word) {
            safe.push_str(HIDDEN);
        } else {
            is_in_query = push_word(&mut safe, word) && !ends_url(delimiter);
        }
        if !is_in_query {
            safe.push_str(delimiter);
        }
        let name = word.trim_end_matches([':', '=']);
        let is_named = if name.is_empty() {
            name_before || hides_next
        } else {
            is_secret_name(name) && name.len() < word.len()
        };
        hides_next = is_named || is_scheme(word);
        name_before = is_secret_name(word);
    }
    if safe == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(safe)
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

/// Adds a word without what is secret in it. Tells whether its query was left out, and so what
/// follows belongs to it.
fn push_word(safe: &mut String, word: &str) -> bool {
    let word = match word.split_once("://") {
        // A user name, with or without a password.
        Some((scheme, rest)) if authority(rest).contains('@') => {
            let host = authority(rest).rsplit('@').next().unwrap_or_default();
            safe.push_str(scheme);
            safe.push_str("://");
            safe.push_str(HIDDEN);
            safe.push('@');
            &rest[authority(rest).len() - host.len()..]
        }
        _ => word,
    };
    let is_url = word.contains("://") || word.starts_with('/') || safe.ends_with('@');
    let end = word.find(|letter| letter == '?' || (is_url && letter == '#'));
    if let Some(end) = end.filter(|end| is_url || word[*end..].contains('=')) {
        let (shown, hidden) = word.split_at(end + 1);
        safe.push_str(shown);
        if !hidden.is_empty() {
            safe.push_str(HIDDEN);
        }
        return true;
    }
    match word.split_once(['=', ':']) {
        Some((name, value)) if !value.is_empty() && is_secret_name(name) => {
            safe.push_str(&word[..=name.len()]);
            safe.push_str(HIDDEN);
        }
        _ => safe.push_str(word),
    }
    false
}

/// Tells whether a delimiter can stand in no URL.
fn ends_url(delimiter: &str) -> bool {
    delimiter.is_empty() || delimiter.contains(|c: char| c.is_whitespace() || "\"'`<>".contains(c))
}

fn authority(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

fn is_scheme(word: &str) -> bool {
    word.eq_ignore_ascii_case("bearer") || word.eq_ignore_ascii_case("basic")
}

fn is_delimiter(letter: char) -> bool {
    letter.is_whitespace() || "\"'`<>()[]{},;&".contains(letter)
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
    fn secrets_are_taken_out_of_texts() {
        for (text, safe) in [
            (
                "cannot fetch https://b.s3.test/k.mp4?X-Amz-Signature=CANARY.",
                "cannot fetch https://b.s3.test/k.mp4?…",
            ),
            (
                "see <https://u:CANARY@h.test/a?CANARY> and /b?x=CANARY, please",
                "see <https://…@h.test/a?…> and /b?… please",
            ),
            (
                "no https://c.test/f.mp4?sv=2022&sig=CANARY; or (https://c.test/?a,CANARY) there",
                "no https://c.test/f.mp4?… or (https://c.test/?… there",
            ),
            (
                r#"{"url":"https://h.test/#access_token=CANARY&b","n":1}"#,
                r#"{"url":"https://h.test/#…","n":1}"#,
            ),
            ("https://h.test/?&CANARY end", "https://h.test/? end"),
            ("HTTPS://H.TEST/?CANARY", "HTTPS://H.TEST/?…"),
            (
                "Authorization: Bearer CANARY is bad",
                "Authorization: Bearer … is bad",
            ),
            ("bearer CANARY", "bearer …"),
            ("x-api-key: CANARY", "x-api-key: …"),
            ("x-api-key=CANARY&b=2", "x-api-key=…&b=2"),
            (r#"{"api_key":"CANARY","n":1}"#, r#"{"api_key":"…","n":1}"#),
            (r#"{"upload_token": "CANARY"}"#, r#"{"upload_token": "…"}"#),
            ("X-Amz-Credential=CANARY", "X-Amz-Credential=…"),
        ] {
            assert_eq!(redacted(text), safe);
            assert!(!redacted(text).contains("CANARY"), "{text}");
        }
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        for text in [
            "",
            "Really? Yes: the token is missing.",
            "the API key was refused; Authorization failed",
            "video 16:9 at https://api.heygen.com/v3/videos",
            "a = b, c: d",
            "pages 1-2, \"quoted\" and (bracketed)",
            "größe: 3 MB — naïve",
        ] {
            assert_eq!(redacted(text), text);
        }
    }

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
