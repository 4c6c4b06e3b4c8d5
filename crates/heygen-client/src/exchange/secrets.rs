//! Keeps the secrets of a request out of what the server says of it.

use heygen_types::{
    ApiError,
    secret::{HIDDEN, is_credential_header, is_secret_name, redacted},
};
use heygen_upload_core::Failure;
use http::Request;
use percent_encoding::percent_decode_str;

use super::words::SAID_MAX;

/// The shortest value of a query that is looked for: shorter ones are words that any text may have.
const LEN_MIN: usize = 6;

/// The longest number of a request that is kept, in characters.
const REQUEST_ID_MAX: usize = 128;

/// The secrets of one request, the longest first: one may be a part of another.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    /// Finds the credential, the idempotency key, and what signs the URL or the headers.
    pub(crate) fn of<B>(request: &Request<B>) -> Self {
        let mut found = Vec::new();
        for (name, value) in request.headers() {
            let name = name.as_str();
            let is_secret =
                value.is_sensitive() || is_secret_name(name) || name == "idempotency-key";
            if let (true, Ok(value)) = (is_secret, value.to_str()) {
                found.push(value.to_owned());
                // Behind the scheme of a credential.
                let bare = value
                    .rsplit(' ')
                    .next()
                    .filter(|_| is_credential_header(name));
                found.extend(bare.map(str::to_owned));
            }
        }
        let query = request.uri().query().unwrap_or_default();
        let pairs = || query.split('&').filter_map(|pair| pair.split_once('='));
        // Of a signed URL every part is worth hiding: together they are the permission.
        let is_signed = pairs().any(|(name, _)| name.to_ascii_lowercase().contains("sig"));
        for (name, value) in pairs() {
            if is_signed || is_secret_name(name) {
                found.push(value.to_owned());
                found.push(percent_decode_str(value).decode_utf8_lossy().into_owned());
            }
        }
        found.retain(|secret| secret.len() >= LEN_MIN);
        let mut secrets = Self::default();
        secrets.add(found);
        secrets
    }

    /// Adds those of a later request, and returns them all: where a redirect leads is told of what was
    /// sent before.
    pub(crate) fn and(&mut self, later: Self) -> Self {
        self.add(later.0);
        self.clone()
    }

    fn add(&mut self, found: Vec<String>) {
        self.0.extend(found);
        self.0
            .sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        self.0.dedup();
    }

    /// Hides the secrets in a text, in any letter case and as a URL, a page or JSON would escape them.
    pub(crate) fn hide(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.0 {
            let (mut safe, mut shown, mut at) = (String::new(), 0, 0);
            while at < text.len() {
                match len_of(&text.as_bytes()[at..], secret.as_bytes()) {
                    Some(len) => {
                        safe.push_str(&text[shown..at]);
                        safe.push_str(HIDDEN);
                        at += len;
                        shown = at;
                    }
                    None => at += 1,
                }
            }
            safe.push_str(&text[shown..]);
            text = safe;
        }
        text
    }

    /// Hides the secrets in what the API says, in its codes as well.
    pub(super) fn clean(&self, error: ApiError) -> ApiError {
        error.without(|text| self.hide(text).into())
    }

    /// Returns a text of a server as one short line without secrets.
    pub(crate) fn line(&self, text: &str, max: usize) -> String {
        let text = self.hide(text);
        let text: Vec<&str> = text.split_whitespace().collect();
        let text = redacted(&text.join(" ")).into_owned();
        let mut letters = text.chars().filter(|letter| !letter.is_control());
        let mut short: String = letters.by_ref().take(max).collect();
        if letters.next().is_some() {
            short.push('…');
        }
        short
    }

    /// Cleans what else a failure has of the server.
    pub(super) fn finish(&self, failure: &mut Failure) {
        if let Some(id) = &mut failure.request_id {
            *id = self.line(id, REQUEST_ID_MAX);
        }
        if let Some(said) = &mut failure.said {
            *said = self.line(said, SAID_MAX);
        }
    }
}

/// Returns how many bytes a secret takes at the beginning of a text, `None` when it is not there.
fn len_of(text: &[u8], secret: &[u8]) -> Option<usize> {
    let mut rest = text;
    for byte in secret {
        let is_written = rest.first()?.eq_ignore_ascii_case(byte);
        let len = if is_written {
            1
        } else {
            len_of_escape(rest, *byte)?
        };
        rest = &rest[len..];
    }
    Some(text.len() - rest.len())
}

/// Returns the length of an escape of a byte: `%2F`, `%252F`, `&#x2F;`, `&#47;`, `\\/` or `\\u002f`.
fn len_of_escape(text: &[u8], byte: u8) -> Option<usize> {
    let number = |digits: &[u8], radix| {
        let digits = str::from_utf8(digits).ok()?;
        u32::from_str_radix(digits, radix).ok()
    };
    let is_it = |value: Option<u32>| value == Some(u32::from(byte));
    let len = match text {
        [b'%', ..] => {
            // A percent sign that was escaped, any number of times.
            let twice = text[1..]
                .chunks(2)
                .take_while(|pair| *pair == b"25")
                .count();
            let at = 1 + 2 * twice;
            is_it(number(text.get(at..at + 2)?, 16)).then_some(at + 2)?
        }
        [b'&', b'#', digits @ ..] => {
            let end = digits.iter().take(8).position(|digit| *digit == b';')?;
            let value = match &digits[..end] {
                [b'x' | b'X', hex @ ..] => number(hex, 16),
                decimal => number(decimal, 10),
            };
            is_it(value).then_some(2 + end + 1)?
        }
        [b'\\', b'u', ..] => is_it(number(text.get(2..6)?, 16)).then_some(6)?,
        [b'\\', escaped, ..] => (*escaped == byte).then_some(2)?,
        _ => return None,
    };
    Some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_secret_of_a_request_is_hidden() {
        let request = Request::builder()
            .uri("https://s.example/k?X-Amz-Credential=AKIA%2F20260101&X-Amz-Signature=0a1b2c3d4e5f&a=b")
            .header("authorization", "Bearer top-secret-token")
            .header("idempotency-key", "3f2a.create.1")
            .header("accept", "application/json")
            .body(())
            .unwrap();
        let secrets = Secrets::of(&request);
        let shown = secrets.hide(
            "0A1B2C3D4E5F AKIA/20260101 AKIA%2F20260101 top-secret-token \"3f2a.create.1\" b application/json",
        );
        assert_eq!(shown, "… … … … \"…\" b application/json");
        assert_eq!(secrets.line("a\r\n b\tc", 3), "a b…");
    }

    #[test]
    fn an_escape_hides_no_secret() {
        let request = Request::builder()
            .uri("https://s.example/k?X-Amz-Security-Token=to%2Fken%3D%3D&X-Amz-Signature=0a1b2c3d")
            .header("authorization", "Bearer a/b+c=secret")
            .body(())
            .unwrap();
        let secrets = Secrets::of(&request);
        for shown in [
            "a%2Fb%2bc%3Dsecret",
            "a%252Fb%252Bc%253Dsecret",
            "a&#x2F;b&#43;c&#61;secret",
            r"a\/b+c\u003dsecret",
            "to%252Fken%253D%253D",
        ] {
            assert_eq!(secrets.hide(&format!("é {shown} é")), "é … é", "{shown}");
        }
        for other in ["a%2Fb%2", "a&#x2F;b&#", r"a\/b+c\u00", "%", "&", "\\"] {
            assert_eq!(secrets.hide(other), other);
        }
    }
}
