use std::time::Duration;

use heygen_webhooks::{
    Delivery, EVENT_ID_HEADER, SIGNATURE_HEADER, Secret, TIMESTAMP_HEADER, Verifier, VerifyError,
    headers,
};

pub(crate) const CURRENT: &str = "whsec_current";
pub(crate) const PREVIOUS: &str = "whsec_previous";

/// The body whose signatures follow.
pub(crate) const BODY: &[u8] = br#"{"event_type":"avatar_video.success","event_data":{"video_id":"v1","url":"https://files.example/v1.mp4?X-Amz-Signature=query-secret"}}"#;

/// Made with `openssl dgst -sha256 -hmac whsec_current`.
pub(crate) const BY_CURRENT: &str =
    "d0842f567230fec4f62ee5ddac594518ff6e6a528a9e4dd0c8e05b7e8cf81cf6";
/// Made with `openssl dgst -sha256 -hmac whsec_previous`.
pub(crate) const BY_PREVIOUS: &str =
    "adf647c3788c310b6af0cc997e5e373d590cfdd95b5621a93eb751ff8a45cbba";

/// The time of the receiver in these tests.
pub(crate) const NOW: Duration = Duration::from_secs(1_767_225_600);

pub(crate) fn secret(text: &str) -> Secret {
    text.parse().unwrap()
}

pub(crate) fn verifier() -> Verifier {
    Verifier::new(secret(CURRENT))
}

/// A request that can be changed before it is checked.
pub(crate) struct Request {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// A good one.
    pub(crate) fn new() -> Self {
        Self {
            headers: vec![
                (SIGNATURE_HEADER.to_owned(), BY_CURRENT.to_owned()),
                (TIMESTAMP_HEADER.to_owned(), NOW.as_secs().to_string()),
                (EVENT_ID_HEADER.to_owned(), "evt_1".to_owned()),
            ],
            body: BODY.to_vec(),
        }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(kept, _)| kept != name);
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn check(&self, verifier: &Verifier) -> Result<Delivery<'_>, VerifyError> {
        verifier.verify(NOW, headers(&self.headers), &self.body)
    }
}
