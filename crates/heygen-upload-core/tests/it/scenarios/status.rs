use core::time::Duration;

use heygen_types::batches::ItemStatus;
use heygen_upload_core::{
    Failure,
    StepKind::{Complete, Put, Status},
};

use crate::{
    harness::{Answer, Fault, Scenario, crash, direct, interrupted, loses, single, status},
    scenarios::scenarios,
};

scenarios! {
    "status | `completed`" {
        a_single_request_waits_for_the_work: single().waiting() => "single.1 status completed",
        a_direct_upload_waits_for_the_work: direct().waiting()
            => "create.1 put complete status completed",
        an_upload_completed_on_trial_waits_for_the_work: direct().waiting().fault(Put, loses())
            => "create.1 put backoff probe status completed",
        an_asset_that_is_not_listed_is_not_waited_for:
            working(&[ItemStatus::NotFound]) => "create.1 put complete status completed",
        an_asset_that_is_in_no_list_is_not_waited_for:
            direct().waiting().says(Status, |answer| *answer = Answer::Status(Vec::new()))
            => "create.1 put complete status completed",
        one_entry_without_an_id_is_that_of_the_asset:
            working(&[ItemStatus::Processing]).says(Status, |answer| {
                if let Answer::Status(entries) = answer {
                    entries[0].video_id = None;
                }
            })
            => "create.1 put complete status poll status completed",
        an_upload_that_waits_goes_on_waiting_after_a_crash:
            direct().waiting().fault(Status, crash())
            => "create.1 put complete status resumed status completed",
        a_lost_question_is_asked_again:
            direct().waiting().fault(Status, interrupted()).fault(Status, status(503))
            => "create.1 put complete status backoff status backoff status completed",
        an_upload_that_does_not_wait_asks_nothing: direct().fault(Complete, crash())
            => "create.1 put complete resumed complete completed",
    }
    "status | 2xx with a body that cannot be read" {
        a_status_that_cannot_be_read_ends_no_stored_asset:
            direct().waiting()
                .fault(Status, Failure::unreadable(200))
                .fault(Status, status(200))
                .fault(Status, Failure::unreadable(200))
                .fault(Status, status(503))
                .fault(Status, Failure::unreadable(200))
            => "create.1 put complete status poll status poll status poll status backoff status poll status completed",
        a_status_that_is_never_readable_fails_after_five_looks:
            single().waiting().always(Status, Failure::unreadable(200))
            => "single.1 status poll status poll status poll status poll status failed:protocol",
        looks_that_cannot_be_read_count_in_a_row_only:
            working(&[const { ItemStatus::Processing }; 1])
                .fault(Status, Failure::unreadable(200))
                .fault(Status, Failure::unreadable(200))
                .fault(Status, Failure::unreadable(200))
                .fault(Status, Failure::unreadable(200))
                .fault(Status, Fault::Takes(Duration::ZERO))
                .fault(Status, Failure::unreadable(200))
            => "create.1 put complete status poll status poll status poll status poll status poll status poll status completed",
        looks_that_cannot_be_read_end_at_the_limit:
            direct().waiting().always(Status, Failure::unreadable(200))
                .config(|config| config.wait.as_mut().unwrap().limit = Duration::from_secs(5))
            => "create.1 put complete status poll status poll status failed:wait-limit",
    }
    "status | `failed`" {
        work_that_failed_fails: working(&[ItemStatus::Processing, ItemStatus::Failed])
            => "create.1 put complete status poll status failed:processing",
    }
    "status | anything else" {
        work_under_way_is_asked_for_again:
            working(&[ItemStatus::Queued, ItemStatus::Processing, ItemStatus::PendingUpload])
            => "create.1 put complete status poll status poll status poll status completed",
        a_status_of_next_year_is_asked_for_again: working(&[ItemStatus::from("polishing")])
            => "create.1 put complete status poll status completed",
        work_that_never_ends_fails_at_the_limit:
            working(&[const { ItemStatus::Processing }; 100])
                .config(|config| config.wait.as_mut().unwrap().limit = Duration::from_secs(5))
            => "create.1 put complete status poll status poll status failed:wait-limit",
    }
}

/// A direct upload whose background work stands here when it is asked for.
fn working(statuses: &[ItemStatus]) -> Scenario {
    direct()
        .waiting()
        .server(|server| server.statuses = statuses.iter().cloned().collect())
}
