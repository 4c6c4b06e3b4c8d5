/// The header with the signature: the HMAC-SHA256 of the raw body, as 64 hexadecimal digits.
pub const SIGNATURE_HEADER: &str = "Heygen-Signature";

/// The header with the time of the delivery, in seconds since the Unix epoch.
pub const TIMESTAMP_HEADER: &str = "Heygen-Timestamp";

/// The header with the id of the event, the same for every delivery of it.
pub const EVENT_ID_HEADER: &str = "Heygen-Event-Id";

/// Older names of the header with the signature, for
/// [`Verifier::with_older_headers`](crate::Verifier::with_older_headers).
pub const OLDER_SIGNATURE_HEADERS: [&str; 2] = ["Signature", "X-HeyGen-Signature"];

/// Makes a list of headers something that [`Verifier::verify`](crate::Verifier::verify) can look
/// them up in. Names are compared without letter case; of several headers with one name the first
/// counts.
///
/// ```
/// let find = heygen_webhooks::headers(&[("heygen-event-id", "evt_1")]);
/// assert_eq!(find("Heygen-Event-Id"), Some("evt_1"));
/// assert_eq!(find("Heygen-Signature"), None);
/// ```
pub fn headers<'h, N, V>(pairs: &'h [(N, V)]) -> impl Fn(&str) -> Option<&'h str>
where
    N: AsRef<str>,
    V: AsRef<str>,
{
    move |wanted| {
        pairs
            .iter()
            .find(|(name, _)| name.as_ref().eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.as_ref())
    }
}
