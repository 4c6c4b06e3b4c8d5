use std::str::FromStr;

use heygen_types::Invalid;
use http::StatusCode;

macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident = $code:literal, $status:ident, $message:literal;)+) => {
        /// An error code of S3.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum StorageCode {
            $($(#[$doc])+ $name,)+
        }

        impl StorageCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Returns the code as it stands in the XML.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }

            /// Returns the status that S3 gives it.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self {
                    $(Self::$name => StatusCode::$status,)+
                }
            }

            /// Returns what S3 says of it.
            pub(crate) const fn message(self) -> &'static str {
                match self {
                    $(Self::$name => $message,)+
                }
            }
        }
    };
}

codes! {
    /// 403: expired, not signed, or a header that is not signed.
    AccessDenied = "AccessDenied", FORBIDDEN, "Access Denied";
    /// 400: the query of the URL is damaged.
    AuthorizationQueryParametersError = "AuthorizationQueryParametersError", BAD_REQUEST,
        "The query of the presigned URL is not complete or not well-formed";
    /// 400: the body does not fit a digest in the headers.
    BadDigest = "BadDigest", BAD_REQUEST,
        "The SHA256 you specified did not match the calculated checksum.";
    /// 400: more than one PUT may carry.
    EntityTooLarge = "EntityTooLarge", BAD_REQUEST,
        "Your proposed upload exceeds the maximum allowed size";
    /// 400: the credentials behind the URL have ended.
    ExpiredToken = "ExpiredToken", BAD_REQUEST, "The provided token has expired.";
    /// 400: the body is shorter than its `Content-Length`.
    IncompleteBody = "IncompleteBody", BAD_REQUEST, "The request body terminated unexpectedly";
    /// 500.
    InternalError = "InternalError", INTERNAL_SERVER_ERROR,
        "We encountered an internal error. Please try again.";
    /// 403: the key of the URL is not known.
    InvalidAccessKeyId = "InvalidAccessKeyId", FORBIDDEN,
        "The access key of the URL does not exist";
    /// 400: among others, two kinds of authentication at once.
    InvalidArgument = "InvalidArgument", BAD_REQUEST,
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature \
         query string parameter or the Authorization header should be specified";
    /// 400: `Content-MD5` is malformed.
    InvalidDigest = "InvalidDigest", BAD_REQUEST, "The Content-MD5 you specified is not valid.";
    /// 416: the object is shorter than where the range begins.
    InvalidRange = "InvalidRange", RANGE_NOT_SATISFIABLE, "The requested range is not satisfiable";
    /// 400: a checksum header is malformed.
    InvalidRequest = "InvalidRequest", BAD_REQUEST,
        "Value for x-amz-checksum-sha256 header is invalid.";
    /// 405.
    MethodNotAllowed = "MethodNotAllowed", METHOD_NOT_ALLOWED,
        "The specified method is not allowed against this resource.";
    /// 411.
    MissingContentLength = "MissingContentLength", LENGTH_REQUIRED,
        "You must provide the Content-Length HTTP header.";
    /// 404.
    NoSuchBucket = "NoSuchBucket", NOT_FOUND, "The specified bucket does not exist";
    /// 404.
    NoSuchKey = "NoSuchKey", NOT_FOUND, "The specified key does not exist.";
    /// 501: among others, a chunked body.
    NotImplemented = "NotImplemented", NOT_IMPLEMENTED,
        "A header you provided implies functionality that is not implemented";
    /// 409.
    OperationAborted = "OperationAborted", CONFLICT,
        "A conflicting conditional operation is currently in progress against this resource.";
    /// 412.
    PreconditionFailed = "PreconditionFailed", PRECONDITION_FAILED,
        "At least one of the pre-conditions you specified did not hold";
    /// 400: the body stopped coming.
    RequestTimeout = "RequestTimeout", BAD_REQUEST,
        "Your socket connection to the server was not read from or written to within the timeout \
         period.";
    /// 403: the clocks differ by more than 15 minutes.
    RequestTimeTooSkewed = "RequestTimeTooSkewed", FORBIDDEN,
        "The difference between the request time and the current time is too large.";
    /// 503.
    ServiceUnavailable = "ServiceUnavailable", SERVICE_UNAVAILABLE,
        "Service is unable to handle request.";
    /// 403: a signed header is missing or differs, or the URL was changed.
    SignatureDoesNotMatch = "SignatureDoesNotMatch", FORBIDDEN,
        "The request signature we calculated does not match the signature you provided.";
    /// 503.
    SlowDown = "SlowDown", SERVICE_UNAVAILABLE, "Please reduce your request rate.";
    /// 400: the name that S3-compatible servers use for `BadDigest`.
    XAmzContentChecksumMismatch = "XAmzContentChecksumMismatch", BAD_REQUEST,
        "The provided 'x-amz-checksum' header does not match what was computed.";
    /// 400: `x-amz-content-sha256` does not fit the body.
    XAmzContentSha256Mismatch = "XAmzContentSHA256Mismatch", BAD_REQUEST,
        "The provided 'x-amz-content-sha256' header does not match what was computed.";
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
