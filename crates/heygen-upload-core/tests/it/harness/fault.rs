use core::time::Duration;

use heygen_types::{
    ApiError, PresignedUrl, Sha256Digest,
    assets::{CompletedAsset, UploadSlot, UploadedAsset},
    batches::StatusEntry,
};
use heygen_upload_core::{Failure, FailureKind, Redirect};

/// What goes wrong with one step.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// The server does nothing, and this comes back.
    Fails(Failure),
    /// The server does its work, and this comes back in place of the answer.
    Loses(Failure),
    /// The server does its work and says something else.
    Says(fn(&mut Answer)),
    /// All goes well, but takes this long.
    Takes(Duration),
    /// The server does nothing, and this comes back after as long.
    FailsAfter(Duration, Failure),
    /// The server does its work, and this comes back in place of the answer after as long.
    LosesAfter(Duration, Failure),
    /// All goes well, but the digest that the step should tell is not told.
    TellsNoDigest(Failure),
    /// Nothing comes back, ever.
    Hangs,
    /// The user cancels while the step runs.
    Cancels,
    /// The process dies before the request has left it.
    Crashes,
    /// The process dies after the server has done its work.
    CrashesAfter,
    /// Somebody writes to the source just before the step reads it.
    SourceChanges,
}

/// What a step gives back.
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "one of them is alive at a time, and it is not moved often"
)]
pub(crate) enum Answer {
    Hashed(Sha256Digest),
    Refreshed,
    Uploaded(UploadedAsset),
    Created(UploadSlot),
    Stored,
    Completed(CompletedAsset),
    Status(Vec<StatusEntry>),
    Failed(Failure),
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Self::Fails(failure)
    }
}

/// An answer with this status and no body: what an intermediary says.
pub(crate) fn status(status: u16) -> Failure {
    Failure::from_api(status, None)
}

/// An answer of the API with this status and code.
pub(crate) fn api(status: u16, code: &str) -> Failure {
    Failure::from_api(status, Some(ApiError::new(code, "as the server words it")))
}

/// An answer of the storage with this status and code.
pub(crate) fn storage(status: u16, code: &str) -> Failure {
    let body = format!(
        "<Error><Code>{code}</Code><Message>as S3 words it</Message>\
         <RequestId>R1</RequestId><StringToSign>SECRET</StringToSign></Error>"
    );
    Failure::from_storage(status, body.as_bytes())
}

/// A failure without an answer.
pub(crate) fn kind(kind: FailureKind) -> Failure {
    Failure::new(kind)
}

/// The connection was lost somewhere in the body.
pub(crate) fn interrupted() -> Failure {
    kind(FailureKind::Interrupted)
}

/// The connection was lost after the last byte.
pub(crate) fn lost_whole() -> Failure {
    let mut failure = interrupted();
    failure.body_handed_over = true;
    failure
}

/// The server does its work, and the connection is lost before the answer.
pub(crate) fn loses() -> Fault {
    Fault::Loses(lost_whole())
}

/// A redirect of the PUT.
pub(crate) fn redirect(target: &str) -> Failure {
    let mut failure = status(307);
    failure.redirect = Some(Redirect::new(PresignedUrl::new(target)));
    failure
}

/// The process dies before the request has left it.
pub(crate) fn crash() -> Fault {
    Fault::Crashes
}

/// The process dies after the server has done its work.
pub(crate) fn crash_after() -> Fault {
    Fault::CrashesAfter
}
