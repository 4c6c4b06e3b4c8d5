use core::{fmt, time::Duration};

use heygen_types::{AssetId, ByteSize, MediaType, Sha256Digest, Url, batches::ItemStatus};
use serde::{Deserialize, Serialize};

use crate::{Failure, FailureKind, Route, StepKind, code_hint};

/// An upload that ended well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Finished {
    /// The asset.
    pub asset_id: AssetId,
    /// Where the file can be fetched.
    pub url: Url,
    /// The type, as the server detected it.
    pub media_type: MediaType,
    /// The number of bytes stored.
    pub size: ByteSize,
    /// The digest of the file, when it was hashed.
    pub sha256: Option<Sha256Digest>,
    /// Where the asset stands. A single request says nothing of it.
    pub status: Option<ItemStatus>,
    /// The way the file went: single or direct.
    pub route: Route,
    /// One, and one more for every time that a step had to be repeated.
    pub attempts: u32,
}

/// An upload that failed for good.
///
/// `Display` says what happened, at which step, what was stored and which rule ended the retries;
/// [`hint`](Self::hint) says what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UploadFailure {
    /// Why.
    pub reason: Reason,
    /// The step that failed last.
    pub step: StepKind,
    /// What came back from that step, when something did.
    pub failure: Option<Failure>,
    /// What is stored now.
    pub stored: Stored,
    /// One, and one more for every time that a step had to be repeated.
    pub attempts: u32,
}

/// Why an upload failed for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The credential is missing or was refused.
    Authentication,
    /// The credential is good, but not for this.
    Permission,
    /// The API key is valid, but lacks the scope that the operation requires.
    /// [`Failure::missing_scope`] returns which one.
    InsufficientScope,
    /// The server refused the request for another reason.
    Rejected,
    /// The file is larger than the server takes.
    TooLarge {
        /// The limit, where the server told it.
        max: Option<ByteSize>,
    },
    /// The server said something that cannot be understood, or asked for something impossible.
    Protocol,
    /// The server could not prove who it is.
    Untrusted,
    /// Client and server, or the proxy between them, are set up in ways that do not fit.
    Incompatible,
    /// The request cannot be sent: the base URL or the credential is not usable.
    Unsendable,
    /// The file changed between two reads.
    SourceChanged,
    /// The file could not be read.
    SourceUnreadable,
    /// This machine had no file descriptor, thread or memory left, for about a minute.
    LocalResources,
    /// What was stored is not what was on the disk.
    Integrity(Mismatch),
    /// The background work on the stored asset failed.
    Processing,
    /// A rule ended the retries.
    Exhausted(Rule),
    /// The request may have been carried out, and sending it again could do so twice.
    Unconfirmed {
        /// Whether the server answered with success, in a body that cannot be read.
        accepted: bool,
    },
}

/// What differs between the file and what was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mismatch {
    /// The number of bytes.
    Size,
    /// The type.
    MediaType,
    /// The digest.
    Digest,
    /// The asset: the server answered about another one than it was asked about, so what became of
    /// the file is not known.
    Asset,
}

/// A rule that ended the retries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// The request was sent as often as allowed.
    Attempts(u32),
    /// All waits together would have been longer than allowed.
    WaitBudget(Duration),
    /// The server asked for a longer wait than allowed.
    RetryAfter {
        /// What it asked for.
        asked: Duration,
        /// What is allowed.
        limit: Duration,
    },
    /// As many presigned URLs were used as allowed.
    Generations(u32),
    /// Storage did not show the object in time.
    ObjectWindow(Duration),
    /// The whole upload took as long as allowed.
    Deadline(Duration),
    /// The background work took as long as allowed.
    WaitLimit(Duration),
}

/// What is stored when an upload ends badly.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stored {
    /// Nothing.
    Nothing,
    /// A request was sent whose end is not known. The same upload resumed is safe: it repeats the
    /// request under the same key.
    Unknown,
    /// The bytes are stored under this id, but the upload is not known to be completed. The same
    /// upload resumed completes it without sending the bytes again.
    Unfinished(AssetId),
    /// The asset is stored and can be used.
    Finished(AssetId),
    /// The server named this asset, and it is not what was on the disk. After a single request it may
    /// be that of another file.
    Mismatched(AssetId),
}

impl UploadFailure {
    /// Tells whether a time limit ended the upload.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self.reason {
            Reason::Exhausted(Rule::Deadline(_) | Rule::WaitLimit(_)) => true,
            Reason::Exhausted(_) => self.failure.as_ref().is_some_and(Failure::is_timeout),
            _ => false,
        }
    }

    /// Tells whether the same upload may well work later, without any change.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        self.reason.is_retryable()
    }

    /// Returns `true` if the last thing that came back was said by something on the way to the
    /// server: a gateway, proxy or firewall.
    #[must_use]
    pub fn is_from_intermediary(&self) -> bool {
        let kind = self.failure.as_ref().map(|failure| failure.kind);
        kind == Some(FailureKind::Intermediary)
    }

    /// Returns what to do next, in a sentence.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        self.reason.hint_for(self.failure.as_ref())
    }
}

impl Reason {
    /// Returns `true` if the same may well work later, without any change.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self, Self::Exhausted(_) | Self::LocalResources)
    }

    /// Returns what to do next, in a sentence: by the [code](code_hint) of the failure, or by who it
    /// came from, where that is what the reason rests on; else by the reason itself.
    #[must_use]
    pub fn hint_for(self, failure: Option<&Failure>) -> &'static str {
        let rests_on_code = matches!(
            self,
            Self::Rejected
                | Self::Permission
                | Self::InsufficientScope
                | Self::Exhausted(Rule::Attempts(_) | Rule::WaitBudget(_))
        );
        let failure = failure.filter(|_| rests_on_code);
        let code = failure.and_then(Failure::api_code);
        let hint = failure.and_then(Failure::hint);
        let hint = hint.or_else(|| code.and_then(code_hint));
        hint.unwrap_or_else(|| self.hint())
    }

    /// Returns what to do next, in a sentence.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Authentication => "check the API key, or sign in again",
            Self::Permission => "ask the owner of the workspace for access, or check the plan",
            Self::InsufficientScope => {
                "use an API key with the scope that the message names; the HeyGen settings show and \
                 change the scopes of a key"
            }
            Self::Rejected => "change what the server names in its message, then try again",
            Self::TooLarge { .. } => "make the file smaller: re-encode or split it",
            Self::Protocol => {
                "the server does not speak the HeyGen v3 API: check the base URL and any proxy"
            }
            Self::Untrusted => {
                "check the base URL and the clock; behind a company proxy add its root certificate"
            }
            Self::Incompatible => {
                "check the base URL and the proxy; the settings of TLS may differ on both sides"
            }
            Self::Unsendable => "check the base URL and the API key for stray characters",
            Self::SourceChanged => "upload again once nothing writes to the file",
            Self::SourceUnreadable => "check that the file exists and can be read",
            Self::LocalResources => {
                "upload fewer files at once, or raise the limit of open files (ulimit -n) or of \
                 threads (ulimit -u)"
            }
            Self::Integrity(Mismatch::Asset) => {
                "run the same upload again; if it happens twice, check any proxy or cache on the way to \
                 the API"
            }
            Self::Integrity(_) => {
                "upload again; if it happens twice, check the disk and the network"
            }
            Self::Processing => "check that the file plays, then upload it again",
            Self::Unconfirmed { .. } => {
                "look whether it was carried out before you send it again: that could do it twice"
            }
            Self::Exhausted(rule) => match rule {
                Rule::Deadline(_) => "give it more time, or none at all: the limit is optional",
                Rule::WaitLimit(_) => "the asset is stored; ask for its status later",
                Rule::RetryAfter { .. } => "wait as long as the server asks, then try again",
                _ => "try again later",
            },
        }
    }
}

impl fmt::Display for UploadFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "upload failed at step {}: ", self.step)?;
        match &self.failure {
            // It says the same, and which asset it was.
            Some(failure) if failure.kind == FailureKind::WrongAsset => failure.fmt(f)?,
            _ => self.reason.fmt(f)?,
        }
        // These failures say no more than their reason does.
        let repeats = matches!(
            self.reason,
            Reason::SourceChanged
                | Reason::SourceUnreadable
                | Reason::LocalResources
                | Reason::Untrusted
                | Reason::Incompatible
                | Reason::Unsendable
                | Reason::Integrity(Mismatch::Asset)
        );
        match &self.failure {
            Some(failure) if !repeats => write!(f, ": {failure}")?,
            _ => {}
        }
        write!(f, "; {}", self.stored)
    }
}

impl core::error::Error for UploadFailure {}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Authentication => f.write_str("the credential was not accepted"),
            Self::Permission => f.write_str("the credential does not allow this"),
            Self::InsufficientScope => {
                f.write_str("the API key does not have the scope that this needs")
            }
            Self::Rejected => f.write_str("the server refused the request"),
            Self::TooLarge { max: Some(max) } => write!(
                f,
                "the file is larger than the {} bytes that the server takes",
                max.bytes()
            ),
            Self::TooLarge { max: None } => f.write_str("the file is larger than the server takes"),
            Self::Protocol => f.write_str("the server's answer makes no sense"),
            Self::Untrusted => f.write_str("the server could not prove who it is"),
            Self::Incompatible => {
                f.write_str("the settings of client and server do not fit together")
            }
            Self::Unsendable => f.write_str("the request cannot be sent"),
            Self::SourceChanged => f.write_str("the file changed while it was uploaded"),
            Self::SourceUnreadable => f.write_str("the file could not be read"),
            Self::LocalResources => FailureKind::LocalResources.fmt(f),
            Self::Integrity(Mismatch::Asset) => {
                f.write_str("the server answered about another asset")
            }
            Self::Integrity(mismatch) => write!(
                f,
                "the {mismatch} of what was stored is not that of the file"
            ),
            Self::Processing => f.write_str("the server could not process the file"),
            Self::Exhausted(rule) => rule.fmt(f),
            Self::Unconfirmed { accepted: false } => {
                f.write_str("the request may have been carried out")
            }
            Self::Unconfirmed { accepted: true } => {
                f.write_str("the request was carried out, and what it did is not known")
            }
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Size => "size",
            Self::MediaType => "media type",
            Self::Digest => "digest",
            Self::Asset => "asset",
        })
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attempts(1) => f.write_str("no further attempt is allowed"),
            Self::Attempts(attempts) => write!(f, "gave up after {attempts} attempts"),
            Self::WaitBudget(limit) => {
                write!(f, "gave up: all waits together may take {limit:?}")
            }
            Self::RetryAfter { asked, limit } => {
                let started = u64::from(asked.subsec_nanos() > 0);
                let asked = Duration::from_secs(asked.as_secs().saturating_add(started));
                write!(
                    f,
                    "gave up: the server asks to wait {asked:?}, at most {limit:?} is allowed"
                )
            }
            Self::Generations(limit) => write!(f, "gave up after {limit} upload URLs"),
            Self::ObjectWindow(limit) => {
                write!(f, "gave up: storage did not show the file within {limit:?}")
            }
            Self::Deadline(limit) => write!(f, "gave up: the deadline of {limit:?} has passed"),
            Self::WaitLimit(limit) => {
                write!(f, "gave up: the asset was not ready within {limit:?}")
            }
        }
    }
}

impl fmt::Display for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing was stored"),
            Self::Unknown => f.write_str("whether anything was stored is not known"),
            Self::Unfinished(id) => {
                write!(
                    f,
                    "the bytes are stored as {id}, which is not known to be completed: do not use it yet"
                )
            }
            Self::Finished(id) => write!(f, "the file is stored as {id}"),
            Self::Mismatched(id) => {
                write!(
                    f,
                    "the server names {id}, which is not the file: look at it before you delete it"
                )
            }
        }
    }
}
