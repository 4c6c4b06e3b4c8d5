use alloc::string::String;
use core::{fmt, time::Duration};

use heygen_types::{ApiError, PresignedUrl};

use crate::StorageError;

/// A step that did not work, as the driver saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// What kind of failure it was.
    pub kind: FailureKind,
    /// The status of the answer, when there was one.
    pub status: Option<u16>,
    /// What the API said, when it said it in its own envelope.
    pub api: Option<ApiError>,
    /// What storage said, when it said it in its own document.
    pub storage: Option<StorageError>,
    /// What the server said in any other form: for people, and never the ground of a decision.
    pub said: Option<String>,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// Whether every byte of the file had been handed to the transport.
    pub body_handed_over: bool,
    /// The server's own number of the request.
    pub request_id: Option<String>,
    /// Where a redirect points.
    pub redirect: Option<PresignedUrl>,
}

impl Failure {
    /// Describes a failure without an answer.
    #[must_use]
    pub const fn new(kind: FailureKind) -> Self {
        Self {
            kind,
            status: None,
            api: None,
            storage: None,
            said: None,
            retry_after: None,
            body_handed_over: false,
            request_id: None,
            redirect: None,
        }
    }

    /// Describes an answer of the API that is no success. `error` is the body where it was the
    /// API's envelope; a gateway's HTML page, an empty body or foreign JSON is `None`.
    #[must_use]
    pub fn from_api(status: u16, error: Option<ApiError>) -> Self {
        let mut failure = Self::new(FailureKind::Answer);
        failure.status = Some(status);
        failure.api = error.map(ApiError::redacted);
        failure
    }

    /// Describes an answer of the storage that is no success, from its raw body.
    #[must_use]
    pub fn from_storage(status: u16, body: &[u8]) -> Self {
        let mut failure = Self::new(FailureKind::Answer);
        failure.status = Some(status);
        failure.storage = StorageError::parse(body);
        if let Some(storage) = &failure.storage {
            failure.request_id.clone_from(&storage.request_id);
        }
        failure
    }

    /// Describes a successful status whose body could not be read.
    #[must_use]
    pub const fn unreadable(status: u16) -> Self {
        let mut failure = Self::new(FailureKind::Unreadable);
        failure.status = Some(status);
        failure
    }

    /// Returns the code of the API's error.
    #[must_use]
    pub fn api_code(&self) -> Option<&str> {
        self.api.as_ref().map(|error| error.code.as_str())
    }

    /// Tells whether the first request under this key may still run. A 409 whose body was lost is
    /// taken for one: to give a request up that is being carried out would have it done twice.
    pub(crate) fn may_be_in_progress(&self) -> bool {
        self.status == Some(409) && (self.api.is_none() || self.api_code_is("request_in_progress"))
    }

    /// Tells whether the code of the API's error is this one, in any letter case.
    #[must_use]
    pub fn api_code_is(&self, code: &str) -> bool {
        self.api.as_ref().is_some_and(|error| error.is(code))
    }

    /// Returns the code of the storage's error.
    #[must_use]
    pub fn storage_code(&self) -> Option<&str> {
        self.storage.as_ref().map(|error| error.code.as_str())
    }

    /// Tells whether the same request may well work a little later.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self.kind {
            FailureKind::Connect
            | FailureKind::Interrupted
            | FailureKind::AnswerTimeout
            | FailureKind::Stall
            | FailureKind::LocalResources => true,
            FailureKind::Answer => match (self.status, self.storage_code()) {
                // "Not implemented" and "version not supported" do not pass by waiting.
                (Some(501 | 505), _) => false,
                (Some(408 | 425 | 429 | 500..=599), _) => true,
                (_, Some(code)) => TRANSIENT_STORAGE_CODES.contains(&code),
                _ => false,
            },
            _ => false,
        }
    }

    /// Returns `true` if the server may have carried the request out, although it gave no answer
    /// that says so.
    #[must_use]
    pub const fn may_have_been_carried_out(&self) -> bool {
        match self.kind {
            FailureKind::Interrupted
            | FailureKind::AnswerTimeout
            | FailureKind::Stall
            | FailureKind::Unreadable => true,
            // "Not implemented" and "version not supported" are said before anything is done.
            _ => matches!(self.status, Some(500 | 502..=504 | 506..=599)),
        }
    }

    /// Tells whether a time limit ended the step.
    #[must_use]
    pub const fn is_timeout(&self) -> bool {
        matches!(self.kind, FailureKind::AnswerTimeout | FailureKind::Stall)
    }

    /// Tells whether the answer says that the file is too large for one request.
    ///
    /// The API does not document how it says so: 400 and 413 have both been reported.
    #[must_use]
    pub fn says_too_large(&self) -> bool {
        match (self.status, &self.api) {
            (Some(413), _) => true,
            (Some(400), Some(error)) => {
                let message = error.message.to_ascii_lowercase();
                error.is("payload_too_large")
                    || ["too large", "too big", "exceed", "32 mb", "32mb"]
                        .iter()
                        .any(|words| message.contains(words))
            }
            _ => self.storage_code() == Some("EntityTooLarge"),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.api, &self.storage, self.status) {
            (Some(api), _, Some(status)) => write!(f, "{status} {api}"),
            (_, Some(storage), Some(status)) => {
                write!(f, "{status} {}: {}", storage.code, storage.message)
            }
            (_, _, Some(status)) => match (&self.said, self.kind) {
                (Some(said), FailureKind::Answer) => write!(f, "{status} {said}"),
                (Some(said), kind) => write!(f, "{kind} ({status}): {said}"),
                (None, kind) => write!(f, "{kind} ({status})"),
            },
            _ => self.kind.fmt(f),
        }
    }
}

/// What kind of failure a step met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureKind {
    /// The server answered, but not with success.
    Answer,
    /// The server answered with success, in a body that cannot be read.
    Unreadable,
    /// No connection came about; nothing was sent.
    Connect,
    /// The connection was lost.
    Interrupted,
    /// The request was sent and no answer came in time.
    AnswerTimeout,
    /// The transfer stood still for too long.
    Stall,
    /// The server could not prove who it is.
    Untrusted,
    /// The request cannot be sent: its URL or a header is not usable.
    Unsendable,
    /// There is no usable credential, or none could be fetched.
    Credential,
    /// The source is not what it was when the upload began.
    SourceChanged,
    /// The source could not be read.
    SourceUnreadable,
    /// This machine had no file descriptor, thread or memory left for the step, and nothing of it
    /// was carried out. It is no fault of the server and passes when other work ends.
    LocalResources,
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Answer => "the server refused without saying why",
            Self::Unreadable => "the server's answer cannot be read",
            Self::Connect => "no connection came about",
            Self::Interrupted => "the connection was lost",
            Self::AnswerTimeout => "no answer came in time",
            Self::Stall => "the transfer stood still for too long",
            Self::Untrusted => "the server could not prove who it is",
            Self::Unsendable => "the request cannot be sent",
            Self::Credential => "there is no usable credential",
            Self::SourceChanged => "the file changed while it was sent",
            Self::SourceUnreadable => "the file could not be read",
            Self::LocalResources => "this machine has no file descriptor, thread or memory left",
        })
    }
}

/// Codes that S3 uses for faults that pass, some of them under a status of 4xx.
const TRANSIENT_STORAGE_CODES: &[&str] = &[
    "IncompleteBody",
    "RequestTimeout",
    "SlowDown",
    "InternalError",
    "OperationAborted",
    "ServiceUnavailable",
];
