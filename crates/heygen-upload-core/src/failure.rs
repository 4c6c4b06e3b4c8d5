use alloc::string::String;
use core::{fmt, time::Duration};

use heygen_types::{ApiError, AssetId};

use crate::{Redirect, RetryPolicy, StorageError};

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
    /// The asset that the answer is about, when it is another than the one that was asked about.
    pub other_asset: Option<AssetId>,
    /// What the server said in any other form: for people, and never the ground of a decision.
    pub said: Option<String>,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// Whether every byte of the file had been handed to the transport.
    pub body_handed_over: bool,
    /// The server's own number of the request.
    pub request_id: Option<String>,
    /// Where a redirect points.
    pub redirect: Option<Redirect>,
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
            other_asset: None,
            said: None,
            retry_after: None,
            body_handed_over: false,
            request_id: None,
            redirect: None,
        }
    }

    /// Describes an answer to a request to the API that is no success, or whose body says that it is
    /// none. `error` is the body where it was the API's envelope; a gateway's HTML page, an empty body
    /// or foreign JSON is `None`. That makes the failure one of [`FailureKind::Intermediary`], and
    /// after a status of success one of [`FailureKind::Unreadable`]: what became of the request is not
    /// known.
    #[must_use]
    pub fn from_api(status: u16, error: Option<ApiError>) -> Self {
        let is_api = error.as_ref().is_some_and(|error| is_code(&error.code));
        let mut failure = Self::answer(status, is_api);
        failure.api = error.map(ApiError::redacted);
        failure
    }

    /// Describes an answer to a request to storage that is no success, from its raw body. Without
    /// storage's own document it is a failure of [`FailureKind::Intermediary`].
    #[must_use]
    pub fn from_storage(status: u16, body: &[u8]) -> Self {
        let storage = StorageError::parse(body);
        let mut failure = Self::answer(status, storage.is_some());
        failure.storage = storage;
        if let Some(storage) = &failure.storage {
            failure.request_id.clone_from(&storage.request_id);
        }
        failure
    }

    fn answer(status: u16, has_own_form: bool) -> Self {
        // A redirect has no body to tell by, and is followed nowhere but in a PUT.
        let kind = match status {
            400..=599 if !has_own_form => FailureKind::Intermediary,
            200..=299 if !has_own_form => FailureKind::Unreadable,
            _ => FailureKind::Answer,
        };
        let mut failure = Self::new(kind);
        failure.status = Some(status);
        failure
    }

    /// Describes a successful answer about another asset than the one that was asked about.
    #[must_use]
    pub fn wrong_asset(answered: Option<AssetId>) -> Self {
        let mut failure = Self::new(FailureKind::WrongAsset);
        failure.other_asset = answered;
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

    /// Returns `true` if the first request under this key still runs.
    pub(crate) fn is_in_progress(&self) -> bool {
        self.status == Some(409) && self.api_code_is("request_in_progress")
    }

    /// Returns `true` if the API itself says that what was asked about does not exist: a 404 or 410
    /// in its envelope, with a code that means that. The status alone may come from a gateway that
    /// does not know the path.
    #[must_use]
    pub fn says_gone(&self) -> bool {
        self.kind == FailureKind::Answer
            && matches!(self.status, Some(404 | 410))
            && GONE_CODES.iter().any(|code| self.api_code_is(code))
    }

    /// Returns `true` if something on the way to the server answered, with a status of 4xx that may
    /// well be its own: a firewall that blocks the request, a gateway that does not know the path.
    #[must_use]
    pub const fn is_intermediary_refusal(&self) -> bool {
        matches!(self.kind, FailureKind::Intermediary)
            && matches!(self.status, Some(400..=499))
            && !matches!(self.status, Some(408 | 425 | 429))
    }

    /// Returns `true` if the request succeeded, and what came back says nothing of what was asked.
    pub(crate) const fn is_no_answer(&self) -> bool {
        matches!(self.kind, FailureKind::Unreadable | FailureKind::WrongAsset)
    }

    /// Returns how often a request that fails like this is sent at most. What a firewall blocks it
    /// mostly blocks again, so a person is asked soon.
    pub(crate) fn attempts_max(&self, policy: &RetryPolicy) -> u32 {
        let max = policy.max_attempts.max(1);
        match self.is_intermediary_refusal() {
            true => max.min(INTERMEDIARY_ATTEMPTS),
            false => max,
        }
    }

    /// Returns what to do about this failure, where that does not follow from the reason to give up.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        self.is_intermediary_refusal().then_some(
            "check the base URL, try another network, or ask the operator of the gateway, proxy or \
             firewall to let the request through",
        )
    }

    /// Tells whether the code of the API's error is this one, in any letter case.
    #[must_use]
    pub fn api_code_is(&self, code: &str) -> bool {
        self.api.as_ref().is_some_and(|error| error.is(code))
    }

    /// Returns `true` if the API accepts the key and says that it lacks a scope.
    pub(crate) fn is_insufficient_scope(&self) -> bool {
        self.kind == FailureKind::Answer
            && self.status == Some(403)
            && self.api_code_is(INSUFFICIENT_SCOPE)
    }

    /// Returns the scope that the API key lacks, such as `account:read`, where the message of the
    /// API names it.
    ///
    /// ```
    /// use heygen_types::ApiError;
    /// use heygen_upload_core::Failure;
    ///
    /// let message = "This API key may not do this. Required scope: account:read.";
    /// let error = ApiError::new("insufficient_api_key_scope", message);
    /// let failure = Failure::from_api(403, Some(error));
    /// assert_eq!(failure.missing_scope(), Some("account:read"));
    /// ```
    #[must_use]
    pub fn missing_scope(&self) -> Option<&str> {
        let message = &self
            .api
            .as_ref()
            .filter(|_| self.is_insufficient_scope())?
            .message;
        let (_, scope) = message.rsplit_once(REQUIRED_SCOPE)?;
        let scope = scope.split_whitespace().next()?.trim_end_matches('.');
        // Anything else would turn up as a name in a hint.
        let is_name = |text: &str| {
            let is_letter =
                |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'*');
            !text.is_empty() && text.len() <= 64 && text.bytes().all(is_letter)
        };
        let (resource, access) = scope.split_once(':')?;
        (is_name(resource) && is_name(access)).then_some(scope)
    }

    /// Returns where a redirect (3xx) points, without its query, unless that is not to be shown.
    #[must_use]
    pub fn redirect_target(&self) -> Option<&str> {
        let is_redirect = matches!(self.status, Some(300..=399));
        self.redirect.as_ref().filter(|_| is_redirect)?.shown()
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
            FailureKind::Answer | FailureKind::Intermediary => {
                match (self.status, self.storage_code()) {
                    // "Not implemented" and "version not supported" do not pass by waiting.
                    (Some(501 | 505), _) => false,
                    (Some(408 | 425 | 429 | 500..=599), _) => true,
                    (_, Some(code)) => TRANSIENT_STORAGE_CODES.contains(&code),
                    // Any proxy can say this of a body, and it stays true of the same body.
                    (Some(413), _) => false,
                    _ => self.is_intermediary_refusal(),
                }
            }
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
            _ => match self.status {
                // A body that is too large is let through by nobody.
                Some(413) => false,
                // "Not implemented" and "version not supported" are said before anything is done.
                Some(501 | 505) => false,
                Some(500..=599) => true,
                // It may have let the request pass, and blocked the answer.
                _ => self.is_intermediary_refusal(),
            },
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
            (Some(400), Some(error)) if self.kind == FailureKind::Answer => {
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
            (Some(api), _, Some(status)) if self.kind == FailureKind::Answer => {
                write!(f, "{status} {api}")
            }
            (_, Some(storage), Some(status)) => {
                write!(f, "{status} {}: {}", storage.code, storage.message)
            }
            (_, _, Some(status)) => match (self.redirect_target(), &self.said, self.kind) {
                (Some(target), ..) => write!(f, "the server redirects to {target} ({status})"),
                (_, Some(said), FailureKind::Answer) => write!(f, "{status} {said}"),
                (_, Some(said), FailureKind::Unreadable) => {
                    write!(
                        f,
                        "the server answered {status} without what was asked for: {said}"
                    )
                }
                (_, Some(said), kind) => write!(f, "{kind} ({status}): {said}"),
                (_, None, kind) => write!(f, "{kind} ({status})"),
            },
            _ => match &self.other_asset {
                Some(id) => write!(f, "{}: {id}", self.kind),
                None => self.kind.fmt(f),
            },
        }
    }
}

/// What kind of failure a step met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureKind {
    /// The server answered, but not with success.
    Answer,
    /// Something else answered, and not with success: a gateway, proxy or firewall on the way. The
    /// API says everything in its envelope and storage in its document, and the answer had neither.
    /// Its status alone says nothing of the credential, the asset or the file.
    Intermediary,
    /// The server answered with success, in a body that cannot be read or that says otherwise in a
    /// form that is not the API's, or with what is not HTTP.
    Unreadable,
    /// The server answered with success, about another asset than the one that was asked about.
    WrongAsset,
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
    /// Client and server, or the proxy between them, are set up in ways that do not fit. The request
    /// was not carried out.
    Incompatible,
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
            Self::Intermediary => "a gateway, proxy or firewall answered in place of the server",
            Self::Unreadable => "the server's answer cannot be read",
            Self::WrongAsset => "the server answered about another asset",
            Self::Connect => "no connection came about",
            Self::Interrupted => "the connection was lost",
            Self::AnswerTimeout => "no answer came in time",
            Self::Stall => "the transfer stood still for too long",
            Self::Untrusted => "the server could not prove who it is",
            Self::Incompatible => "the settings of client and server do not fit together",
            Self::Unsendable => "the request cannot be sent",
            Self::Credential => "there is no usable credential",
            Self::SourceChanged => "the file changed while it was sent",
            Self::SourceUnreadable => "the file could not be read",
            Self::LocalResources => "this machine has no file descriptor, thread or memory left",
        })
    }
}

/// The code of a key that lacks a scope.
const INSUFFICIENT_SCOPE: &str = "insufficient_api_key_scope";

/// What comes before the scope in the message, which ends with it.
const REQUIRED_SCOPE: &str = "Required scope: ";

/// Codes that S3 uses for faults that pass, some of them under a status of 4xx.
const TRANSIENT_STORAGE_CODES: &[&str] = &[
    "IncompleteBody",
    "RequestTimeout",
    "SlowDown",
    "InternalError",
    "OperationAborted",
    "ServiceUnavailable",
];

/// How often a request is sent at most that something on the way refuses.
const INTERMEDIARY_ATTEMPTS: u32 = 4;

/// Codes with which the API says that an asset does not exist. Others of a 404 name something else,
/// such as the path.
const GONE_CODES: &[&str] = &["asset_not_found", "not_found", "resource_not_found", "gone"];

/// Returns `true` if a text can be a code of the API: one word, whatever its letter case.
fn is_code(code: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    !code.is_empty() && code.chars().all(is_part)
}
