//! The list of transitions is the truth: the scenarios take every one of them and no other.

use std::collections::BTreeSet;

use heygen_upload_core::{StateName, TRANSITIONS};

use crate::{harness::World, scenarios};

/// Returns every transition that the scenarios take, but for the two kinds of bad ends.
fn taken() -> BTreeSet<(StateName, StateName)> {
    let mut taken = BTreeSet::new();
    for case in scenarios::all() {
        let mut world = (case.scenario)().run();
        taken.extend(world.transitions.drain(..));
        // What another process would make of the end belongs to the list too.
        let end = world.checkpoint();
        world.resume(&end);
        taken.extend(world.transitions.drain(..));
    }
    taken.retain(|(_, to)| !matches!(to, StateName::Failed | StateName::Cancelled));
    taken
}

#[test]
fn every_listed_transition_is_taken_and_no_other() {
    let listed: BTreeSet<_> = TRANSITIONS
        .iter()
        .map(|transition| (transition.from(), transition.to()))
        .collect();
    assert_eq!(
        listed.len(),
        TRANSITIONS.len(),
        "a transition is listed twice"
    );
    let taken = taken();
    let untaken: Vec<_> = listed.difference(&taken).collect();
    let unlisted: Vec<_> = taken.difference(&listed).collect();
    assert!(untaken.is_empty(), "no scenario takes {untaken:?}");
    assert!(unlisted.is_empty(), "the list lacks {unlisted:?}");
}

#[test]
fn every_state_of_the_list_is_a_state_and_every_state_is_in_the_list() {
    let listed: BTreeSet<_> = TRANSITIONS
        .iter()
        .flat_map(|transition| [transition.from(), transition.to()])
        .chain([StateName::Failed, StateName::Cancelled])
        .collect();
    assert_eq!(listed, StateName::ALL.iter().copied().collect());
    for transition in TRANSITIONS {
        assert!(!transition.from().is_terminal());
        assert!(!transition.on().is_empty());
    }
    assert_eq!(TRANSITIONS[0].on(), "digest is to be declared");
}

#[test]
fn every_step_can_fail_and_can_be_cancelled() {
    let steps: BTreeSet<_> = StateName::ALL
        .iter()
        .copied()
        .filter(|state| state.step().is_some())
        .collect();
    let (mut failed, mut cancelled) = (BTreeSet::new(), BTreeSet::new());
    for case in scenarios::all() {
        for inputs in 0.. {
            let mut world = World::new((case.scenario)());
            let reached = (0..inputs).all(|_| world.advance());
            if !reached || world.has_ended() {
                failed.extend(leaving(&world, StateName::Failed));
                break;
            }
            world.upload.cancel(world.now);
            world.drain();
            cancelled.extend(leaving(&world, StateName::Cancelled));
        }
    }
    assert_eq!(failed, steps);
    assert_eq!(cancelled, steps);
}

fn leaving(world: &World, end: StateName) -> Option<StateName> {
    let last = world.transitions.last();
    last.filter(|(_, to)| *to == end).map(|(from, _)| *from)
}
