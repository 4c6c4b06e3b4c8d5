//! Every upload ends, once, within its limits. The harness checks at every output that keys stand
//! for one request, that nothing is put after the life of its URL, that nothing is completed
//! before it was sent, that at most one step runs, and that no secret shows.

use core::time::Duration;
use std::collections::BTreeMap;

use heygen_testing::strategies::{configs, fault_scripts, plans};
use heygen_upload_core::{Event, FailureKind, Timer};
use proptest::{prop_assert, prop_assert_eq, proptest};

use super::{config, script::scenario};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_upload_ends_once_and_within_its_limits(
        plan in plans(),
        upload in configs(),
        script in fault_scripts(),
        life in 1_i64..10_000,
    ) {
        let world = scenario(plan, upload.clone(), script, life).run();
        let ends = world.events.iter().filter(|event| event.is_terminal());
        prop_assert_eq!(ends.count(), 1);
        prop_assert!(world.events.last().is_some_and(Event::is_terminal));

        let runs = 1 + world.trace.iter().filter(|word| *word == "resumed").count() as u32;
        let policy = &upload.retry;
        let attempts = policy.max_attempts.max(1);
        let mut sent = BTreeMap::<&str, u32>::new();
        for word in &world.trace {
            *sent.entry(word).or_default() += 1;
        }

        // What this machine could not begin for want of resources is no attempt.
        let is_shortage = |event: &&Event| {
            matches!(event, Event::Retrying { failure, .. } if failure.kind == FailureKind::LocalResources)
        };
        let shortages = world.events.iter().filter(is_shortage).count() as u32;

        // A key is sent again after failures, and once more with a fresh credential.
        let keyed = sent.iter().filter(|(word, _)| word.contains('.'));
        for (key, times) in keyed {
            let most = runs * (attempts + 1) + shortages;
            prop_assert!(*times <= most, "{key}: {times} times");
        }
        let creates = sent.keys().filter(|word| word.starts_with("create.")).count() as u32;
        prop_assert!(creates <= runs * policy.max_generations.max(1), "{creates} URLs");

        // One more PUT for a redirect, for a refused digest, and for an object that never shows.
        let puts = sent.get("put").copied().unwrap_or_default();
        let most = creates.max(1) * runs * (2 * attempts + 3) + shortages;
        prop_assert!(puts <= most, "{puts} PUTs");

        let waited: Duration = world
            .waits
            .iter()
            .filter(|(timer, _)| *timer != Timer::Status)
            .map(|(_, wait)| *wait)
            .sum();
        prop_assert!(waited <= policy.wait_budget * runs, "{waited:?}");
    }
}
