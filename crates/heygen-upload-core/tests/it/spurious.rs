//! Inputs that do not fit change nothing, at any moment of any scenario.

use core::time::Duration;

use heygen_upload_core::{StepId, StepKind};

use crate::{
    harness::{World, disturb, single, status},
    scenarios,
};

/// Returns a number that no scenario reaches.
fn number_of_the_future() -> StepId {
    let scenario = single()
        .config(|config| {
            config.retry.max_attempts = 200;
            config.retry.wait_budget = Duration::MAX;
        })
        .always(StepKind::Single, status(503));
    *scenario.run().ended.last().unwrap()
}

#[test]
fn inputs_that_do_not_fit_change_nothing() {
    let future = number_of_the_future();
    for case in scenarios::all() {
        let mut world = World::new((case.scenario)());
        disturb(&mut world, future);
        while world.advance() {
            disturb(&mut world, future);
        }
        assert_eq!(world.trace.join(" "), case.trace, "{}", case.name);
    }
}

#[test]
fn equal_inputs_give_equal_outputs() {
    for case in scenarios::all() {
        let [one, two] = [(); 2].map(|()| (case.scenario)().run());
        assert_eq!(one.events, two.events, "{}", case.name);
        assert_eq!(one.waits, two.waits, "{}", case.name);
        assert_eq!(one.checkpoint(), two.checkpoint(), "{}", case.name);
    }
}
