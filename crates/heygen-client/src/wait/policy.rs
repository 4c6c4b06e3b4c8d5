use std::time::Duration;

/// The shortest delay, so that no policy asks without a pause.
const SHORTEST_DELAY: Duration = Duration::from_millis(10);

/// When to look at a job again, and for how long.
///
/// ```
/// use std::time::Duration;
/// use heygen_client::PollPolicy;
///
/// let policy = PollPolicy::default();
/// let delays: Vec<u64> = (0..6).map(|look| policy.delay(look).as_secs()).collect();
/// assert_eq!(delays, [2, 4, 8, 16, 30, 30]);
///
/// let patient = policy.with_deadline(Duration::from_secs(2 * 60 * 60));
/// assert_eq!(patient.deadline(), Duration::from_secs(7200));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct PollPolicy {
    first_delay: Duration,
    growth: f64,
    cap: Duration,
    deadline: Duration,
    seed: Option<u64>,
}

impl PollPolicy {
    /// Sets the delay between the first two looks. Default: 2 s.
    #[must_use]
    pub const fn with_first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// Sets how much longer each delay is than the one before. Default: 2.0. A number below one
    /// counts as one, and so does what is not a number.
    #[must_use]
    pub const fn with_growth(mut self, growth: f64) -> Self {
        self.growth = growth.max(1.0);
        self
    }

    /// Sets the longest delay. Default: 30 s.
    #[must_use]
    pub const fn with_cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// Sets the longest wait. Default: 20 min.
    ///
    /// The last look is made when it has passed; it may take 2 seconds more, after which the wait ends
    /// without its answer, and without repeats of a request that fails.
    #[must_use]
    pub const fn with_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets where the jitter comes from. Equal seeds give equal delays. Default: every wait takes
    /// a random one.
    #[must_use]
    pub const fn with_seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Returns the longest wait.
    #[must_use]
    pub const fn deadline(&self) -> Duration {
        self.deadline
    }

    /// Returns the longest delay.
    #[must_use]
    pub const fn cap(&self) -> Duration {
        self.cap
    }

    /// Returns the delay after a look, the first of which is number 0: what growth and cap make of
    /// it, and with a seed between three quarters and the whole of that, so that many waits that
    /// began together do not look together for ever. It is never below 10 ms.
    #[must_use]
    pub fn delay(&self, look: u32) -> Duration {
        let cap = self.cap.as_secs_f64();
        let exponent = i32::try_from(look).unwrap_or(i32::MAX);
        let grown = self.first_delay.as_secs_f64() * self.growth.powi(exponent);
        // Zero times infinity is no number; a delay of zero stays one.
        let whole = if grown.is_nan() { 0.0 } else { grown.min(cap) };
        let part = self
            .seed
            .map_or(1.0, |seed| 0.75 + fraction(seed, look) / 4.0);
        let delay = Duration::try_from_secs_f64(whole * part).unwrap_or(self.cap);
        delay.min(self.cap).max(SHORTEST_DELAY)
    }

    pub(super) fn or_seed(mut self, seed: u64) -> Self {
        self.seed.get_or_insert(seed);
        self
    }
}

impl Default for PollPolicy {
    fn default() -> Self {
        Self {
            first_delay: Duration::from_secs(2),
            growth: 2.0,
            cap: Duration::from_secs(30),
            deadline: Duration::from_secs(20 * 60),
            seed: None,
        }
    }
}

/// Returns a number from 0 up to, but not including, 1: the same for the same seed and look.
fn fraction(seed: u64, look: u32) -> f64 {
    // The finaliser of MurmurHash3: every bit of the input reaches every bit of the output.
    let mut mixed = seed ^ (u64::from(look) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    mixed ^= mixed >> 33;
    (mixed >> 11) as f64 / (1_u64 << 53) as f64
}
