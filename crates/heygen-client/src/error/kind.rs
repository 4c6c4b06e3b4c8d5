use heygen_upload_core::{Failure, FailureKind, Reason, Rule};

/// What kind of error it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The credential is missing or was refused.
    Authentication,
    /// The credential is good, but not for this.
    Permission,
    /// The API key is valid, but lacks the scope that the operation requires.
    /// [`Error::missing_scope`](crate::Error::missing_scope) returns which one.
    InsufficientScope,
    /// An argument cannot be used; nothing was sent.
    InvalidInput,
    /// The client is not set up well: base URL, key, transport.
    Configuration,
    /// The API refused the request.
    Rejected,
    /// The file is larger than the server takes.
    TooLarge,
    /// The type of the file is not accepted.
    UnsupportedType,
    /// The file could not be read.
    Source,
    /// The file changed while it was uploaded.
    SourceChanged,
    /// What was stored is not what was on the disk, or the server answered about another asset.
    Integrity,
    /// This machine had no file descriptor, thread or memory left, and waiting did not help.
    LocalResources,
    /// The network or the server failed, or a gateway, proxy or firewall on the way refused the
    /// request, and retries did not help.
    Network,
    /// A time limit ended it.
    TimedOut,
    /// The server could not prove who it is.
    Untrusted,
    /// Client and server, or the proxy between them, are set up in ways that do not fit.
    Incompatible,
    /// The server does not speak this API.
    Protocol,
    /// The server took the work and could not do it: a stored file that it could not process, a
    /// job that failed.
    Processing,
    /// A job waits for an answer.
    NeedsInput,
    /// It was cancelled.
    Cancelled,
    /// A newer version of this program wrote the [journal](crate::Journal); nothing was sent.
    NewerJournal,
}

impl ErrorKind {
    /// Returns the kind in the form of an error code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authentication => "authentication",
            Self::Permission => "permission",
            Self::InsufficientScope => "insufficient_scope",
            Self::InvalidInput => "invalid_input",
            Self::Configuration => "configuration",
            Self::Rejected => "rejected",
            Self::TooLarge => "too_large",
            Self::UnsupportedType => "unsupported_type",
            Self::Source => "source_unreadable",
            Self::SourceChanged => "source_changed",
            Self::Integrity => "integrity",
            Self::LocalResources => "local_resources",
            Self::Network => "network",
            Self::TimedOut => "timed_out",
            Self::Untrusted => "untrusted",
            Self::Incompatible => "incompatible",
            Self::Protocol => "protocol",
            Self::Processing => "processing_failed",
            Self::NeedsInput => "needs_input",
            Self::Cancelled => "cancelled",
            Self::NewerJournal => "journal_newer",
        }
    }
}

pub(super) fn kind_of(reason: Reason, timed_out: bool) -> ErrorKind {
    match reason {
        Reason::Authentication => ErrorKind::Authentication,
        Reason::Permission => ErrorKind::Permission,
        Reason::InsufficientScope => ErrorKind::InsufficientScope,
        Reason::Rejected => ErrorKind::Rejected,
        Reason::TooLarge { .. } => ErrorKind::TooLarge,
        Reason::Protocol => ErrorKind::Protocol,
        Reason::Untrusted => ErrorKind::Untrusted,
        Reason::Incompatible => ErrorKind::Incompatible,
        Reason::Unsendable => ErrorKind::Configuration,
        Reason::SourceChanged => ErrorKind::SourceChanged,
        Reason::SourceUnreadable => ErrorKind::Source,
        Reason::LocalResources => ErrorKind::LocalResources,
        Reason::Integrity(_) => ErrorKind::Integrity,
        Reason::Processing => ErrorKind::Processing,
        Reason::Exhausted(Rule::Deadline(_) | Rule::WaitLimit(_)) => ErrorKind::TimedOut,
        Reason::Unconfirmed { accepted: true } => ErrorKind::Protocol,
        Reason::Exhausted(_) | Reason::Unconfirmed { .. } if timed_out => ErrorKind::TimedOut,
        // Of the remaining reasons, those yet to be invented included, the network is the safest
        // guess: nothing is promised about what was stored.
        _ => ErrorKind::Network,
    }
}

/// Returns the kind of a request that may have been carried out: that of its last attempt, which is
/// what is to be seen to.
pub(super) fn kind_of_unconfirmed(reason: Reason, last: &Failure) -> ErrorKind {
    match (last.kind, last.status) {
        (FailureKind::Unreadable, _) => ErrorKind::Protocol,
        (FailureKind::Credential, _) | (FailureKind::Answer, Some(401)) => {
            ErrorKind::Authentication
        }
        (FailureKind::Answer, Some(403)) => ErrorKind::Permission,
        _ => kind_of(reason, last.is_timeout()),
    }
}

/// Returns the kind of failure that a transport error is to the machine.
pub(crate) const fn failure_kind(kind: crate::TransportErrorKind) -> FailureKind {
    use crate::TransportErrorKind as Kind;
    match kind {
        Kind::Connect => FailureKind::Connect,
        Kind::Untrusted => FailureKind::Untrusted,
        Kind::Incompatible => FailureKind::Incompatible,
        Kind::Unreadable => FailureKind::Unreadable,
        Kind::AnswerTimeout => FailureKind::AnswerTimeout,
        Kind::Stall => FailureKind::Stall,
        Kind::Interrupted => FailureKind::Interrupted,
        Kind::Request => FailureKind::Unsendable,
        Kind::LocalResources => FailureKind::LocalResources,
    }
}
