use core::time::Duration;

use heygen_upload_core::{Config, RetryPolicy, WaitPolicy};
use proptest::{
    option,
    prelude::{Strategy, any},
};

/// Makes configurations with limits small enough to be reached.
pub fn configs() -> impl Strategy<Value = Config> {
    let deadline = option::weighted(0.3, millis(1..=600_000));
    let window = millis(0..=90_000);
    let parts = (
        retry_policies(),
        deadline,
        waits(),
        window,
        any::<(bool, u64)>(),
    );
    parts.prop_map(
        |(retry, deadline, wait, object_window, (can_refresh, seed))| {
            let mut config = Config::default();
            config.retry = retry;
            config.deadline = deadline;
            config.wait = wait;
            config.object_window = object_window;
            config.can_refresh_credential = can_refresh;
            config.seed = seed;
            config
        },
    )
}

/// Makes configurations whose limits are never reached: what passes is waited for.
pub fn generous_configs() -> impl Strategy<Value = Config> {
    (waits(), any::<u64>()).prop_map(|(wait, seed)| {
        let mut config = Config::default();
        config.retry.max_attempts = u32::MAX;
        config.retry.max_generations = u32::MAX;
        config.retry.wait_budget = Duration::MAX;
        config.retry.retry_after_limit = Duration::MAX;
        config.object_window = Duration::from_secs(24 * 3600);
        config.can_refresh_credential = true;
        config.wait = wait.map(|mut wait| {
            wait.limit = Duration::from_secs(365 * 24 * 3600);
            wait
        });
        config.seed = seed;
        config
    })
}

/// Makes retry policies, down to those that allow nothing.
pub fn retry_policies() -> impl Strategy<Value = RetryPolicy> {
    let counts = (0_u32..=6, 0_u32..=4);
    let times = (
        millis(50..=1_000),
        millis(50..=40_000),
        millis(0..=150_000),
        millis(0..=700_000),
    );
    (counts, times).prop_map(|((attempts, generations), (base, cap, after, budget))| {
        let mut policy = RetryPolicy::default();
        policy.max_attempts = attempts;
        policy.max_generations = generations;
        policy.base = base;
        policy.cap = cap;
        policy.retry_after_limit = after;
        policy.wait_budget = budget;
        policy
    })
}

fn waits() -> impl Strategy<Value = Option<WaitPolicy>> {
    let wait = (
        millis(100..=3_000),
        millis(100..=30_000),
        millis(0..=120_000),
    );
    option::of(wait.prop_map(|(first, cap, limit)| {
        let mut wait = WaitPolicy::default();
        wait.first = first;
        wait.cap = cap;
        wait.limit = limit;
        wait
    }))
}

fn millis(range: core::ops::RangeInclusive<u64>) -> impl Strategy<Value = Duration> {
    range.prop_map(Duration::from_millis)
}
