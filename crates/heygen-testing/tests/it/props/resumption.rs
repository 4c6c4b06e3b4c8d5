//! What passes does not stop an upload, and neither does a crash.

use heygen_testing::strategies::{generous_configs, passing_fault_scripts, plans};
use heygen_upload_core::{Plan, Route};
use proptest::{prelude::any, prop_assert_eq, proptest, sample};

use super::{config, script::scenario};
use crate::harness::World;

/// A server that neither lies nor changes its mind takes this file.
fn acceptable(mut plan: Plan) -> Plan {
    if plan.route == Route::Single {
        plan.route = Route::Auto;
    }
    plan
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn faults_that_pass_end_well(
        plan in plans(),
        upload in generous_configs(),
        script in passing_fault_scripts(),
        life in 7_300_i64..100_000,
    ) {
        let world = scenario(acceptable(plan), upload, script, life).run();
        prop_assert_eq!(world.end(), "completed");
    }

    #[test]
    fn a_checkpoint_of_any_moment_reaches_the_same_end(
        plan in plans(),
        upload in generous_configs(),
        script in passing_fault_scripts(),
        life in 60_i64..100_000,
        stops in proptest::collection::vec((any::<sample::Index>(), 0..3_u8), 1..4),
    ) {
        let mut world = World::new(scenario(acceptable(plan), upload, script, life));
        for (stop, how) in stops {
            let inputs = stop.index(12);
            if !(0..inputs).all(|_| world.advance()) || world.has_ended() {
                break;
            }
            match how {
                0 => {
                    let checkpoint = world.checkpoint();
                    world.resume(&checkpoint);
                }
                1 => world.crash(),
                _ => world.crash_in_flight(),
            }
        }
        world.finish();
        prop_assert_eq!(world.end(), "completed");
    }
}
