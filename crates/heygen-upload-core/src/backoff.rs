use core::time::Duration;

use crate::RetryPolicy;

/// The shortest pause between two requests that ask for the same, so that no policy asks without
/// one.
pub(crate) const SHORTEST_PAUSE: Duration = Duration::from_millis(10);

/// How often in a row a step may find this machine without a file descriptor, a thread or memory.
/// Other uploads end in that time, a minute with the usual waits, and give theirs back.
pub(crate) const SHORTAGES_MAX: u32 = 8;

/// Returns the wait before attempt `retry + 1`: a random time between half and the whole of
/// `base × 2^retry`, never above the cap.
pub(crate) fn backoff(policy: &RetryPolicy, retry: u32, jitter: &mut Jitter) -> Duration {
    let factor = 1_u32.checked_shl(retry).unwrap_or(u32::MAX);
    let whole = policy.base.saturating_mul(factor).min(policy.cap);
    let half = whole / 2;
    // A fraction of a very long time is rounded, upwards too.
    half.saturating_add(half.mul_f64(jitter.next_fraction()))
}

/// A small random generator (SplitMix64): equal seeds give equal waits.
#[derive(Clone, Debug)]
pub(crate) struct Jitter(u64);

impl Jitter {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a number from 0 up to, but not including, 1.
    fn next_fraction(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_lie_between_half_and_whole_and_stop_at_the_cap() {
        let policy = RetryPolicy::default();
        let mut jitter = Jitter::new(7);
        for retry in 0..80 {
            let whole = Duration::from_millis(500)
                .saturating_mul(2_u32.saturating_pow(retry))
                .min(Duration::from_secs(30));
            for _ in 0..50 {
                let wait = backoff(&policy, retry, &mut jitter);
                assert!(wait >= whole / 2 && wait <= whole, "{retry}: {wait:?}");
            }
        }
    }

    #[test]
    fn no_wait_is_too_long_to_be_counted() {
        let mut policy = RetryPolicy::default();
        (policy.base, policy.cap) = (Duration::MAX, Duration::MAX);
        let mut jitter = Jitter::new(7);
        for retry in 0..1_000 {
            assert!(backoff(&policy, retry, &mut jitter) >= Duration::MAX / 2);
        }
    }

    #[test]
    fn the_jitter_is_that_of_splitmix64() {
        // The first numbers of the generator for the seed 1234567, as its author publishes them.
        let mut jitter = Jitter::new(1_234_567);
        for published in [
            6_457_827_717_110_365_317_u64,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ] {
            let expected = (published >> 11) as f64 / (1_u64 << 53) as f64;
            assert!((jitter.next_fraction() - expected).abs() < f64::EPSILON);
        }
    }

    #[test]
    fn equal_seeds_give_equal_waits_and_others_do_not() {
        let waits = |seed| {
            let mut jitter = Jitter::new(seed);
            [0, 1, 2].map(|retry| backoff(&RetryPolicy::default(), retry, &mut jitter))
        };
        assert_eq!(waits(1), waits(1));
        assert_ne!(waits(1), waits(2));
    }
}
