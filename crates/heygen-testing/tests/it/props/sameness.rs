//! Equal inputs give equal outputs, and inputs that do not fit change nothing.

use std::sync::LazyLock;

use heygen_testing::strategies::{configs, fault_scripts, plans};
use heygen_upload_core::{StepId, StepKind};
use proptest::{prop_assert_eq, proptest};

use super::{config, script::scenario};
use crate::harness::{World, disturb, single, status};

/// A number that no step has had yet.
static FUTURE: LazyLock<StepId> = LazyLock::new(|| {
    let busy = single()
        .config(|config| {
            config.retry.max_attempts = 500;
            config.retry.wait_budget = core::time::Duration::MAX;
        })
        .always(StepKind::Single, status(503));
    let ended = busy.run().ended;
    *ended.last().expect("a busy server is asked more than once")
});

proptest! {
    #![proptest_config(config())]

    #[test]
    fn equal_inputs_give_equal_outputs(
        plan in plans(),
        upload in configs(),
        script in fault_scripts(),
        life in 1_i64..10_000,
    ) {
        let scenario = scenario(plan, upload, script, life);
        let [one, two] = [scenario.clone().run(), scenario.run()];
        prop_assert_eq!(one.trace.join(" "), two.trace.join(" "));
        prop_assert_eq!(&one.events, &two.events);
        prop_assert_eq!(&one.waits, &two.waits);
        prop_assert_eq!(one.checkpoint(), two.checkpoint());
    }
}

proptest! {
    #![proptest_config({
        // Every case tries dozens of inputs at every moment.
        let mut config = config();
        config.cases = config.cases.div_ceil(10);
        config
    })]

    #[test]
    fn inputs_that_do_not_fit_change_nothing(
        plan in plans(),
        upload in configs(),
        script in fault_scripts(),
        life in 1_i64..10_000,
    ) {
        let scenario = scenario(plan, upload, script, life);
        let calm = scenario.clone().run();
        let mut world = World::new(scenario);
        disturb(&mut world, *FUTURE);
        while world.advance() {
            disturb(&mut world, *FUTURE);
        }
        prop_assert_eq!(world.trace.join(" "), calm.trace.join(" "));
        prop_assert_eq!(&world.events, &calm.events);
    }
}
