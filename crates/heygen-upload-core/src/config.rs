use core::time::Duration;

use heygen_types::{ByteSize, limits};

use crate::Timestamp;

/// How an upload behaves. Every field has a default that suits most.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Config {
    /// When and how often failed requests are repeated.
    pub retry: RetryPolicy,
    /// The longest the whole upload may take. Default: no limit, for a slow link is not an error.
    pub deadline: Option<Duration>,
    /// Since when the deadline counts, for a driver that had work to do before there was a machine.
    /// Default: since the machine was made.
    pub began: Option<Timestamp>,
    /// Whether to wait for the background work on the asset. Default: no.
    pub wait: Option<WaitPolicy>,
    /// The largest file that [`Route::Auto`](crate::Route::Auto) sends in one request. Default:
    /// [`SINGLE_REQUEST_CLIENT_MAX`](limits::SINGLE_REQUEST_CLIENT_MAX).
    pub single_max: ByteSize,
    /// How long storage may take to show an object whose PUT it accepted. Default: 60 s.
    pub object_window: Duration,
    /// Whether a resumed upload reads its source before anything else and compares the digest with
    /// the one in the checkpoint. For a driver that finds a source of the same size whose content may
    /// be another, such as a file whose time of modification was put back. Default: no.
    pub verify_source: bool,
    /// Whether the driver can get a fresh credential after a 401. Default: no.
    pub can_refresh_credential: bool,
    /// Where the jitter of the waits comes from. Equal inputs and seeds give equal outputs.
    pub seed: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            retry: RetryPolicy::default(),
            deadline: None,
            began: None,
            wait: None,
            single_max: limits::SINGLE_REQUEST_CLIENT_MAX,
            object_window: Duration::from_secs(60),
            verify_source: false,
            can_refresh_credential: false,
            seed: 0,
        }
    }
}

/// When and how often failed requests are repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How often one request is sent at most, the first time included; one that an intermediary
    /// refuses, 4 times at most. Default: 8.
    pub max_attempts: u32,
    /// The first wait; each further one is twice as long. Default: 0.5 s.
    pub base: Duration,
    /// The longest wait that is not asked for by a server. Default: 30 s.
    pub cap: Duration,
    /// The longest `Retry-After` that is honoured. A longer one ends the retries. Default: 120 s.
    pub retry_after_limit: Duration,
    /// The longest that all waits of the upload may take together. Default: 10 min.
    pub wait_budget: Duration,
    /// How many presigned URLs one upload may use. A resumed upload counts anew, as it does for
    /// every limit: else one that outlived its URLs could never be resumed again. Default: 5.
    pub max_generations: u32,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 8,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(30),
            retry_after_limit: Duration::from_secs(120),
            wait_budget: Duration::from_secs(600),
            max_generations: 5,
        }
    }
}

/// How to wait for the background work on a stored asset.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WaitPolicy {
    /// The time between the first two questions; it doubles each time. Default: 2 s.
    pub first: Duration,
    /// The longest time between two questions. Default: 30 s.
    pub cap: Duration,
    /// The longest wait. Default: 20 min.
    pub limit: Duration,
}

impl Default for WaitPolicy {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(2),
            cap: Duration::from_secs(30),
            limit: Duration::from_secs(20 * 60),
        }
    }
}
