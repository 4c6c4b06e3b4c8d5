use core::time::Duration;

use heygen_upload_core::{
    Failure, FailureKind,
    StepKind::{Complete, Create, Hash, Put, Single},
};

use crate::{
    harness::{
        Fault, Scenario, api, direct, hashing, interrupted, kind, loses, single, status, storage,
    },
    scenarios::scenarios,
};

fn shortage() -> Failure {
    kind(FailureKind::LocalResources)
}

scenarios! {
    "any | two reads of the source give two digests" {
        a_source_that_changed_between_two_attempts_fails:
            single()
                .fault(Single, loses())
                .fault(Single, Fault::SourceChanges)
            => "single.1 backoff single.1 failed:source-changed",
        a_source_that_changed_after_it_was_hashed_fails:
            direct()
                .plan(|plan| plan.route = heygen_upload_core::Route::Single)
                .fault(Single, Fault::SourceChanges)
            => "single.1 failed:source-changed",
        a_source_that_the_driver_saw_change_fails:
            direct().always(Put, kind(FailureKind::SourceChanged))
            => "create.1 put failed:source-changed",
    }
    "any | a resume whose driver is not sure of the source" {
        a_doubtful_source_is_read_before_stored_bytes_are_completed:
            doubtful(direct()).fault(Complete, Fault::Crashes)
            => "create.1 put complete resumed hash complete completed",
        a_doubtful_source_is_read_before_a_trial:
            doubtful(direct()).fault(Put, Fault::CrashesAfter)
            => "create.1 put resumed hash probe completed",
        a_doubtful_source_is_read_before_a_url_is_asked_for:
            doubtful(direct()).fault(Create, Fault::Crashes)
            => "create.1 resumed hash create.1 put complete completed",
        a_doubtful_source_is_read_before_a_single_request_is_repeated:
            doubtful(direct()).plan(|plan| plan.route = heygen_upload_core::Route::Single)
                .fault(Single, Fault::CrashesAfter)
            => "single.1 resumed hash single.1 completed",
        stored_bytes_of_a_source_that_was_written_to_are_not_completed:
            doubtful(direct()).fault(Complete, Fault::Crashes).fault(Hash, Fault::SourceChanges)
            => "create.1 put complete resumed hash failed:source-changed",
        bytes_that_may_be_stored_of_a_source_that_was_written_to_are_not_completed:
            doubtful(direct()).fault(Put, Fault::CrashesAfter).fault(Hash, Fault::SourceChanges)
            => "create.1 put resumed hash failed:source-changed",
        a_single_request_of_a_source_that_was_written_to_is_not_repeated:
            doubtful(direct()).plan(|plan| plan.route = heygen_upload_core::Route::Single)
                .fault(Single, Fault::CrashesAfter).fault(Hash, Fault::SourceChanges)
            => "single.1 resumed hash failed:source-changed",
    }
    "any | the server's certificate is refused" {
        a_server_that_is_not_trusted_is_not_asked_again:
            single().always(Single, kind(FailureKind::Untrusted)) => "single.1 failed:untrusted",
        a_storage_that_is_not_trusted_is_not_asked_again:
            direct().always(Put, kind(FailureKind::Untrusted)) => "create.1 put failed:untrusted",
        settings_that_do_not_fit_are_not_tried_again:
            single().always(Single, kind(FailureKind::Incompatible))
            => "single.1 failed:incompatible",
        settings_that_do_not_fit_the_storage_are_not_tried_again:
            direct().always(Put, kind(FailureKind::Incompatible))
            => "create.1 put failed:incompatible",
        a_source_that_cannot_be_hashed_fails:
            hashing().always(Hash, kind(FailureKind::SourceUnreadable))
            => "hash failed:source-unreadable",
        a_hash_that_fails_otherwise_is_an_unreadable_source:
            hashing().always(Hash, interrupted()) => "hash failed:source-unreadable",
        a_source_that_cannot_be_sent_fails:
            direct().always(Put, kind(FailureKind::SourceUnreadable))
            => "create.1 put failed:source-unreadable",
        a_request_that_cannot_be_sent_fails:
            direct().always(Create, kind(FailureKind::Unsendable))
            => "create.1 failed:unsendable",
    }
    "any | this machine has no file descriptor, thread or memory left" {
        a_hash_without_a_descriptor_is_begun_again:
            hashing().fault(Hash, shortage()).fault(Hash, shortage())
            => "hash backoff hash backoff hash create.1 put complete completed",
        every_step_without_a_descriptor_is_begun_again_under_the_same_key:
            direct()
                .fault(Create, shortage())
                .fault(Put, shortage())
                .fault(Complete, shortage())
            => "create.1 backoff create.1 put backoff put complete backoff complete completed",
        a_shortage_is_no_attempt:
            single()
                .config(|config| config.retry.max_attempts = 1)
                .fault(Single, shortage())
                .fault(Single, shortage())
            => "single.1 backoff single.1 backoff single.1 completed",
        a_shortage_leaves_the_attempts_that_there_are:
            single()
                .config(|config| config.retry.max_attempts = 2)
                .fault(Single, shortage())
                .always(Single, status(503))
            => "single.1 backoff single.1 backoff single.1 failed:attempts",
        a_shortage_that_lasts_fails:
            direct().always(Put, shortage())
            => "create.1 put backoff put backoff put backoff put backoff put backoff put backoff put backoff put backoff put failed:local-resources",
    }
    "any | `cancel`" {
        a_cancelled_put_is_aborted: direct().fault(Put, Fault::Cancels)
            => "create.1 put cancelled",
        a_cancelled_single_request_is_aborted: single().fault(Single, Fault::Cancels)
            => "single.1 cancelled",
    }
    "any | attempts, generations, wait budget" {
        attempts_used_up_fail:
            single().config(|config| config.retry.max_attempts = 3).always(Single, status(503))
            => "single.1 backoff single.1 backoff single.1 failed:attempts",
        a_single_attempt_is_not_repeated:
            direct().config(|config| config.retry.max_attempts = 1).always(Put, interrupted())
            => "create.1 put failed:attempts",
        no_attempts_are_one: single().config(|config| config.retry.max_attempts = 0)
            .always(Single, status(503)) => "single.1 failed:attempts",
        attempts_to_put_count_across_trials:
            direct().config(|config| config.retry.max_attempts = 2)
                .always(Put, crate::harness::lost_whole())
            => "create.1 put backoff probe put backoff probe failed:attempts",
        urls_used_up_fail:
            direct().config(|config| config.retry.max_generations = 3)
                .always(Put, storage(400, "ExpiredToken"))
            => "create.1 put backoff create.2 put backoff create.3 put failed:generations",
        a_wait_budget_used_up_fails:
            direct()
                .config(|config| config.retry.wait_budget = Duration::from_secs(20))
                .always(Create, after(status(503), 9))
            => "create.1 backoff create.1 backoff create.1 failed:wait-budget",
        waits_for_another_url_count:
            direct()
                .config(|config| {
                    config.retry.base = Duration::from_secs(10);
                    config.retry.wait_budget = Duration::from_secs(14);
                })
                .server(|server| server.life = 0)
            => "create.1 create.2 backoff create.3 failed:wait-budget",
        waits_for_the_object_count:
            direct()
                .config(|config| config.retry.wait_budget = Duration::from_secs(20))
                .always(Complete, after(api(409, "conflict"), 9))
            => "create.1 put complete object complete object complete failed:wait-budget",
        too_long_a_wait_fails: single().always(Single, after(api(429, "rate_limit_exceeded"), 121))
            => "single.1 failed:retry-after",
        too_long_a_wait_for_the_object_fails: direct().always(Complete, after(api(409, "conflict"), 121))
            => "create.1 put complete failed:retry-after",
        a_deadline_that_a_wait_would_miss_fails_at_once:
            single().deadline(Duration::from_secs(5)).always(Single, after(status(503), 5))
            => "single.1 failed:deadline",
        a_deadline_aborts_what_runs:
            direct().deadline(Duration::from_secs(5)).always(Put, Fault::Hangs)
            => "create.1 put failed:deadline",
        a_deadline_ends_a_slow_put:
            direct().deadline(Duration::from_secs(5)).always(Put, Fault::Takes(Duration::from_secs(9)))
            => "create.1 put failed:deadline",
        a_deadline_ends_the_wait_for_the_work:
            direct()
                .waiting()
                .deadline(Duration::from_secs(5))
                .server(|server| server.statuses = [const { heygen_types::batches::ItemStatus::Processing }; 100].into())
            => "create.1 put complete status poll status deadline failed:deadline",
    }
}

fn doubtful(scenario: Scenario) -> Scenario {
    scenario.config(|config| config.verify_source = true)
}

fn after(mut failure: Failure, seconds: u64) -> Failure {
    failure.retry_after = Some(Duration::from_secs(seconds));
    failure
}
