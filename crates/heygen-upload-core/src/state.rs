use core::fmt;

use crate::StepKind;

/// Where the machine stands: in a step, waiting to start it, or at an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum StateName {
    /// Made, and not asked for anything yet.
    Ready,
    /// The source is read and hashed.
    Hash,
    /// A fresh credential is fetched.
    Credential,
    /// The file goes up in one request.
    Single,
    /// A presigned URL is asked for.
    Create,
    /// The bytes go to storage.
    Put,
    /// The upload is completed on trial: a PUT ended without an answer, and the object may be
    /// there.
    Probe,
    /// The upload is completed.
    Complete,
    /// The background work is watched.
    Status,
    /// Ended well.
    Completed,
    /// Ended badly.
    Failed,
    /// Cancelled.
    Cancelled,
}

impl StateName {
    /// Every state, in the order in which an upload meets them.
    pub const ALL: &'static [Self] = &[
        Self::Ready,
        Self::Hash,
        Self::Credential,
        Self::Single,
        Self::Create,
        Self::Put,
        Self::Probe,
        Self::Complete,
        Self::Status,
        Self::Completed,
        Self::Failed,
        Self::Cancelled,
    ];

    /// Tells whether nothing follows.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Cancelled)
    }

    /// Returns the kind of step that runs in this state.
    #[must_use]
    pub const fn step(self) -> Option<StepKind> {
        Some(match self {
            Self::Hash => StepKind::Hash,
            Self::Credential => StepKind::Credential,
            Self::Single => StepKind::Single,
            Self::Create => StepKind::Create,
            Self::Put => StepKind::Put,
            Self::Probe | Self::Complete => StepKind::Complete,
            Self::Status => StepKind::Status,
            Self::Ready | Self::Completed | Self::Failed | Self::Cancelled => return None,
        })
    }
}

impl fmt::Display for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ready => "ready",
            Self::Probe => "probe",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            other => match other.step() {
                Some(step) => step.as_str(),
                None => "ready",
            },
        })
    }
}

/// One way from a state to another. The machine takes no way that is not listed in
/// [`TRANSITIONS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    from: StateName,
    to: StateName,
    on: &'static str,
}

impl Transition {
    /// Returns the state it leaves.
    #[must_use]
    pub const fn from(&self) -> StateName {
        self.from
    }

    /// Returns the state it enters.
    #[must_use]
    pub const fn to(&self) -> StateName {
        self.to
    }

    /// Returns what causes it, in a few words.
    #[must_use]
    pub const fn on(&self) -> &'static str {
        self.on
    }
}

macro_rules! transitions {
    ($($from:ident -> $to:ident: $on:literal,)+) => {
        /// Every transition but two kinds that exist for each step: a failure for good leads to
        /// [`StateName::Failed`], and a cancellation to [`StateName::Cancelled`].
        ///
        /// The state diagram of the documentation is drawn from this list, a debug assertion holds
        /// the machine to it, and the tests take every one of them.
        pub const TRANSITIONS: &[Transition] = &[$(Transition {
            from: StateName::$from,
            to: StateName::$to,
            on: $on,
        }),+];
    };
}

transitions! {
    Ready -> Hash: "digest is to be declared",
    Ready -> Single: "fits into one request",
    Ready -> Create: "goes direct",
    Ready -> Probe: "resumed with a URL",
    Ready -> Complete: "resumed with stored bytes",
    Ready -> Status: "resumed with an asset",
    Ready -> Completed: "resumed at the end",
    Hash -> Hash: "no descriptor, thread or memory",
    Hash -> Single: "hashed, resumed",
    Hash -> Create: "hashed",
    Hash -> Put: "hashed again, unchanged",
    Hash -> Probe: "hashed, resumed with a URL",
    Hash -> Complete: "hashed again, resumed with stored bytes",
    Single -> Single: "repeat, same key",
    Single -> Hash: "too large for one request",
    Single -> Create: "too large for one request",
    Single -> Credential: "401",
    Single -> Status: "uploaded, wait",
    Single -> Completed: "uploaded",
    Create -> Create: "repeat, or URL past its life",
    Create -> Credential: "401",
    Create -> Put: "URL received",
    Put -> Put: "repeat, or 307",
    Put -> Create: "URL no longer usable",
    Put -> Probe: "lost after the last byte",
    Put -> Hash: "digest refused, or unknown",
    Put -> Complete: "stored",
    Probe -> Probe: "repeat",
    Probe -> Put: "409, not there",
    Probe -> Create: "404, or URL past its life",
    Probe -> Credential: "401",
    Probe -> Status: "was stored, wait",
    Probe -> Completed: "was stored",
    Complete -> Complete: "409, or repeat",
    Complete -> Put: "still not there",
    Complete -> Create: "404, or URL past its life",
    Complete -> Credential: "401",
    Complete -> Status: "completed, wait",
    Complete -> Completed: "completed",
    Status -> Status: "still processing",
    Status -> Credential: "401",
    Status -> Completed: "processed",
    Credential -> Single: "refreshed",
    Credential -> Create: "refreshed",
    Credential -> Probe: "refreshed",
    Credential -> Complete: "refreshed",
    Credential -> Status: "refreshed",
    Credential -> Credential: "repeat",
}

/// Tells whether the machine may go from one state to another.
pub(crate) fn is_listed(from: StateName, to: StateName) -> bool {
    matches!(to, StateName::Failed | StateName::Cancelled) && !from.is_terminal()
        || TRANSITIONS
            .iter()
            .any(|transition| transition.from == from && transition.to == to)
}

#[cfg(test)]
mod tests {
    use super::{StateName, TRANSITIONS, is_listed};

    #[test]
    fn bad_ends_follow_all_but_ends_and_everything_else_is_in_the_list() {
        let mut ways = 0;
        for &from in StateName::ALL {
            for &to in StateName::ALL {
                ways += usize::from(is_listed(from, to));
            }
            let can_end_badly = is_listed(from, StateName::Failed);
            assert_eq!(can_end_badly, !from.is_terminal(), "{from}");
            assert!(!is_listed(from, StateName::Ready), "{from}");
        }
        let running = StateName::ALL.iter().filter(|state| !state.is_terminal());
        assert_eq!(ways, TRANSITIONS.len() + 2 * running.count());
    }
}
