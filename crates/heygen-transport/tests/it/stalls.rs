//! When a wait is over, without a clock.

use std::time::Duration;

use heygen_transport::StallClock;

const LIMIT: Duration = Duration::from_secs(30);

/// Looks whenever the timer fires, `stop` late at the first time after `stopped_at`, and returns how
/// long the whole wait lasted.
fn waited(limit: Duration, stopped_at: Duration, stop: Duration) -> Duration {
    let (mut clock, mut now, mut stop) = (StallClock::new(), Duration::ZERO, Some(stop));
    while let Some(next) = clock.look(now, Duration::ZERO, limit) {
        assert!(next > now && next <= now + limit, "{next:?} after {now:?}");
        now = next;
        if now > stopped_at {
            now += stop.take().unwrap_or_default();
        }
    }
    now
}

#[test]
fn a_wait_that_nothing_disturbs_ends_at_its_limit() {
    for limit in [1, 10, 400, 1_000, 30_000, 86_400_000] {
        let limit = Duration::from_millis(limit);
        assert_eq!(waited(limit, Duration::ZERO, Duration::ZERO), limit);
    }
}

#[test]
fn time_in_which_the_process_was_stopped_does_not_count() {
    for stopped_at in [0, 5, 20, 29] {
        for stop in [2, 10, 29, 31, 3_600] {
            let (stopped_at, stop) = (Duration::from_secs(stopped_at), Duration::from_secs(stop));
            let waited = waited(LIMIT, stopped_at, stop);
            // All of the limit is left when the process runs again.
            assert!(
                waited >= stopped_at + stop + LIMIT,
                "{stopped_at:?} {stop:?}: {waited:?}"
            );
        }
    }
}

#[test]
fn a_timer_that_is_a_little_late_is_no_stop() {
    let late = Duration::from_millis(400);
    assert!(waited(LIMIT, Duration::from_secs(5), late) <= LIMIT + late);
}

#[test]
fn each_wait_counts_from_its_own_beginning() {
    let mut clock = StallClock::new();
    let at = Duration::from_secs;
    assert_eq!(clock.look(at(29), at(0), LIMIT), Some(at(30)));
    assert_eq!(clock.look(at(30), at(29), LIMIT), Some(at(31)));
    assert_eq!(clock.look(at(30), at(0), LIMIT), None);
}
