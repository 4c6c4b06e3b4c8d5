//! What a failure is, from status and body alone.

use heygen_types::ApiError;
use heygen_upload_core::{Failure, FailureKind, StorageError};

use crate::harness::{api, kind, status, storage};

#[test]
fn statuses_that_pass_are_transient_whatever_the_body() {
    for passing in [408, 425, 429, 500, 502, 503, 504, 507, 520, 599] {
        assert!(status(passing).is_transient(), "{passing}");
        assert!(api(passing, "internal_error").is_transient());
        assert!(storage(passing, "Anything").is_transient());
    }
    for lasting in [300, 304, 400, 401, 403, 404, 409, 413, 422, 451, 501, 505] {
        assert!(!api(lasting, "internal_error").is_transient(), "{lasting}");
        assert!(!storage(lasting, "Anything").is_transient(), "{lasting}");
        // An intermediary may change its mind, but not about a redirect, a size or a version.
        let passes = !matches!(lasting, 300 | 304 | 413 | 501 | 505);
        assert_eq!(status(lasting).is_transient(), passes, "{lasting}");
    }
}

#[test]
fn codes_of_storage_that_pass_are_transient_under_any_status() {
    for code in [
        "IncompleteBody",
        "RequestTimeout",
        "SlowDown",
        "InternalError",
        "OperationAborted",
    ] {
        assert!(storage(400, code).is_transient(), "{code}");
    }
    for code in [
        "BadDigest",
        "AccessDenied",
        "InvalidRequest",
        "EntityTooLarge",
    ] {
        assert!(!storage(400, code).is_transient(), "{code}");
    }
}

#[test]
fn kinds_that_pass_are_those_of_the_line() {
    for passing in [
        FailureKind::Connect,
        FailureKind::Interrupted,
        FailureKind::AnswerTimeout,
        FailureKind::Stall,
        FailureKind::LocalResources,
    ] {
        assert!(kind(passing).is_transient(), "{passing}");
    }
    for lasting in [
        FailureKind::Unreadable,
        FailureKind::WrongAsset,
        FailureKind::Intermediary,
        FailureKind::Untrusted,
        FailureKind::Incompatible,
        FailureKind::Unsendable,
        FailureKind::Credential,
        FailureKind::SourceChanged,
        FailureKind::SourceUnreadable,
        FailureKind::Answer,
    ] {
        assert!(!kind(lasting).is_transient(), "{lasting}");
    }
    assert!(kind(FailureKind::Stall).is_timeout());
    assert!(!kind(FailureKind::Interrupted).is_timeout());
}

#[test]
fn too_large_is_said_in_several_ways() {
    let worded = |status, message: &str| {
        Failure::from_api(status, Some(ApiError::new("invalid_parameter", message)))
    };
    assert!(status(413).says_too_large());
    assert!(api(400, "PAYLOAD_TOO_LARGE").says_too_large());
    for message in [
        "File too large",
        "the file is too big",
        "exceeds the limit",
        "at most 32 MB",
    ] {
        assert!(worded(400, message).says_too_large(), "{message}");
    }
    assert!(!worded(400, "unsupported file type").says_too_large());
    assert!(!worded(422, "File too large").says_too_large());
    assert!(!status(400).says_too_large());
    assert!(storage(400, "EntityTooLarge").says_too_large());
}

#[test]
fn only_the_api_itself_says_that_an_asset_is_gone() {
    for (status, code) in [
        (404, "asset_not_found"),
        (404, "Not_Found"),
        (404, "resource_not_found"),
        (410, "gone"),
    ] {
        assert!(api(status, code).says_gone(), "{code}");
    }
    for other in [
        status(404),
        status(410),
        api(404, "404"),
        api(404, ""),
        api(404, "Not Found"),
        api(404, "route_not_found"),
        api(400, "asset_not_found"),
        storage(404, "not_found"),
    ] {
        assert!(!other.says_gone(), "{other:?}");
    }
}

#[test]
fn what_has_no_form_of_its_own_was_said_by_an_intermediary() {
    let of = |failure: Failure| failure.kind;
    for said in [400, 401, 403, 404, 409, 413, 429, 500, 503, 599] {
        assert_eq!(of(status(said)), FailureKind::Intermediary, "{said}");
        assert_eq!(of(api(said, "Two words")), FailureKind::Intermediary);
        assert_eq!(of(api(said, "one_word")), FailureKind::Answer, "{said}");
        assert_eq!(of(storage(said, "AccessDenied")), FailureKind::Answer);
        let page = Failure::from_storage(said, b"<html>blocked</html>");
        assert_eq!(of(page), FailureKind::Intermediary, "{said}");
    }
    // A redirect has no body to tell by.
    assert_eq!(of(status(307)), FailureKind::Answer);
    // A success that is none says so in the API's envelope, or nothing is known of it.
    for said in [200, 201, 202, 299] {
        assert_eq!(of(status(said)), FailureKind::Unreadable, "{said}");
        assert_eq!(of(api(said, "Two words")), FailureKind::Unreadable);
        assert_eq!(of(api(said, "one_word")), FailureKind::Answer, "{said}");
    }
    assert!(status(200).may_have_been_carried_out());
    assert!(!api(200, "one_word").may_have_been_carried_out());
    let mut worded = status(200);
    worded.said = Some("no credit".to_owned());
    assert_eq!(
        worded.to_string(),
        "the server answered 200 without what was asked for: no credit"
    );
}

#[test]
fn bodies_that_are_no_envelope_are_classified_by_status() {
    let gateway = Failure::from_storage(502, b"<html><h1>502 Bad Gateway</h1></html>");
    assert_eq!(
        (gateway.storage_code(), gateway.is_transient()),
        (None, true)
    );
    let empty = Failure::from_storage(403, b"");
    assert_eq!((empty.storage_code(), empty.is_transient()), (None, true));
    assert_eq!(status(500).api_code(), None);
    assert_eq!(api(400, "x").api_code(), Some("x"));
}

#[test]
fn a_document_of_storage_is_read_without_its_secrets() {
    let failure = storage(400, "BadDigest");
    assert_eq!(failure.storage_code(), Some("BadDigest"));
    assert_eq!(failure.request_id.as_deref(), Some("R1"));
    let error = failure.storage.unwrap();
    assert_eq!(error.message, "as S3 words it");
    assert!(!error.expired);
}

#[test]
fn a_message_of_storage_is_kept_short() {
    let body = format!(
        "<Error><Code>X</Code><Message>{}</Message></Error>",
        "ä".repeat(10_000)
    );
    let error = StorageError::parse(body.as_bytes()).unwrap();
    assert_eq!(error.message.chars().count(), 300);
}

#[test]
fn an_expired_url_is_told_by_date_or_by_words() {
    let refused = |rest: &str| {
        let body = format!("<Error><Code>AccessDenied</Code>{rest}</Error>");
        StorageError::parse(body.as_bytes()).unwrap().expired
    };
    assert!(refused("<Message>Request has expired</Message>"));
    assert!(refused(
        "<Message>Nein</Message><Expires>2026-01-01T00:00:00Z</Expires>"
    ));
    assert!(!refused(
        "<Message>Access Denied</Message><X-Amz-Expires>60</X-Amz-Expires>"
    ));
    assert!(!refused(
        "<Message>There were headers present which were not signed</Message>"
    ));
    assert!(storage(400, "ExpiredToken").storage.unwrap().expired);
}
