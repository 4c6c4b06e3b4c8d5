use alloc::boxed::Box;
use core::time::Duration;

use crate::{Failure, Finished, Step, StepId, StepKind, Stored, UploadFailure};

/// What the machine wants from its driver. Outputs are carried out in the order in which they are
/// polled, each before the next.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a driver that forgets an output must not compile"
)]
pub enum Output {
    /// Start a step and report its outcome under this number.
    Start {
        /// The number of the step.
        id: StepId,
        /// What to do.
        step: Box<Step>,
    },
    /// Stop the step of this number. Its outcome, should one still come, changes nothing.
    Abort {
        /// The number of the step.
        id: StepId,
    },
    /// Something worth knowing happened.
    Event(Event),
}

/// Something worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// What a crash must not lose has changed: make [`Upload::checkpoint`](crate::Upload::checkpoint)
    /// durable now, before the next output is carried out.
    Checkpoint,
    /// A step failed and will be repeated.
    Retrying {
        /// The step that failed.
        step: StepKind,
        /// How it failed.
        failure: Box<Failure>,
        /// How long the machine waits first.
        wait: Duration,
    },
    /// The file is too large for one request after all and goes by direct upload.
    GoingDirect,
    /// The presigned URL can no longer be used; another one is asked for.
    NewUrl,
    /// Terminal: the upload ended well.
    Completed(Box<Finished>),
    /// Terminal: the upload failed for good.
    Failed(Box<UploadFailure>),
    /// Terminal: the upload was cancelled. Its checkpoint can be resumed.
    Cancelled {
        /// What is stored now.
        stored: Stored,
    },
}

impl Event {
    /// Tells whether this is the one event after which nothing follows.
    #[must_use]
    pub const fn is_terminal(&self) -> bool {
        matches!(
            self,
            Self::Completed(_) | Self::Failed(_) | Self::Cancelled { .. }
        )
    }
}
