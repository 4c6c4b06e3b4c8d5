use alloc::string::String;

use heygen_types::secret::redacted;

/// The longest message kept of a storage error, in characters.
const MESSAGE_MAX: usize = 300;

/// What the object storage says when it refuses a request.
///
/// Only the code, the message and the request id are read: the rest of such a document can repeat
/// parts of the presigned URL.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StorageError {
    /// The code, such as `SignatureDoesNotMatch`.
    pub code: String,
    /// What happened, in a sentence.
    pub message: String,
    /// The storage's own number of the request.
    pub request_id: Option<String>,
    /// Whether the answer says that the URL is past its life.
    pub expired: bool,
}

impl StorageError {
    /// Reads an S3 error document. Anything else gives `None`.
    #[must_use]
    pub fn parse(body: &[u8]) -> Option<Self> {
        let text = core::str::from_utf8(body).ok()?;
        let (_, error) = text.split_once("<Error>")?;
        let code = element(error, "Code").filter(|code| !code.is_empty())?;
        let message = element(error, "Message").unwrap_or_default();
        // S3 has one code for many refusals; an expired URL is told by these two alone.
        let expired = code == "ExpiredToken"
            || code == "AccessDenied"
                && (error.contains("<Expires>") || message.contains("expired"));
        Some(Self {
            request_id: element(error, "RequestId").filter(|id| !id.is_empty()),
            code,
            message,
            expired,
        })
    }
}

/// Returns the text of the first element of this name, its entities resolved.
fn element(xml: &str, name: &str) -> Option<String> {
    let start = xml.find(&alloc::format!("<{name}>"))? + name.len() + 2;
    let length = xml[start..].find(&alloc::format!("</{name}>"))?;
    let text = xml[start..start + length]
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
    let printable = text.trim().chars().filter(|c| !c.is_control());
    let printable: String = printable.take(MESSAGE_MAX).collect();
    Some(redacted(&printable).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expired_url_is_told_from_other_refusals() {
        let expired = br#"<?xml version="1.0" encoding="UTF-8"?>
            <Error><Code>AccessDenied</Code><Message>Request has expired</Message>
            <X-Amz-Expires>60</X-Amz-Expires><Expires>2026-01-01T00:00:00Z</Expires>
            <ServerTime>2026-01-01T00:01:00Z</ServerTime><RequestId>R1</RequestId></Error>"#;
        let error = StorageError::parse(expired).unwrap();
        assert_eq!(error.code, "AccessDenied");
        assert_eq!(error.request_id.as_deref(), Some("R1"));
        assert!(error.expired);

        let other = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>";
        assert!(!StorageError::parse(other).unwrap().expired);
    }

    #[test]
    fn entities_are_resolved_and_control_characters_dropped() {
        let body =
            b"<Error><Code>X</Code><Message>a &lt;b&gt; &amp;amp; \x1b[31mc</Message></Error>";
        assert_eq!(
            StorageError::parse(body).unwrap().message,
            "a <b> &amp; [31mc"
        );
    }

    #[test]
    fn what_is_no_error_document_is_not_read() {
        for body in [
            &b""[..],
            b"<html><body>502 Bad Gateway</body></html>",
            b"<Error><Code></Code></Error>",
            b"<Error><Code>X",
            b"\xff\xfe<Error>",
            br#"{"error":{"code":"x"}}"#,
        ] {
            assert_eq!(StorageError::parse(body), None);
        }
    }
}
