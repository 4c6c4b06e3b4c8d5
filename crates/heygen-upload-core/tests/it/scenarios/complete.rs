use heygen_types::{
    AssetId, ByteSize, MediaType,
    batches::{ItemStatus, StatusEntry},
};
use heygen_upload_core::{
    Checksum, Failure,
    StepKind::{Complete, Put, Status},
};

use crate::{
    harness::{Answer, Fault, api, crash, direct, entry, loses, lost_whole, status},
    scenarios::scenarios,
};

scenarios! {
    "complete | 409 of any code" {
        an_object_that_is_late_is_waited_for:
            direct()
                .fault(Complete, api(409, "conflict"))
                .fault(Complete, api(409, "resource_not_ready"))
                .fault(Complete, api(409, "conflict"))
            => "create.1 put complete object complete object complete object complete completed",
        an_object_that_never_shows_is_put_once_more:
            direct().config(|config| config.object_window = SHORT).always(Complete, api(409, "conflict"))
            => "create.1 put complete object complete object complete object complete put complete object complete object complete failed:object-window",
        a_second_put_that_shows_ends_well:
            direct()
                .config(|config| config.object_window = core::time::Duration::ZERO)
                .fault(Complete, api(409, "conflict"))
            => "create.1 put complete put complete completed",
        a_url_that_ended_in_the_meantime_is_renewed:
            direct()
                .server(|server| server.life = 1)
                .config(|config| config.object_window = core::time::Duration::ZERO)
                .fault(Put, Fault::Takes(SHORT))
                .fault(Complete, api(409, "conflict"))
            => "create.1 put complete create.2 put complete completed",
        a_resumed_completion_has_no_url_to_put_to:
            direct()
                .config(|config| config.object_window = core::time::Duration::ZERO)
                .fault(Complete, crash())
                .fault(Complete, api(409, "conflict"))
            => "create.1 put complete resumed complete create.2 put complete completed",
        failures_in_between_are_counted_apart:
            direct()
                .config(|config| config.retry.max_attempts = 2)
                .fault(Complete, api(409, "conflict"))
                .fault(Complete, status(503))
                .fault(Complete, api(409, "conflict"))
                .fault(Complete, status(503))
            => "create.1 put complete object complete backoff complete object complete backoff complete completed",
    }
    "complete on trial | 409 of any code" {
        a_trial_that_finds_nothing_puts_again: direct().fault(Put, lost_whole())
            => "create.1 put backoff probe put complete completed",
        a_resumed_trial_that_finds_nothing_is_repeated_once: direct().fault(Put, crash())
            => "create.1 put resumed probe object probe put complete completed",
        bytes_that_arrive_after_the_crash_are_found_by_the_second_trial:
            direct().fault(Put, Fault::CrashesAfter).fault(Complete, api(409, "conflict"))
            => "create.1 put resumed probe object probe completed",
        a_repeated_trial_is_no_failed_attempt:
            direct()
                .config(|config| config.retry.max_attempts = 2)
                .fault(Put, crash())
                .fault(Complete, api(409, "conflict"))
                .fault(Complete, status(503))
            => "create.1 put resumed probe object probe backoff probe put complete completed",
        bytes_are_looked_for_as_long_as_they_took:
            direct().fault(Put, Fault::FailsAfter(10 * SHORT, lost_whole()))
            => "create.1 put backoff probe object probe object probe object probe object probe object probe put complete completed",
        bytes_that_show_up_in_that_time_are_not_sent_again:
            direct()
                .fault(Put, Fault::LosesAfter(10 * SHORT, lost_whole()))
                .fault(Complete, api(409, "conflict"))
                .fault(Complete, status(503))
                .fault(Complete, api(409, "conflict"))
            => "create.1 put backoff probe object probe backoff probe object probe completed",
        each_put_has_the_attempts_of_its_own_trial:
            direct()
                .config(|config| config.retry.max_attempts = 2)
                .fault(Put, lost_whole())
                .fault(Complete, status(503))
                .fault(Complete, api(409, "conflict"))
                .fault(Put, loses())
                .fault(Complete, status(503))
            => "create.1 put backoff probe backoff probe put backoff probe backoff probe completed",
        a_later_trial_of_the_same_process_is_not_repeated:
            direct().fault(Put, crash()).fault(Put, lost_whole())
            => "create.1 put resumed probe object probe put backoff probe put complete completed",
    }
    "complete | 404 or 410 that means" {
        an_asset_that_is_gone_is_made_again: direct().fault(Complete, api(404, "asset_not_found"))
            => "create.1 put complete create.2 put complete completed",
        an_asset_that_is_gone_before_the_trial_is_made_again:
            direct().fault(Put, lost_whole()).fault(Complete, api(404, "asset_not_found"))
            => "create.1 put backoff probe create.2 put complete completed",
        an_asset_that_is_gone_is_so_in_other_words:
            direct().fault(Complete, api(410, "NOT_FOUND"))
            => "create.1 put complete create.2 put complete completed",
        a_path_that_is_not_there_is_no_asset_that_is_gone:
            direct().always(Complete, api(404, "route_not_found"))
            => "create.1 put complete failed:rejected",
        a_second_asset_that_is_gone_fails: direct().always(Complete, api(404, "asset_not_found"))
            => "create.1 put complete create.2 put complete failed:rejected",
    }
    "complete | 400 that names `checksum_sha256` or `content_type`" {
        another_digest_fails: direct().always(Complete, naming("checksum_sha256"))
            => "create.1 put complete failed:digest",
        another_type_fails: direct().always(Complete, naming("content_type"))
            => "create.1 put complete failed:type",
        another_digest_on_trial_fails:
            direct()
                .checksum(Checksum::Completion)
                .fault(Put, Fault::Loses(lost_whole()))
                .always(Complete, naming("checksum_sha256"))
            => "create.1 put backoff probe failed:digest",
    }
    "complete, status | 2xx about another asset" {
        an_answer_about_another_asset_is_asked_for_again: direct().fault(Complete, other_asset())
            => "create.1 put complete backoff complete completed",
        two_answers_about_another_asset_fail: direct().always(Complete, other_asset())
            => "create.1 put complete backoff complete failed:asset",
        an_answer_about_another_asset_on_trial_fails:
            direct().fault(Put, loses()).always(Complete, other_asset())
            => "create.1 put backoff probe backoff probe failed:asset",
        an_answer_about_another_asset_and_one_about_nothing_are_two:
            direct().fault(Complete, other_asset()).always(Complete, Failure::unreadable(200))
            => "create.1 put complete backoff complete failed:protocol",
        entries_of_other_assets_are_passed_over:
            direct().waiting().says(Status, |answer| {
                if let Answer::Status(entries) = answer {
                    entries.insert(0, entry(other(), ItemStatus::Failed));
                    entries.push(entry(other(), ItemStatus::Processing));
                }
            })
            => "create.1 put complete status completed",
        a_list_of_other_assets_is_asked_for_again:
            direct().waiting().fault(Status, others())
            => "create.1 put complete status backoff status completed",
        two_lists_of_other_assets_fail: direct().waiting().always(Status, others())
            => "create.1 put complete status backoff status failed:asset",
    }
    "complete | size or type in the answer differ" {
        an_asset_of_another_size_fails: direct().says(Complete, |answer| {
            if let Answer::Completed(asset) = answer {
                asset.size_bytes = ByteSize::new(1);
            }
        }) => "create.1 put complete failed:size",
        an_asset_of_another_type_fails: direct().says(Complete, |answer| {
            if let Answer::Completed(asset) = answer {
                asset.mime_type = MediaType::Webm;
            }
        }) => "create.1 put complete failed:type",
        an_asset_of_another_size_on_trial_fails: direct().fault(Put, loses()).says(Complete, |answer| {
            if let Answer::Completed(asset) = answer {
                asset.size_bytes = ByteSize::new(1);
            }
        }) => "create.1 put backoff probe failed:size",
        parameters_of_a_type_are_left_aside: direct().says(Complete, |answer| {
            if let Answer::Completed(asset) = answer {
                asset.mime_type = MediaType::from("Video/MP4; codecs=avc1");
            }
        }) => "create.1 put complete completed",
        subtitles_may_come_back_as_any_text:
            direct().plan(|plan| plan.media_type = MediaType::Srt).says(Complete, |answer| {
                if let Answer::Completed(asset) = answer {
                    asset.mime_type = MediaType::from("text/plain");
                }
            })
            => "create.1 put complete completed",
    }
}

const SHORT: core::time::Duration = core::time::Duration::from_secs(1);

fn other() -> AssetId {
    "asset_9".parse().unwrap()
}

/// An answer to a question about another file.
fn other_asset() -> Fault {
    Fault::Says(|answer| {
        if let Answer::Completed(asset) = answer {
            asset.asset_id = other();
        }
    })
}

fn others() -> Fault {
    Fault::Says(|answer| {
        if let Answer::Status(entries) = answer {
            *entries = vec![
                entry(other(), ItemStatus::Failed),
                StatusEntry::new(ItemStatus::Failed),
            ];
        }
    })
}

fn naming(param: &str) -> Failure {
    let mut failure = api(400, "invalid_parameter");
    failure.api = failure.api.map(|error| error.with_param(param));
    failure
}
