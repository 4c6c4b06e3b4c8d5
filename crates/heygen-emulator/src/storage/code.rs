use std::str::FromStr;

use heygen_types::Invalid;
use http::StatusCode;

/// An error code of S3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StorageCode {
    /// 403: expired, not signed, or a header that is not signed.
    AccessDenied,
    /// 400: the query of the URL is damaged.
    AuthorizationQueryParametersError,
    /// 400: the body does not fit a digest in the headers.
    BadDigest,
    /// 400: more than one PUT may carry.
    EntityTooLarge,
    /// 400: the credentials behind the URL have ended.
    ExpiredToken,
    /// 400: the body is shorter than its `Content-Length`.
    IncompleteBody,
    /// 500.
    InternalError,
    /// 403: the key of the URL is not known.
    InvalidAccessKeyId,
    /// 400: among others, two kinds of authentication at once.
    InvalidArgument,
    /// 400: `Content-MD5` is malformed.
    InvalidDigest,
    /// 416: the object is shorter than where the range begins.
    InvalidRange,
    /// 400: a checksum header is malformed.
    InvalidRequest,
    /// 405.
    MethodNotAllowed,
    /// 411.
    MissingContentLength,
    /// 404.
    NoSuchBucket,
    /// 404.
    NoSuchKey,
    /// 501: among others, a chunked body.
    NotImplemented,
    /// 409.
    OperationAborted,
    /// 412.
    PreconditionFailed,
    /// 400: the body stopped coming.
    RequestTimeout,
    /// 403: the clocks differ by more than 15 minutes.
    RequestTimeTooSkewed,
    /// 503.
    ServiceUnavailable,
    /// 403: a signed header is missing or differs, or the URL was changed.
    SignatureDoesNotMatch,
    /// 503.
    SlowDown,
    /// 400: the name that S3-compatible servers use for `BadDigest`.
    XAmzContentChecksumMismatch,
    /// 400: `x-amz-content-sha256` does not fit the body.
    XAmzContentSha256Mismatch,
}

impl StorageCode {
    /// Every code.
    pub const ALL: &'static [Self] = &[
        Self::AccessDenied,
        Self::AuthorizationQueryParametersError,
        Self::BadDigest,
        Self::EntityTooLarge,
        Self::ExpiredToken,
        Self::IncompleteBody,
        Self::InternalError,
        Self::InvalidAccessKeyId,
        Self::InvalidArgument,
        Self::InvalidDigest,
        Self::InvalidRange,
        Self::InvalidRequest,
        Self::MethodNotAllowed,
        Self::MissingContentLength,
        Self::NoSuchBucket,
        Self::NoSuchKey,
        Self::NotImplemented,
        Self::OperationAborted,
        Self::PreconditionFailed,
        Self::RequestTimeout,
        Self::RequestTimeTooSkewed,
        Self::ServiceUnavailable,
        Self::SignatureDoesNotMatch,
        Self::SlowDown,
        Self::XAmzContentChecksumMismatch,
        Self::XAmzContentSha256Mismatch,
    ];

    /// Returns the code as it stands in the XML.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.row().0
    }

    /// Returns the status that S3 gives it.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        self.row().1
    }

    pub(crate) const fn message(self) -> &'static str {
        self.row().2
    }

    const fn row(self) -> (&'static str, StatusCode, &'static str) {
        const BAD: StatusCode = StatusCode::BAD_REQUEST;
        const DENIED: StatusCode = StatusCode::FORBIDDEN;
        const BUSY: StatusCode = StatusCode::SERVICE_UNAVAILABLE;
        match self {
            Self::AccessDenied => ("AccessDenied", DENIED, "Access Denied"),
            Self::AuthorizationQueryParametersError => (
                "AuthorizationQueryParametersError",
                BAD,
                "The query of the presigned URL is not complete or not well-formed",
            ),
            Self::BadDigest => (
                "BadDigest",
                BAD,
                "The SHA256 you specified did not match the calculated checksum.",
            ),
            Self::EntityTooLarge => (
                "EntityTooLarge",
                BAD,
                "Your proposed upload exceeds the maximum allowed size",
            ),
            Self::ExpiredToken => ("ExpiredToken", BAD, "The provided token has expired."),
            Self::IncompleteBody => (
                "IncompleteBody",
                BAD,
                "The request body terminated unexpectedly",
            ),
            Self::InternalError => (
                "InternalError",
                StatusCode::INTERNAL_SERVER_ERROR,
                "We encountered an internal error. Please try again.",
            ),
            Self::InvalidAccessKeyId => (
                "InvalidAccessKeyId",
                DENIED,
                "The access key of the URL does not exist",
            ),
            Self::InvalidArgument => (
                "InvalidArgument",
                BAD,
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, \
                 Signature query string parameter or the Authorization header should be specified",
            ),
            Self::InvalidDigest => (
                "InvalidDigest",
                BAD,
                "The Content-MD5 you specified is not valid.",
            ),
            Self::InvalidRange => (
                "InvalidRange",
                StatusCode::RANGE_NOT_SATISFIABLE,
                "The requested range is not satisfiable",
            ),
            Self::InvalidRequest => (
                "InvalidRequest",
                BAD,
                "Value for x-amz-checksum-sha256 header is invalid.",
            ),
            Self::MethodNotAllowed => (
                "MethodNotAllowed",
                StatusCode::METHOD_NOT_ALLOWED,
                "The specified method is not allowed against this resource.",
            ),
            Self::MissingContentLength => (
                "MissingContentLength",
                StatusCode::LENGTH_REQUIRED,
                "You must provide the Content-Length HTTP header.",
            ),
            Self::NoSuchBucket => (
                "NoSuchBucket",
                StatusCode::NOT_FOUND,
                "The specified bucket does not exist",
            ),
            Self::NoSuchKey => (
                "NoSuchKey",
                StatusCode::NOT_FOUND,
                "The specified key does not exist.",
            ),
            Self::NotImplemented => (
                "NotImplemented",
                StatusCode::NOT_IMPLEMENTED,
                "A header you provided implies functionality that is not implemented",
            ),
            Self::OperationAborted => (
                "OperationAborted",
                StatusCode::CONFLICT,
                "A conflicting conditional operation is currently in progress against this resource.",
            ),
            Self::PreconditionFailed => (
                "PreconditionFailed",
                StatusCode::PRECONDITION_FAILED,
                "At least one of the pre-conditions you specified did not hold",
            ),
            Self::RequestTimeout => (
                "RequestTimeout",
                BAD,
                "Your socket connection to the server was not read from or written to within the \
                 timeout period.",
            ),
            Self::RequestTimeTooSkewed => (
                "RequestTimeTooSkewed",
                DENIED,
                "The difference between the request time and the current time is too large.",
            ),
            Self::ServiceUnavailable => (
                "ServiceUnavailable",
                BUSY,
                "Service is unable to handle request.",
            ),
            Self::SignatureDoesNotMatch => (
                "SignatureDoesNotMatch",
                DENIED,
                "The request signature we calculated does not match the signature you provided.",
            ),
            Self::SlowDown => ("SlowDown", BUSY, "Please reduce your request rate."),
            Self::XAmzContentChecksumMismatch => (
                "XAmzContentChecksumMismatch",
                BAD,
                "The provided 'x-amz-checksum' header does not match what was computed.",
            ),
            Self::XAmzContentSha256Mismatch => (
                "XAmzContentSHA256Mismatch",
                BAD,
                "The provided 'x-amz-content-sha256' header does not match what was computed.",
            ),
        }
    }
}

impl FromStr for StorageCode {
    type Err = Invalid;

    /// Reads a code as it stands in the XML.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let known = Self::ALL.iter().copied().find(|code| code.as_str() == text);
        known.ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|code| code.as_str()).collect();
            Invalid::new("storage", format!("is none of {}", names.join(", ")))
        })
    }
}
