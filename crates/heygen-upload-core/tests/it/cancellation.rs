//! Cancellation and deadline, in every state.

use core::time::Duration;

use heygen_upload_core::{Event, Rule, StepKind, Stored, Timestamp};

use crate::{
    harness::{World, direct, loses, reason_of, single},
    scenarios,
};

/// A year: later than anything that a scenario waits for.
const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

/// Calls back with every scenario, stopped after every input.
fn for_each_moment(with_deadline: bool, mut check: impl FnMut(&str, World)) {
    for case in scenarios::all() {
        for inputs in 0.. {
            let mut scenario = (case.scenario)();
            if with_deadline && scenario.config.deadline.is_none() {
                scenario = scenario.deadline(YEAR);
            } else if with_deadline {
                break;
            }
            let mut world = World::new(scenario);
            if !(0..inputs).all(|_| world.advance()) || world.has_ended() {
                break;
            }
            check(case.name, world);
        }
    }
}

#[test]
fn a_cancellation_ends_every_state_at_once_and_can_be_resumed() {
    for_each_moment(false, |name, mut world| {
        let ran = world.running.is_some();
        let events = world.events.len();
        world.upload.cancel(world.now);
        world.drain();
        assert_eq!(world.end(), "cancelled", "{name}");
        assert_eq!(world.events.len(), events + 1, "{name}: one event");
        assert!(!ran || world.running.is_none(), "{name}: aborted");

        // A second cancellation changes nothing.
        world.upload.cancel(world.now);
        assert_eq!(world.upload.poll_output(), None, "{name}");

        let checkpoint = world.checkpoint();
        world.resume(&checkpoint);
        world.finish();
    });
}

#[test]
fn a_deadline_ends_every_state_at_once() {
    for_each_moment(true, |name, mut world| {
        world.now = world.now.after(YEAR);
        world.upload.handle_timeout(world.now);
        world.drain();
        assert_eq!(world.end(), "failed:deadline", "{name}");
        assert_eq!(world.rule(), Rule::Deadline(YEAR));
        assert!(world.failure().is_timeout());
        assert!(world.failure().is_retryable());
    });
}

#[test]
fn a_deadline_counts_from_where_it_is_told_to_and_is_named_whole() {
    let hour = Duration::from_secs(3600);
    let began = World::new(single()).now.since_unix() - hour;
    let began = Timestamp::from_unix(began);
    let mut world = World::new(single().deadline(YEAR).config(|config| {
        config.began = Some(began);
    }));
    let until = began.after(YEAR);
    assert_eq!(world.upload.poll_timeout(), Some(until));
    world.now = until;
    world.upload.handle_timeout(world.now);
    world.drain();
    assert_eq!(world.rule(), Rule::Deadline(YEAR));
}

#[test]
fn a_deadline_is_kept_by_every_timer() {
    for_each_moment(true, |name, world| {
        let deadline = world.now.after(YEAR);
        let timeout = world.upload.poll_timeout();
        assert!(timeout.is_some_and(|until| until <= deadline), "{name}");
    });
}

#[test]
fn what_is_stored_is_told() {
    let stored = |mut world: World| {
        world.upload.cancel(world.now);
        world.drain();
        match world.events.pop() {
            Some(Event::Cancelled { stored }) => stored,
            other => panic!("{other:?}"),
        }
    };
    let after = |scenario, inputs| {
        let mut world = World::new(scenario);
        (0..inputs).for_each(|_| assert!(world.advance()));
        world
    };
    // Before a create is answered there is nothing; during a PUT nobody knows.
    assert_eq!(stored(after(direct(), 0)), Stored::Nothing);
    assert_eq!(stored(after(direct(), 1)), Stored::Unknown);
    let id = "asset_1".parse().unwrap();
    assert_eq!(stored(after(direct(), 2)), Stored::Unfinished(id));
    let id = "asset_1".parse().unwrap();
    assert_eq!(stored(after(direct().waiting(), 3)), Stored::Finished(id));
    assert_eq!(stored(after(single(), 0)), Stored::Unknown);
    let lost = single().fault(StepKind::Single, loses());
    assert_eq!(stored(after(lost, 1)), Stored::Unknown);
}

#[test]
fn bytes_that_were_sent_from_a_changed_source_may_be_stored() {
    for name in [
        "a_source_that_changed_between_two_attempts_fails",
        "a_source_that_changed_after_it_was_hashed_fails",
    ] {
        let case = scenarios::all().find(|case| case.name == name).unwrap();
        let world = (case.scenario)().run();
        let failure = world.failure();
        assert_eq!(reason_of(&failure.reason), "source-changed");
        assert_eq!(failure.stored, Stored::Unknown, "{name}");
    }
}
