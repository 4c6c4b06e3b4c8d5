use core::time::Duration;

use heygen_types::{ApiError, PresignedUrl};
use heygen_upload_core::{Failure, FailureKind, Redirect};
use proptest::{
    collection, option,
    prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof},
    sample,
};

/// Codes that the API gives, and the letter case that it once used.
const API_CODES: &[&str] = &[
    "invalid_parameter",
    "unauthorized",
    "forbidden",
    "plan_upgrade_required",
    "not_found",
    "asset_not_found",
    "conflict",
    "request_in_progress",
    "REQUEST_IN_PROGRESS",
    "resource_not_ready",
    "rate_limit_exceeded",
    "payload_too_large",
    "internal_error",
];

/// Codes that S3 gives.
const STORAGE_CODES: &[&str] = &[
    "AccessDenied",
    "SignatureDoesNotMatch",
    "RequestTimeTooSkewed",
    "ExpiredToken",
    "BadDigest",
    "XAmzContentSHA256Mismatch",
    "XAmzContentChecksumMismatch",
    "InvalidRequest",
    "InvalidDigest",
    "EntityTooLarge",
    "IncompleteBody",
    "RequestTimeout",
    "MissingContentLength",
    "NotImplemented",
    "SlowDown",
    "ServiceUnavailable",
    "InternalError",
    "OperationAborted",
    "NoSuchBucket",
];

/// Makes failures of every kind, the impossible ones among them.
pub fn any_failures() -> impl Strategy<Value = Failure> {
    prop_oneof![
        api_failures(),
        storage_failures(),
        transport_failures(),
        redirects(),
        any::<u16>().prop_map(Failure::unreadable),
        any::<u16>().prop_map(|status| Failure::from_api(status, None)),
        Just(Failure::wrong_asset("asset_999".parse().ok())),
    ]
    .prop_flat_map(with_circumstances)
}

/// Makes failures that pass by waiting: of the connection, and of servers that are busy.
pub fn passing_failures() -> impl Strategy<Value = Failure> {
    let statuses = sample::select(&[408_u16, 425, 429, 500, 502, 503, 504][..]);
    let kinds = sample::select(
        &[
            FailureKind::Connect,
            FailureKind::Interrupted,
            FailureKind::AnswerTimeout,
            FailureKind::Stall,
            FailureKind::LocalResources,
        ][..],
    );
    prop_oneof![
        statuses.prop_map(|status| Failure::from_api(status, None)),
        kinds.prop_map(Failure::new),
    ]
    .prop_flat_map(with_circumstances)
}

/// Makes answers of the API: its own envelope, a gateway's page, or nothing.
pub fn api_failures() -> impl Strategy<Value = Failure> {
    (statuses(), option::weighted(0.8, api_errors()))
        .prop_map(|(status, error)| Failure::from_api(status, error))
}

/// Makes what the API says when it refuses.
pub fn api_errors() -> impl Strategy<Value = ApiError> {
    let code = prop_oneof![
        8 => sample::select(API_CODES).prop_map(str::to_owned),
        1 => "\\PC{0,20}",
    ];
    let message = prop_oneof![
        Just("File exceeds the 32 MB limit".to_owned()),
        Just("the request is not valid".to_owned()),
        "\\PC{0,60}",
    ];
    let param = option::of(sample::select(
        &["file", "size_bytes", "content_type", "checksum_sha256"][..],
    ));
    (code, message, param).prop_map(|(code, message, param)| {
        let error = ApiError::new(code, message);
        match param {
            Some(param) => error.with_param(param),
            None => error,
        }
    })
}

/// Makes answers of the storage.
pub fn storage_failures() -> impl Strategy<Value = Failure> {
    (statuses(), storage_bodies()).prop_map(|(status, body)| Failure::from_storage(status, &body))
}

/// Makes bodies of refusals: S3's documents, whole or cut off, other markup, and noise.
pub fn storage_bodies() -> impl Strategy<Value = Vec<u8>> {
    let document = (sample::select(STORAGE_CODES), "\\PC{0,40}", any::<bool>()).prop_map(
        |(code, message, has_ended)| {
            let ended = if has_ended {
                "<Expires>2026-01-01T00:00:00Z</Expires>"
            } else {
                ""
            };
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code>\
                 <Message>{message}</Message>{ended}<RequestId>4442587FB7D0A2F9</RequestId>\
                 <HostId>x</HostId></Error>"
            )
            .into_bytes()
        },
    );
    let cut = (document.clone(), any::<sample::Index>()).prop_map(|(mut body, end)| {
        body.truncate(end.index(body.len()));
        body
    });
    prop_oneof![
        6 => document,
        1 => cut,
        1 => Just(b"<html><body><h1>502 Bad Gateway</h1></body></html>".to_vec()),
        1 => Just(Vec::new()),
        1 => collection::vec(any::<u8>(), 0..200),
    ]
}

/// Makes failures without an answer.
pub fn transport_failures() -> impl Strategy<Value = Failure> {
    sample::select(
        &[
            FailureKind::Connect,
            FailureKind::Interrupted,
            FailureKind::AnswerTimeout,
            FailureKind::Stall,
            FailureKind::LocalResources,
            FailureKind::Untrusted,
            FailureKind::Incompatible,
            FailureKind::Unsendable,
            FailureKind::Credential,
            FailureKind::SourceChanged,
            FailureKind::SourceUnreadable,
        ][..],
    )
    .prop_map(Failure::new)
}

fn redirects() -> BoxedStrategy<Failure> {
    let target = prop_oneof![
        Just("https://elsewhere.example/asset_1?X-Amz-Signature=SECRET-PUT".to_owned()),
        Just("http://elsewhere.example/asset_1?X-Amz-Signature=SECRET-PUT".to_owned()),
        Just("/asset_1".to_owned()),
    ];
    let status = sample::select(&[301_u16, 302, 303, 307, 308][..]);
    (status, option::of(target))
        .prop_map(|(status, target)| {
            let mut failure = Failure::from_api(status, None);
            failure.redirect = target.map(PresignedUrl::new).map(Redirect::new);
            failure
        })
        .boxed()
}

fn statuses() -> impl Strategy<Value = u16> {
    prop_oneof![
        sample::select(
            &[
                400_u16, 401, 403, 404, 408, 409, 411, 413, 422, 425, 429, 500, 501, 502, 503, 504,
                505,
            ][..],
        ),
        300_u16..600,
    ]
}

/// Adds how far the body had come, and how long the server asks to wait.
fn with_circumstances(failure: Failure) -> impl Strategy<Value = Failure> {
    let asked = prop_oneof![
        6 => Just(None),
        3 => (0_u64..200).prop_map(|seconds| Some(Duration::from_secs(seconds))),
    ];
    (asked, any::<bool>()).prop_map(move |(retry_after, body_handed_over)| {
        let mut failure = failure.clone();
        failure.retry_after = retry_after;
        failure.body_handed_over = body_handed_over;
        failure
    })
}
