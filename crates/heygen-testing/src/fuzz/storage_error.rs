//! Refusals of the object storage: S3's XML, other markup, or anything.

use heygen_upload_core::Failure;

use super::Message;

/// The first line is the status, the body that of the answer.
pub(super) fn run(bytes: &[u8]) {
    let message = Message::read(bytes);
    let status = message.status();
    let failure = Failure::from_storage(status, message.body);
    assert_eq!((failure.status, &failure.api), (Some(status), &None));
    let _ = (failure.is_transient(), failure.says_too_large());
    assert!(!failure.to_string().is_empty());
    let Some(error) = failure.storage else {
        return;
    };
    assert!(!error.code.is_empty());
    assert_eq!(failure.request_id, error.request_id);
    for text in [
        error.code,
        error.message,
        error.request_id.unwrap_or_default(),
    ] {
        assert!(text.chars().count() <= 300, "{} characters", text.len());
        assert!(!text.chars().any(char::is_control), "{text:?}");
    }
}
