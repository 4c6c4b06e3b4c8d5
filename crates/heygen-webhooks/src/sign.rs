use alloc::string::{String, ToString as _};

use heygen_types::Sha256Digest;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::Secret;

/// Returns the signature of a body as HeyGen writes it: 64 hexadecimal digits in lower case.
///
/// For servers that play HeyGen in a test. A receiver wants [`Verifier`](crate::Verifier), which
/// compares in constant time.
///
/// ```
/// let secret = "whsec_0123".parse()?;
/// assert_eq!(
///     heygen_webhooks::sign(&secret, b"{}"),
///     "6bcabb2b0aea6ba183451f8c15d42c0d518c035263ce15c35659903013b5a928",
/// );
/// # Ok::<(), heygen_types::Invalid>(())
/// ```
#[must_use]
pub fn sign(secret: &Secret, body: &[u8]) -> String {
    let code = mac(secret, body).finalize().into_bytes();
    Sha256Digest::from_bytes(code.into()).to_string()
}

/// Returns the message authentication code of a body, still to be taken out or compared.
pub(crate) fn mac(secret: &Secret, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(body);
    mac
}
