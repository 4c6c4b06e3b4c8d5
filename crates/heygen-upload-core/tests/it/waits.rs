//! How long the machine waits: backoff, `Retry-After`, and the timers of object and status.

use core::time::Duration;

use heygen_types::batches::ItemStatus;
use heygen_upload_core::{Event, Failure, Rule, StepKind, Timer};

use crate::harness::{
    Fault, Scenario, World, api, direct, loses, lost_whole, single, status, timer_of,
};

const SECOND: Duration = Duration::from_secs(1);

fn after(mut failure: Failure, wait: Duration) -> Failure {
    failure.retry_after = Some(wait);
    failure
}

fn waits(scenario: Scenario) -> Vec<Duration> {
    let waits = scenario.run().waits;
    waits.into_iter().map(|(_, wait)| wait).collect()
}

/// Asserts that each wait lies between the half and the whole of its step of the backoff.
fn assert_backoff(waits: &[Duration], base: Duration, cap: Duration) {
    for (retry, wait) in (0..).zip(waits) {
        let whole = (base * 2_u32.pow(retry)).min(cap);
        assert!(
            *wait >= whole / 2 && *wait <= whole,
            "retry {retry}: {wait:?}"
        );
    }
}

#[test]
fn waits_double_up_to_the_cap() {
    let waits = waits(single().always(StepKind::Single, status(503)));
    assert_eq!(waits.len(), 7);
    assert_backoff(&waits, SECOND / 2, 30 * SECOND);
    let policy = |scenario: Scenario| {
        scenario.config(|config| {
            config.retry.base = 2 * SECOND;
            config.retry.cap = 5 * SECOND;
        })
    };
    let waits = self::waits(policy(single().always(StepKind::Single, status(503))));
    assert_backoff(&waits, 2 * SECOND, 5 * SECOND);
}

#[test]
fn another_seed_gives_other_waits() {
    let seeded = |seed| {
        let scenario = single().always(StepKind::Single, status(503));
        waits(scenario.config(|config| config.seed = seed))
    };
    assert_eq!(seeded(1), seeded(1));
    assert_ne!(seeded(1), seeded(2));
}

#[test]
fn a_longer_retry_after_wins_and_a_shorter_one_does_not() {
    let wait = |asked| waits(single().fault(StepKind::Single, after(status(429), asked)));
    assert_eq!(wait(7 * SECOND), [7 * SECOND]);
    assert_backoff(&wait(SECOND / 100), SECOND / 2, SECOND);
    // As long as the limit is still honoured.
    assert_eq!(wait(120 * SECOND), [120 * SECOND]);
}

#[test]
fn a_retry_after_above_the_limit_is_carried_by_the_error() {
    let asked = 120 * SECOND + Duration::from_nanos(1);
    let scenario = direct().always(StepKind::Put, after(status(503), asked));
    let world = scenario.run();
    let limit = 120 * SECOND;
    assert_eq!(world.rule(), Rule::RetryAfter { asked, limit });
    assert_eq!(
        world.failure().failure.as_ref().unwrap().retry_after,
        Some(asked)
    );
}

#[test]
fn a_retry_after_counts_for_every_step() {
    let asked = 9 * SECOND;
    for (scenario, timer) in [
        (
            direct().fault(StepKind::Create, after(status(503), asked)),
            Timer::Backoff,
        ),
        (
            direct().fault(StepKind::Put, after(status(503), asked)),
            Timer::Backoff,
        ),
        (
            direct().fault(StepKind::Complete, after(status(503), asked)),
            Timer::Backoff,
        ),
        (
            direct().fault(StepKind::Complete, after(api(409, "conflict"), asked)),
            Timer::Object,
        ),
    ] {
        assert_eq!(
            scenario.run().waits,
            [(timer, asked)],
            "{}",
            timer_of(timer)
        );
    }
}

#[test]
fn no_policy_asks_without_a_pause() {
    let hurried = |scenario: Scenario| {
        let scenario = scenario.config(|config| {
            (config.retry.base, config.object_window) = (Duration::ZERO, SECOND / 20);
            if let Some(wait) = &mut config.wait {
                (wait.first, wait.cap, wait.limit) = (Duration::ZERO, Duration::ZERO, SECOND / 20);
            }
        });
        scenario.run().waits
    };
    for waits in [
        hurried(direct().always(StepKind::Complete, api(409, "conflict"))),
        hurried(direct().waiting().server(|server| {
            server.statuses = vec![ItemStatus::Processing; 100].into();
        })),
        hurried(single().fault(StepKind::Single, status(503))),
    ] {
        assert!((1..=12).contains(&waits.len()), "{waits:?}");
        // The last one may end with the limit.
        let pauses = &waits[..waits.len().max(2) - 1];
        assert!(
            pauses.iter().all(|(_, wait)| *wait >= SECOND / 100),
            "{waits:?}"
        );
    }
}

#[test]
fn the_wait_is_told_with_the_failure() {
    let world = single()
        .fault(StepKind::Single, after(status(429), 7 * SECOND))
        .run();
    let retrying = world.events.iter().find_map(|event| match event {
        Event::Retrying {
            step,
            failure,
            wait,
        } => Some((*step, failure.status, *wait)),
        _ => None,
    });
    assert_eq!(retrying, Some((StepKind::Single, Some(429), 7 * SECOND)));
}

#[test]
fn all_waits_together_stay_within_the_budget() {
    let budget = 20 * SECOND;
    let world = direct()
        .config(|config| {
            config.retry.wait_budget = budget;
            config.retry.max_attempts = 100;
        })
        .fault(StepKind::Create, status(503))
        .always(StepKind::Put, status(503))
        .run();
    assert_eq!(world.rule(), Rule::WaitBudget(budget));
    let together: Duration = world.waits.iter().map(|(_, wait)| *wait).sum();
    assert!(together <= budget, "{together:?}");
}

#[test]
fn a_request_that_succeeds_starts_its_backoff_anew() {
    let waits = waits(
        direct()
            .fault(StepKind::Create, status(503))
            .fault(StepKind::Put, status(503))
            .fault(StepKind::Complete, status(503)),
    );
    for wait in waits {
        assert!(wait <= SECOND / 2, "{wait:?}");
    }
}

#[test]
fn an_object_is_waited_for_as_long_as_the_window() {
    let world = direct()
        .always(StepKind::Complete, api(409, "conflict"))
        .run();
    assert_eq!(world.rule(), Rule::ObjectWindow(60 * SECOND));
    let waits: Vec<_> = world.waits.iter().map(|(_, wait)| *wait).collect();
    let puts = world.trace.iter().filter(|word| *word == "put").count();
    assert_eq!(puts, 2);
    // The backoff starts anew after the second PUT.
    let second = waits.iter().rposition(|wait| *wait <= SECOND / 2).unwrap();
    for window in [&waits[..second], &waits[second..]] {
        assert_backoff(window, SECOND / 2, 30 * SECOND);
        let together: Duration = window.iter().sum();
        assert!(
            (60 * SECOND..90 * SECOND).contains(&together),
            "{together:?}"
        );
    }
}

#[test]
fn bytes_without_an_answer_are_looked_for_as_long_as_they_took_and_half_a_minute_at_most() {
    for (took, window) in [
        (Duration::from_millis(1), Duration::ZERO),
        (3 * SECOND, 3 * SECOND),
        (30 * SECOND, 30 * SECOND),
        (3600 * SECOND, 30 * SECOND),
    ] {
        let lost = Fault::FailsAfter(took, lost_whole());
        let world = direct().fault(StepKind::Put, lost).run();
        let looks = world.trace.iter().filter(|word| *word == "probe").count();
        let objects = world
            .waits
            .iter()
            .filter(|(timer, _)| *timer == Timer::Object);
        assert_eq!(looks, 1 + objects.count(), "{took:?}");
        assert!(looks < 10, "{took:?}: {looks} looks");
        // The last look comes at the very end, but for the time that the looks themselves take.
        let waited: Duration = world.waits.iter().map(|(_, wait)| *wait).sum();
        let slack = SECOND / 10;
        match window.is_zero() {
            true => assert_eq!(looks, 1),
            false => assert!(
                waited <= window && waited > window - slack,
                "{took:?}: {waited:?}"
            ),
        }
    }
    // Whatever the backoff is, they are not looked for without end.
    let lost = Fault::FailsAfter(3600 * SECOND, lost_whole());
    let hasty = direct().config(|config| config.retry.cap = SECOND / 1000);
    let world = hasty.fault(StepKind::Put, lost).run();
    let looks = world.trace.iter().filter(|word| *word == "probe").count();
    assert!((15..20).contains(&looks), "{looks} looks");
    // The server may ask for more.
    let busy = after(api(409, "conflict"), 50 * SECOND);
    let lost = Fault::FailsAfter(3 * SECOND, lost_whole());
    let scenario = direct().fault(StepKind::Put, lost);
    let world = scenario.fault(StepKind::Complete, busy).run();
    assert_eq!(world.waits[1], (Timer::Object, 50 * SECOND));
    assert_eq!(world.end(), "completed");
}

#[test]
fn the_background_work_is_asked_for_less_and_less() {
    let statuses = vec![ItemStatus::Processing; 1_000];
    let world = direct()
        .waiting()
        .server(|server| server.statuses = statuses.into())
        .run();
    let limit = 20 * 60 * SECOND;
    assert_eq!(world.rule(), Rule::WaitLimit(limit));
    assert!(world.failure().is_timeout());
    let waits: Vec<_> = world.waits.iter().map(|(_, wait)| wait.as_secs()).collect();
    assert_eq!(waits[..6], [2, 4, 8, 16, 30, 30]);
    let together: Duration = world.waits.iter().map(|(_, wait)| *wait).sum();
    assert!(
        together <= limit && together > limit - SECOND,
        "{together:?}"
    );
}

#[test]
fn a_trial_waits_before_it_asks() {
    let mut world = World::new(direct().fault(StepKind::Put, loses()));
    world.advance();
    world.advance();
    assert_eq!(world.upload.poll_timer(), Some(Timer::Backoff));
}

#[test]
fn a_slow_transfer_is_not_an_error() {
    let day = 24 * 3600 * SECOND;
    let world = direct().fault(StepKind::Put, Fault::Takes(day)).run();
    assert_eq!(world.end(), "completed");
    assert!(world.waits.is_empty());
}
