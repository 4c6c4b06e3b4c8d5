//! The decision table of the crate documentation, row for row.

use heygen_types::PresignedUrl;

use crate::{Failure, FailureKind, Mismatch, Reason, StateName};

/// What is known when a step fails, beside the failure itself.
pub(crate) struct Situation<'a> {
    pub(crate) state: StateName,
    /// The route may still be changed from single to direct.
    pub(crate) route_is_automatic: bool,
    /// A 401 may be answered by a fresh credential, and this request has not used that yet.
    pub(crate) may_refresh: bool,
    /// The answer to this request was unreadable before.
    pub(crate) unreadable_before: bool,
    /// The presigned URL accepts a PUT as far as our clock knows.
    pub(crate) url_is_alive: bool,
    /// Where the PUT went.
    pub(crate) put_url: Option<&'a PresignedUrl>,
    /// The PUT was redirected before.
    pub(crate) redirected_before: bool,
    /// Storage refused a URL without telling why before.
    pub(crate) refused_before: bool,
    /// Storage refused the digest before.
    pub(crate) digest_refused_before: bool,
    /// `complete` did not know the asset before.
    pub(crate) unknown_before: bool,
    /// Bytes were sent, and it is not known what became of them.
    pub(crate) is_uncertain: bool,
    /// Bytes whose PUT was not answered may still show up in storage.
    pub(crate) may_show_up: bool,
}

/// What to do about a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// The same request again, under the same key, after a wait.
    Again,
    /// Fetch a fresh credential, then the same request again.
    Refresh,
    /// Leave the single route for the direct one.
    GoDirect,
    /// Ask for another presigned URL under a new key.
    NewGeneration,
    /// Put again to the same URL while it lives, else to a new one.
    PutAgain,
    /// The bytes may be there: complete on trial before anything is sent again.
    Probe,
    /// They may still show up: complete on trial once more, after a pause.
    ProbeAgain,
    /// Read the source again, to learn whether it changed.
    ReadSourceAgain,
    /// Follow a redirect of the PUT.
    Follow(PresignedUrl),
    /// Storage does not show the object yet: complete again after a wait.
    AwaitObject,
    /// The asset is stored, and how it does cannot be read: ask again at the next time.
    AskLater,
    /// Nothing helps.
    Fail(Reason),
}

pub(crate) fn decide(at: &Situation<'_>, failure: &Failure) -> Decision {
    match (failure.kind, at.state) {
        // Nothing was sent, whatever the step: it is the same step as before.
        (FailureKind::LocalResources, _) => Decision::Again,
        (FailureKind::SourceChanged, _) => Decision::Fail(Reason::SourceChanged),
        (FailureKind::SourceUnreadable, _) => Decision::Fail(Reason::SourceUnreadable),
        (FailureKind::Untrusted, _) => Decision::Fail(Reason::Untrusted),
        (FailureKind::Incompatible, _) => Decision::Fail(Reason::Incompatible),
        (FailureKind::Credential, _) => Decision::Fail(Reason::Authentication),
        // The URL and the headers of a PUT are the server's, those of other requests the user's.
        (FailureKind::Unsendable, StateName::Put) => Decision::Fail(Reason::Protocol),
        (FailureKind::Unsendable, _) => Decision::Fail(Reason::Unsendable),
        (_, StateName::Hash) => Decision::Fail(Reason::SourceUnreadable),
        // Who gives out credentials has no envelope to be told by.
        (_, StateName::Credential)
            if failure.is_transient() && !failure.is_intermediary_refusal() =>
        {
            Decision::Again
        }
        (_, StateName::Credential) => Decision::Fail(Reason::Authentication),
        (_, StateName::Put) => decide_put(at, failure),
        _ => decide_api(at, failure),
    }
}

/// The rows of single, create, complete and of every API step.
fn decide_api(at: &Situation<'_>, failure: &Failure) -> Decision {
    let completes = matches!(at.state, StateName::Complete | StateName::Probe);
    let is_intermediary = failure.kind == FailureKind::Intermediary;
    match failure.status {
        Some(400 | 413) if at.state == StateName::Single && failure.says_too_large() => {
            if !at.route_is_automatic {
                Decision::Fail(Reason::TooLarge { max: None })
            } else if is_intermediary && at.is_uncertain {
                // An earlier attempt may have passed: only its key leads back to that asset.
                Decision::Again
            } else {
                Decision::GoDirect
            }
        }
        Some(413) if is_intermediary => Decision::Again,
        Some(401) if at.may_refresh => Decision::Refresh,
        // This comes before every row that goes by a status, for an intermediary's says nothing.
        _ if failure.is_transient() => Decision::Again,
        _ if failure.kind == FailureKind::Unreadable && at.state == StateName::Status => {
            Decision::AskLater
        }
        _ if failure.is_no_answer() && !at.unreadable_before => Decision::Again,
        _ if failure.is_no_answer() => Decision::Fail(without_answer(failure)),
        Some(401) => Decision::Fail(Reason::Authentication),
        Some(403) if failure.is_insufficient_scope() => Decision::Fail(Reason::InsufficientScope),
        Some(403) => Decision::Fail(Reason::Permission),
        Some(404 | 410) if completes && failure.says_gone() && !at.unknown_before => {
            Decision::NewGeneration
        }
        Some(409) if at.state == StateName::Probe && at.may_show_up => Decision::ProbeAgain,
        Some(409) if at.state == StateName::Probe => Decision::PutAgain,
        Some(409) if at.state == StateName::Complete => Decision::AwaitObject,
        Some(409) if failure.is_in_progress() => Decision::Again,
        Some(400 | 413) if !completes && failure.says_too_large() => {
            Decision::Fail(Reason::TooLarge { max: None })
        }
        Some(400) if completes && names(failure, "checksum_sha256") => {
            Decision::Fail(Reason::Integrity(Mismatch::Digest))
        }
        Some(400) if completes && names(failure, "content_type") => {
            Decision::Fail(Reason::Integrity(Mismatch::MediaType))
        }
        // A success in whose body the API itself says that it is none.
        Some(200..=299 | 400..=499) => Decision::Fail(Reason::Rejected),
        // A redirect would carry the credential to another place; the rest is no HTTP API.
        _ => Decision::Fail(Reason::Protocol),
    }
}

/// Returns why a request failed whose success says nothing of what was asked.
pub(crate) fn without_answer(failure: &Failure) -> Reason {
    match failure.kind {
        FailureKind::WrongAsset => Reason::Integrity(Mismatch::Asset),
        _ => Reason::Protocol,
    }
}

/// The rows of put.
fn decide_put(at: &Situation<'_>, failure: &Failure) -> Decision {
    match (failure.status, failure.storage_code()) {
        (_, Some("ExpiredToken")) => Decision::NewGeneration,
        // Without a code it is not storage that refuses, and says nothing of the URL.
        (Some(403), Some(_)) if says_expired(failure) || !at.url_is_alive => {
            Decision::NewGeneration
        }
        (Some(403), Some(_)) if at.refused_before => Decision::Fail(Reason::Rejected),
        (Some(403), Some(_)) => Decision::NewGeneration,
        (_, Some("BadDigest" | "XAmzContentSHA256Mismatch" | "XAmzContentChecksumMismatch")) => {
            if at.digest_refused_before {
                Decision::Fail(Reason::Integrity(Mismatch::Digest))
            } else {
                Decision::ReadSourceAgain
            }
        }
        _ if failure.is_transient() && failure.body_handed_over => Decision::Probe,
        _ if failure.is_transient() => Decision::PutAgain,
        (Some(307), _) => match &failure.redirect {
            Some(redirect)
                if !at.redirected_before && same_scheme(at.put_url, redirect.target()) =>
            {
                Decision::Follow(redirect.target().clone())
            }
            _ => Decision::Fail(Reason::Protocol),
        },
        (Some(400..=499), _) if failure.says_too_large() => {
            Decision::Fail(Reason::TooLarge { max: None })
        }
        (Some(400..=499), _) => Decision::Fail(Reason::Rejected),
        _ => Decision::Fail(Reason::Protocol),
    }
}

fn says_expired(failure: &Failure) -> bool {
    failure.storage.as_ref().is_some_and(|error| error.expired)
}

fn names(failure: &Failure, param: &str) -> bool {
    failure
        .api
        .as_ref()
        .is_some_and(|error| error.param.as_deref() == Some(param))
}

fn same_scheme(from: Option<&PresignedUrl>, to: &PresignedUrl) -> bool {
    let scheme = |url: &PresignedUrl| {
        url.expose()
            .split_once("://")
            .map(|(scheme, _)| scheme.to_ascii_lowercase())
    };
    from.and_then(scheme)
        .is_some_and(|from| scheme(to) == Some(from))
}
