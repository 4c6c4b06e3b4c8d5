mod context;
mod effect;
mod kind;

use std::{error::Error as StdError, fmt, io};

use heygen_types::{ApiError, AssetId, Invalid, MediaType};
use heygen_upload_core::{
    Checkpoint, Failure, FailureKind, Reason, ResumeError, Rule, StepKind, Stored, UploadFailure,
};

pub use context::UploadedFile;
pub use kind::ErrorKind;

use crate::{
    RawResponse, TransportError,
    exchange::{Answer, Refusal},
    media::Detection,
    shortage::is_local_shortage,
    stream::SourceFault,
};
use context::Context;
pub(crate) use kind::failure_kind;
use kind::{kind_of, kind_of_unconfirmed};

type Cause = Box<dyn StdError + Send + Sync>;

/// A request or an upload that failed.
///
/// `Display` says what happened, for an upload also at which step and what was stored;
/// [`hint`](Self::hint) says what to do next; [`source`](StdError::source) has the cause below.
/// Nothing in it contains a credential or a presigned URL.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    problem: Problem,
    source: Option<Cause>,
    checkpoint: Option<Checkpoint>,
    context: Context,
    answer: Option<Box<RawResponse>>,
}

enum Problem {
    /// A sentence of our own, and what to do about it.
    Local(String, &'static str),
    /// One request.
    Request(Reason, Failure),
    /// An upload.
    Upload(UploadFailure),
    /// An upload that was cancelled.
    Cancelled(Stored),
}

impl Error {
    pub(crate) fn local(kind: ErrorKind, message: impl Into<String>, hint: &'static str) -> Self {
        Self::build(kind, Problem::Local(message.into(), hint), None)
    }

    /// Reports a file that is of no type that uploads take.
    pub(crate) fn unsupported(detection: &Detection) -> Self {
        Self::unsupported_type(detection.problem(), detection.hint())
    }

    /// Reports a type that was asked for and that uploads do not take.
    pub(crate) fn unsupported_request(media_type: &MediaType) -> Self {
        let problem = format!("{media_type} is not accepted");
        Self::unsupported_type(problem, "leave the type out: it is found in the file")
    }

    fn unsupported_type(problem: String, hint: &'static str) -> Self {
        let accepted = "HeyGen takes png, jpeg, mp4, webm, mp3, wav, pdf, srt and zip";
        Self::local(
            ErrorKind::UnsupportedType,
            format!("{problem}; {accepted}; nothing was sent"),
            hint,
        )
    }

    pub(crate) fn source_unreadable(cause: io::Error) -> Self {
        if is_local_shortage(&cause) {
            return Self::local_shortage(cause);
        }
        let (message, hint) = match cause.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => (
                "the file does not exist; nothing was sent",
                "check the path",
            ),
            io::ErrorKind::PermissionDenied => (
                "the file may not be read; nothing was sent",
                "check the permissions of the file and of the directories above it",
            ),
            io::ErrorKind::IsADirectory => (
                "this is a directory; nothing was sent",
                "upload the files in it one by one",
            ),
            io::ErrorKind::InvalidInput => (
                "this is not a regular file, and an upload states its size first; nothing was sent",
                "write its content to a file and upload that",
            ),
            _ => (
                "the file could not be read; nothing was sent",
                "check the path and the permissions of the file",
            ),
        };
        Self::local(ErrorKind::Source, message, hint).with_source(Some(cause.into()))
    }

    /// Reports that this machine had no file descriptor or memory left before anything was sent.
    pub(crate) fn local_shortage(cause: impl Into<Cause>) -> Self {
        let reason = Reason::LocalResources;
        let message = format!("{reason}; nothing was sent");
        Self::local(ErrorKind::LocalResources, message, reason.hint())
            .with_source(Some(cause.into()))
    }

    /// Reports a source without content.
    pub(crate) fn empty_source() -> Self {
        Self::local(
            ErrorKind::InvalidInput,
            "the file is empty; nothing was sent",
            "check that the program that writes the file has finished, or leave the file out",
        )
    }

    /// Reports what was wrong with a source before anything was sent.
    pub(crate) fn source_fault(fault: SourceFault) -> Self {
        match fault {
            SourceFault::Unreadable(cause) => Self::source_unreadable(cause),
            SourceFault::Changed(what) => Self::local(
                ErrorKind::SourceChanged,
                format!("{what} while it was read; nothing was sent"),
                Reason::SourceChanged.hint(),
            ),
        }
    }

    /// Reports that somebody else was at the upload for as long as there was time.
    pub(crate) fn upload_elsewhere() -> Self {
        Self::local(
            ErrorKind::TimedOut,
            "another process uploads this file, and the deadline has passed; nothing was sent here",
            "wait for the other process and run the same again: it will find the asset",
        )
    }

    /// Reports that a server which was asked about a stored asset answered about another one.
    pub(crate) fn about_another_asset(asked: &AssetId, answered: &AssetId) -> Self {
        Self::local(
            ErrorKind::Integrity,
            format!(
                "the journal has these bytes as asset {asked}, and the server answered about {answered} when asked whether it is still there; nothing was sent"
            ),
            "check any proxy or cache on the way to the API, then run the same again; a fresh upload sends the file without this look",
        )
    }

    /// Reports an upload that was cancelled before it began. What an earlier one has stored is not
    /// known here.
    pub(crate) fn cancelled_early() -> Self {
        Self::local(
            ErrorKind::Cancelled,
            "the upload was cancelled; nothing was sent",
            "run the same upload again to go on",
        )
    }

    /// Reports that the journal may know the file and cannot be read.
    pub(crate) fn newer_journal(cause: impl Into<Cause>) -> Self {
        Self::local(
            ErrorKind::NewerJournal,
            "a newer version of this program wrote what the journal knows of this file; nothing was sent",
            "use the newer version; a fresh upload, or one without the journal, may store the file twice",
        )
        .with_source(Some(cause.into()))
    }

    /// Reports a checkpoint that cannot be resumed.
    pub(crate) fn not_resumable(cause: ResumeError) -> Self {
        let hint = "start the upload again from its beginning";
        Self::local(ErrorKind::InvalidInput, cause.to_string(), hint)
    }

    /// Reports that the time was up before the upload began.
    pub(crate) fn late(limit: std::time::Duration) -> Self {
        let rule = Rule::Deadline(limit);
        let hint = Reason::Exhausted(rule).hint();
        Self::local(
            ErrorKind::TimedOut,
            format!("{rule}; nothing was sent"),
            hint,
        )
    }

    pub(crate) fn request(reason: Reason, failure: Failure, source: Option<Cause>) -> Self {
        let kind = match reason {
            Reason::Unconfirmed { .. } => kind_of_unconfirmed(reason, &failure),
            // No file of an upload is too large: this is a request of its own.
            Reason::TooLarge { .. } => ErrorKind::Rejected,
            _ => kind_of(reason, failure.is_timeout()),
        };
        let hint = match reason {
            Reason::TooLarge { .. } => Some(
                "make the request smaller; a gateway or proxy on the way may set the limit"
                    .to_owned(),
            ),
            _ => redirect_hint(&failure).or_else(|| scope_hint(&failure)),
        };
        let mut error = Self::build(kind, Problem::Request(reason, failure), source);
        error.0.context.hint = hint;
        error
    }

    /// Says of a refusal that it is one of the URL, which carries its own permission.
    pub(crate) fn of_url(mut self) -> Self {
        if self
            .failure()
            .is_some_and(|it| it.kind == FailureKind::Unsendable)
        {
            let problem = std::error::Error::source(&self);
            let problem = problem.map_or_else(|| self.to_string(), ToString::to_string);
            let hint =
                "read the record that the URL came from again, and check any proxy on the way";
            return Self::local(ErrorKind::Protocol, problem, hint);
        }
        if self.kind() == ErrorKind::Rejected {
            let hint =
                "the URL may have expired: read the record that it came from again for a fresh one";
            self.0.context.hint.get_or_insert_with(|| hint.to_owned());
        }
        self
    }

    /// Reports that one request came to nothing.
    pub(crate) fn refused(reason: Reason, refusal: Refusal) -> Self {
        let mut error = Self::request(reason, *refusal.failure, refusal.cause);
        error.0.answer = refusal
            .answer
            .map(|answer| Box::new(RawResponse::from(*answer)));
        error
    }

    pub(crate) fn upload(failure: UploadFailure, source: Option<Cause>) -> Self {
        let kind = kind_of(failure.reason, failure.is_timeout());
        // The base URL does not decide where storage is.
        let of_api = failure.failure.as_ref();
        let of_api = of_api.filter(|_| failure.step != StepKind::Put);
        let hint =
            of_api.and_then(|failure| redirect_hint(failure).or_else(|| scope_hint(failure)));
        let mut error = Self::build(kind, Problem::Upload(failure), source);
        error.0.context.hint = hint;
        error
    }

    pub(crate) fn cancelled(stored: Stored) -> Self {
        Self::build(ErrorKind::Cancelled, Problem::Cancelled(stored), None)
    }

    pub(crate) fn with_answer(mut self, answer: Answer) -> Self {
        self.0.answer = Some(Box::new(RawResponse::from(answer)));
        self
    }

    fn build(kind: ErrorKind, problem: Problem, source: Option<Cause>) -> Self {
        Self(Box::new(Inner {
            kind,
            problem,
            source,
            checkpoint: None,
            context: Context::default(),
            answer: None,
        }))
    }

    pub(crate) fn with_source(mut self, source: Option<Cause>) -> Self {
        self.0.source = source;
        self
    }

    pub(crate) fn with_checkpoint(mut self, checkpoint: Checkpoint) -> Self {
        self.0.checkpoint = Some(checkpoint);
        self
    }

    /// Returns the kind.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the API's or the storage's own code where there is one, else that of the kind.
    #[must_use]
    pub fn code(&self) -> &str {
        self.failure()
            .and_then(|failure| failure.api_code().or_else(|| failure.storage_code()))
            .unwrap_or_else(|| self.0.kind.as_str())
    }

    /// Returns the status of the last answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.failure().and_then(|failure| failure.status)
    }

    /// Returns `true` if the API itself says that what was asked about does not exist.
    pub(crate) fn says_gone(&self) -> bool {
        self.failure().is_some_and(Failure::says_gone)
    }

    /// Returns what the API said.
    #[must_use]
    pub fn api_error(&self) -> Option<&ApiError> {
        self.failure().and_then(|failure| failure.api.as_ref())
    }

    /// Returns the scope that the API key lacks, such as `account:read`, for an
    /// [`InsufficientScope`](ErrorKind::InsufficientScope) whose message names it.
    #[must_use]
    pub fn missing_scope(&self) -> Option<&str> {
        self.failure()?.missing_scope()
    }

    /// Returns the answer with which the API refused a request, or that could not be used, as it
    /// came. Uploads have none: theirs can contain presigned URLs.
    #[must_use]
    pub fn answer(&self) -> Option<&RawResponse> {
        self.0.answer.as_deref()
    }

    /// Returns the server's own number of the last request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.failure()
            .and_then(|failure| failure.request_id.as_deref())
    }

    /// Returns the step of the upload that failed last.
    #[must_use]
    pub fn step(&self) -> Option<StepKind> {
        match &self.0.problem {
            Problem::Upload(failure) => Some(failure.step),
            _ => None,
        }
    }

    /// Returns what is stored now, for an upload.
    #[must_use]
    pub fn stored(&self) -> Option<&Stored> {
        match &self.0.problem {
            Problem::Upload(failure) => Some(&failure.stored),
            Problem::Cancelled(stored) => Some(stored),
            _ => None,
        }
    }

    /// Returns the upload's end in the words of the machine, for those who branch on it.
    #[must_use]
    pub fn upload_failure(&self) -> Option<&UploadFailure> {
        match &self.0.problem {
            Problem::Upload(failure) => Some(failure),
            _ => None,
        }
    }

    /// Returns what an upload needs to be resumed. It can contain a presigned URL.
    #[must_use]
    pub fn checkpoint(&self) -> Option<&Checkpoint> {
        self.0.checkpoint.as_ref()
    }

    /// Tells whether the same call may well work later, without any change.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match &self.0.problem {
            Problem::Local(..) => matches!(
                self.kind(),
                ErrorKind::TimedOut | ErrorKind::Cancelled | ErrorKind::LocalResources
            ),
            Problem::Request(reason, _) => reason.is_retryable(),
            Problem::Upload(failure) => failure.is_retryable(),
            Problem::Cancelled(_) => true,
        }
    }

    /// Tells whether a time limit ended it.
    #[must_use]
    pub const fn is_timeout(&self) -> bool {
        matches!(self.0.kind, ErrorKind::TimedOut)
    }

    /// Returns what to do next, in a sentence.
    #[must_use]
    pub fn hint(&self) -> &str {
        if let Some(hint) = &self.0.context.hint {
            return hint;
        }
        let of_transport = self.0.source.as_ref();
        let of_transport = of_transport.and_then(|source| source.downcast_ref::<TransportError>());
        if let Some(hint) = of_transport.and_then(TransportError::hint) {
            return hint;
        }
        match &self.0.problem {
            Problem::Local(_, hint) => hint,
            Problem::Request(reason, failure) => reason.hint_for(Some(failure)),
            Problem::Upload(failure) => failure.hint(),
            Problem::Cancelled(_) => "run the same upload again to go on",
        }
    }

    fn failure(&self) -> Option<&Failure> {
        match &self.0.problem {
            Problem::Request(_, failure) => Some(failure),
            Problem::Upload(failure) => failure.failure.as_ref(),
            _ => None,
        }
    }
}

/// Advises to set the base URL to where the API redirects, if that looks like the API as well.
fn redirect_hint(failure: &Failure) -> Option<String> {
    let (base, _) = failure.redirect_target()?.split_once("/v3/")?;
    (!base.is_empty()).then(|| format!("if {base} is the API that you mean, use it as base URL"))
}

/// Names the scope that a key needs.
fn scope_hint(failure: &Failure) -> Option<String> {
    let scope = failure.missing_scope()?;
    Some(format!(
        "use an API key with the scope {scope}; the HeyGen settings show and change the scopes of a \
         key"
    ))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.context.fmt_before(f)?;
        match &self.0.problem {
            Problem::Local(message, _) => f.write_str(message)?,
            Problem::Request(Reason::TooLarge { .. }, failure) => {
                write!(f, "the request is larger than the server takes: {failure}")?;
            }
            Problem::Request(reason, failure) => {
                let (reason, failure) = (reason.to_string(), failure.to_string());
                // Some failures begin with the words of their reason.
                match failure.starts_with(&reason) {
                    true => f.write_str(&failure)?,
                    false => write!(f, "{reason}: {failure}")?,
                }
            }
            Problem::Upload(failure) => failure.fmt(f)?,
            Problem::Cancelled(stored) => write!(f, "the upload was cancelled; {stored}")?,
        }
        self.0.context.fmt_after(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.to_string())
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::local(
            ErrorKind::InvalidInput,
            format!("{invalid}; nothing was sent"),
            "change the value that is named",
        )
    }
}
