use alloc::{borrow::ToOwned as _, string::String};
use core::{fmt, str::FromStr};

use heygen_types::{Invalid, webhooks::WebhookSecret};
use zeroize::Zeroizing;

/// The secret of a webhook endpoint: the whole text that the API gave, prefix included.
///
/// `Debug` hides it, there is no way to read it back, and its memory is overwritten when it is
/// dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl TryFrom<String> for Secret {
    type Error = Invalid;

    /// Takes a text without spaces and control characters: the line end of the file that it was
    /// read from would make every signature wrong. The message of the error never contains it.
    fn try_from(text: String) -> Result<Self, Invalid> {
        let secret = Zeroizing::new(text);
        let problem = if secret.is_empty() {
            "is empty"
        } else if secret.contains(|c: char| c.is_whitespace() || c.is_control()) {
            "holds a space, a line end or a control character"
        } else {
            return Ok(Self(secret));
        };
        Err(Invalid::new("webhook secret", problem))
    }
}

impl FromStr for Secret {
    type Err = Invalid;

    /// Takes a text as [`try_from`](Self::try_from) does.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        Self::try_from(text.to_owned())
    }
}

impl TryFrom<&WebhookSecret> for Secret {
    type Error = Invalid;

    /// Takes what the API gave when the endpoint was created or its secret changed.
    fn try_from(secret: &WebhookSecret) -> Result<Self, Invalid> {
        secret.expose().parse()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}
