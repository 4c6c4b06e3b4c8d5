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

    /// Hides the secrets in a text, in any letter case.
    pub(crate) fn hide(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.0 {
            // Another text of the same length, so that places in one are places in the other.
            let lower = text.to_ascii_lowercase();
            let (mut safe, mut shown) = (String::new(), 0);
            for (at, found) in lower.match_indices(&secret.to_ascii_lowercase()) {
                safe.push_str(&text[shown..at]);
                safe.push_str(HIDDEN);
                shown = at + found.len();
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
}
