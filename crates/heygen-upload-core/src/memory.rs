use alloc::boxed::Box;
use core::time::Duration;

use heygen_types::{AssetId, PresignedUrl};

use crate::{Failure, StateName, StepId, Timestamp};

/// What the machine is doing between two inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Activity {
    /// Nothing: it has just been made, or it has ended.
    Idle,
    /// A step is under way.
    Running(StepId),
    /// A timer runs.
    Waiting { until: Timestamp, timer: Timer },
}

/// Why the machine waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Timer {
    /// A failed request is to be repeated.
    Backoff,
    /// Storage is to show an object that it accepted, or may have accepted.
    Object,
    /// The background work is to be asked for again.
    Status,
    /// The whole upload is to end.
    Deadline,
}

/// What the machine knows of this run only. A resumed upload starts without it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// How often each request was started since it last had an answer that counts.
    pub(crate) tries: Tries,
    /// How often in a row this machine had not what a step needs.
    pub(crate) shortages: u32,
    /// How often any step had to be repeated.
    pub(crate) repeats: u32,
    /// How long all waits between attempts were together.
    pub(crate) waited: Duration,
    /// How many presigned URLs were given up.
    pub(crate) urls_given_up: u32,
    /// The last answer to this request could not be read, or was about another asset.
    pub(crate) unreadable: bool,
    /// A fresh credential is to be fetched before anything else.
    pub(crate) refresh_due: bool,
    /// This request has had its fresh credential.
    pub(crate) refreshed: bool,
    /// Where the PUT was redirected to.
    pub(crate) redirect: Option<PresignedUrl>,
    /// The PUT to this URL was redirected before.
    pub(crate) redirected: bool,
    /// Storage refused a URL without telling why.
    pub(crate) refused: bool,
    /// Storage refused the digest.
    pub(crate) digest_refused: bool,
    /// The source is to be read again before anything is sent.
    pub(crate) verify_source: bool,
    /// The bytes may be there: complete on trial before they are sent again.
    pub(crate) probe_due: bool,
    /// Why nobody knows whether the bytes are there.
    pub(crate) lost_put: Option<Box<Failure>>,
    /// When the last PUT was started.
    pub(crate) put_began: Timestamp,
    /// Until when bytes whose PUT was not answered may show up.
    pub(crate) probe_until: Timestamp,
    /// How long to pause at least between two looks.
    pub(crate) probe_pause: Duration,
    /// How often they were looked for in vain.
    pub(crate) probe_polls: u32,
    /// The bytes may still be on their way from a process that has ended: a trial that finds
    /// nothing is repeated once before they are sent again.
    pub(crate) probe_twice: bool,
    /// A process that has ended may have sent the bytes under this key. The answer is then a
    /// replay, for which nobody reads them: their digest has to be learned before.
    pub(crate) replay_likely: bool,
    /// `complete` did not know an asset that `create` had given.
    pub(crate) unknown_asset: bool,
    /// When `complete` first answered that storage does not show the object.
    pub(crate) object_missing_since: Option<Timestamp>,
    /// How often it has answered that.
    pub(crate) object_polls: u32,
    /// The bytes were sent once more because storage never showed them.
    pub(crate) put_repeated: bool,
    /// Bytes were sent and it is not known what became of them.
    pub(crate) uncertain: bool,
    /// The asset that turned out not to be the file.
    pub(crate) mismatched: Option<AssetId>,
    /// When the background work was first asked for.
    pub(crate) status_since: Option<Timestamp>,
    /// How often it has been asked for.
    pub(crate) status_polls: u32,
    /// How many answers to that were unreadable since the last one that was not.
    pub(crate) status_unreadable: u32,
    /// The background work has ended, or is not known to the server.
    pub(crate) status_settled: bool,
}

/// A counter of starts for each state that sends a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tries([u32; StateName::ALL.len()]);

impl Tries {
    pub(crate) const fn of(&self, state: StateName) -> u32 {
        self.0[state as usize]
    }

    /// Counts a start.
    pub(crate) const fn count(&mut self, state: StateName) {
        self.0[state as usize] += 1;
        // Bytes that are sent again are completed afresh.
        if matches!(state, StateName::Put) {
            self.reset(StateName::Probe);
            self.reset(StateName::Complete);
        }
    }

    /// Takes a start back that came to nothing.
    pub(crate) const fn uncount(&mut self, state: StateName) {
        let count = &mut self.0[state as usize];
        *count = count.saturating_sub(1);
    }

    pub(crate) const fn reset(&mut self, state: StateName) {
        self.0[state as usize] = 0;
    }
}
