use heygen_types::ByteSize;
use heygen_upload_core::{
    Checksum, FailureKind,
    Route::{Direct, Single as SingleRoute},
    StepKind::{Create, Single},
};

use crate::{
    harness::{Answer, Fault, api, crash, crash_after, interrupted, kind, loses, single, status},
    scenarios::scenarios,
};

scenarios! {
    "single, create | 408, 425, 429" {
        a_small_file_is_one_request: single() => "single.1 completed",
        single_429_is_sent_again_under_the_same_key:
            single().fault(Single, api(429, "rate_limit_exceeded"))
            => "single.1 backoff single.1 completed",
        single_server_errors_are_sent_again_under_the_same_key:
            single()
                .fault(Single, status(500))
                .fault(Single, status(502))
                .fault(Single, status(503))
                .fault(Single, status(504))
            => "single.1 backoff single.1 backoff single.1 backoff single.1 backoff single.1 completed",
        single_lost_connections_are_sent_again_under_the_same_key:
            single()
                .fault(Single, kind(FailureKind::Connect))
                .fault(Single, interrupted())
                .fault(Single, kind(FailureKind::AnswerTimeout))
                .fault(Single, kind(FailureKind::Stall))
            => "single.1 backoff single.1 backoff single.1 backoff single.1 backoff single.1 completed",
        single_request_timeout_and_too_early_are_sent_again:
            single().fault(Single, status(408)).fault(Single, status(425))
            => "single.1 backoff single.1 backoff single.1 completed",
        single_whose_answer_was_lost_is_replayed: single().fault(Single, loses())
            => "single.1 backoff single.1 completed",
        single_after_a_crash_is_replayed:
            single().fault(Single, crash_after()) => "single.1 resumed hash single.1 completed",
        single_that_was_never_sent_is_sent_after_a_crash:
            single().fault(Single, crash()) => "single.1 resumed hash single.1 completed",
        create_is_sent_again_under_the_same_key:
            crate::harness::direct()
                .fault(Create, status(503))
                .fault(Create, interrupted())
                .fault(Create, loses())
            => "create.1 backoff create.1 backoff create.1 backoff create.1 put complete completed",
    }
    "single, create | 409 `request_in_progress`" {
        single_in_progress_is_sent_again_under_the_same_key:
            single().fault(Single, api(409, "request_in_progress"))
            => "single.1 backoff single.1 completed",
        create_in_progress_is_sent_again_under_the_same_key:
            crate::harness::direct().fault(Create, api(409, "REQUEST_IN_PROGRESS"))
            => "create.1 backoff create.1 put complete completed",
        another_conflict_fails: single().always(Single, api(409, "conflict"))
            => "single.1 failed:rejected",
    }
    "single | 400 or 413 that means \"too large\"" {
        single_413_goes_direct_with_the_digest_hashed_first: single().fault(Single, status(413))
            => "single.1 hash create.1 put complete completed",
        single_400_too_large_goes_direct:
            single().checksum(Checksum::Off).fault(Single, too_large())
            => "single.1 create.1 put complete completed",
        single_413_after_the_last_byte_goes_direct_with_the_digest_known:
            single().fault(Single, {
                let mut failure = status(413);
                failure.body_handed_over = true;
                failure
            })
            => "single.1 create.1 put complete completed",
        the_life_of_a_url_does_not_begin_before_its_route:
            single()
                .server(|server| server.life = 60)
                .fault(Single, Fault::FailsAfter(core::time::Duration::from_secs(61), status(413)))
            => "single.1 hash create.1 put complete completed",
        single_413_of_a_proxy_is_no_reason_to_forget_an_attempt_that_may_have_been_carried_out:
            single().fault(Single, loses()).fault(Single, status(413))
            => "single.1 backoff single.1 backoff single.1 completed",
        single_413_of_the_api_is_one:
            single().fault(Single, interrupted()).fault(Single, api(413, "payload_too_large"))
            => "single.1 backoff single.1 hash create.1 put complete completed",
        single_413_fails_when_the_route_was_chosen:
            single().plan(|plan| plan.route = SingleRoute).always(Single, status(413))
            => "single.1 failed:too-large",
        create_too_large_fails: crate::harness::direct().always(Create, too_large())
            => "create.1 failed:too-large",
        a_large_file_goes_direct_at_once:
            single().config(|config| config.single_max = ByteSize::new(999))
            => "hash create.1 put complete completed",
        a_zip_archive_goes_direct_at_once:
            single().plan(|plan| plan.media_type = heygen_types::MediaType::Zip)
            => "hash create.1 put complete completed",
        a_small_file_goes_direct_when_asked: single().plan(|plan| plan.route = Direct)
            => "hash create.1 put complete completed",
    }
    "single | size or type in the answer differ" {
        single_with_another_size_fails: single().says(Single, |answer| {
            if let Answer::Uploaded(asset) = answer {
                asset.size_bytes = ByteSize::new(999);
            }
        }) => "single.1 failed:size",
        single_with_another_type_fails: single().says(Single, |answer| {
            if let Answer::Uploaded(asset) = answer {
                asset.mime_type = heygen_types::MediaType::Webm;
            }
        }) => "single.1 failed:type",
        single_with_the_type_in_other_words_is_taken: single().says(Single, |answer| {
            if let Answer::Uploaded(asset) = answer {
                asset.mime_type = heygen_types::MediaType::from("Video/MP4; codecs=avc1");
            }
        }) => "single.1 completed",
    }
}

/// The other way of saying 413.
fn too_large() -> heygen_upload_core::Failure {
    let mut failure = api(400, "invalid_parameter");
    let error = failure.api.as_mut().unwrap();
    error.message = "File exceeds the 32 MB limit".to_owned();
    failure
}
