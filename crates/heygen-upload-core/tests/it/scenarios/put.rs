use core::time::Duration;

use heygen_upload_core::{
    Checksum, FailureKind,
    StepKind::{Complete, Put},
};

use crate::{
    harness::{Fault, direct, interrupted, kind, loses, lost_whole, redirect, status, storage},
    scenarios::scenarios,
};

const HOUR: Duration = Duration::from_secs(3600);

scenarios! {
    "put | 403 and expired" {
        a_url_that_ends_by_our_clock_is_renewed:
            direct().fault(Put, after(status(503), HOUR / 30)).server(|server| server.life = 60)
            => "create.1 put backoff create.2 put complete completed",
        a_refusal_after_the_life_of_the_url_is_explained_by_it:
            direct()
                .fault(Put, Fault::FailsAfter(HOUR, storage(403, "AccessDenied")))
                .fault(Put, Fault::FailsAfter(HOUR, storage(403, "AccessDenied")))
                .fault(Put, Fault::FailsAfter(HOUR, storage(403, "AccessDenied")))
            => "create.1 put create.2 put create.3 put create.4 put complete completed",
        a_url_that_storage_calls_expired_is_renewed:
            direct()
                .fault(Put, expired())
                .fault(Put, expired())
                .fault(Put, expired())
            => "create.1 put backoff create.2 put backoff create.3 put backoff create.4 put complete completed",
        the_end_of_a_url_is_no_second_refusal:
            direct().fault(Put, refused()).fault(Put, expired())
            => "create.1 put backoff create.2 put backoff create.3 put complete completed",
        the_end_of_a_url_by_our_clock_is_no_second_refusal:
            direct()
                .fault(Put, refused())
                .fault(Put, Fault::FailsAfter(HOUR, refused()))
            => "create.1 put backoff create.2 put create.3 put complete completed",
        an_expired_token_is_renewed: direct().fault(Put, storage(400, "ExpiredToken"))
            => "create.1 put backoff create.2 put complete completed",
        a_url_that_ends_while_the_source_is_read_again_is_renewed:
            direct()
                .server(|server| server.life = 60)
                .fault(Put, storage(400, "BadDigest"))
                .fault(heygen_upload_core::StepKind::Hash, slow(HOUR))
            => "create.1 put hash create.2 put complete completed",
        a_url_that_ended_before_the_crash_is_renewed:
            direct()
                .server(|server| server.life = 60)
                .fault(Put, Fault::Crashes)
                .fault(Complete, slow(HOUR))
            => "create.1 put resumed probe object probe create.2 put complete completed",
    }
    "put | 403 `SignatureDoesNotMatch` or unexplained 403" {
        a_wrong_signature_is_given_one_new_url:
            direct().fault(Put, storage(403, "SignatureDoesNotMatch"))
            => "create.1 put backoff create.2 put complete completed",
        an_unexplained_refusal_is_given_one_new_url: direct().fault(Put, refused())
            => "create.1 put backoff create.2 put complete completed",
        a_refusal_after_the_end_of_a_url_is_the_first_one:
            direct().fault(Put, expired()).fault(Put, refused())
            => "create.1 put backoff create.2 put backoff create.3 put complete completed",
        a_second_wrong_signature_fails:
            direct().always(Put, storage(403, "SignatureDoesNotMatch"))
            => "create.1 put backoff create.2 put failed:rejected",
        a_second_unexplained_refusal_fails: direct().always(Put, refused())
            => "create.1 put backoff create.2 put failed:rejected",
    }
    "put | another 4xx than 408, 413, 425 and 429 that is not in storage's document" {
        a_proxy_in_front_of_storage_says_nothing_of_the_url:
            direct().fault(Put, status(403)).fault(Put, status(404)).fault(Put, status(401))
            => "create.1 put backoff put backoff put backoff put complete completed",
        bytes_may_have_passed_a_proxy_that_blocks_the_answer:
            direct().fault(Put, {
                let mut failure = status(403);
                failure.body_handed_over = true;
                Fault::Loses(failure)
            })
            => "create.1 put backoff probe completed",
        bytes_that_a_proxy_kept_are_sent_again_four_times:
            direct().always(Put, {
                let mut failure = status(403);
                failure.body_handed_over = true;
                failure
            })
            => "create.1 put backoff probe put backoff probe put backoff probe put backoff probe failed:attempts",
        a_body_that_is_too_large_for_a_proxy_is_not_sent_again: direct().always(Put, status(413))
            => "create.1 put failed:too-large",
    }
    "put | `BadDigest`" {
        a_digest_refused_once_is_sent_again:
            direct().fault(Put, storage(400, "BadDigest"))
            => "create.1 put hash put complete completed",
        the_other_two_codes_say_the_same:
            direct().fault(Put, storage(400, "XAmzContentSHA256Mismatch"))
            => "create.1 put hash put complete completed",
        the_third_code_says_the_same:
            direct().fault(Put, storage(400, "XAmzContentChecksumMismatch"))
            => "create.1 put hash put complete completed",
        a_digest_refused_twice_fails: direct().always(Put, storage(400, "BadDigest"))
            => "create.1 put hash put failed:digest",
        a_source_that_changed_fails: direct().fault(Put, Fault::SourceChanges)
            => "create.1 put hash failed:source-changed",
        without_a_digest_there_is_nothing_to_compare:
            direct().checksum(Checksum::Off).fault(Put, storage(400, "BadDigest"))
            => "create.1 put put complete completed",
    }
    "put | `IncompleteBody`" {
        faults_of_storage_that_pass_are_put_again:
            direct()
                .fault(Put, storage(400, "IncompleteBody"))
                .fault(Put, storage(400, "RequestTimeout"))
                .fault(Put, storage(503, "SlowDown"))
                .fault(Put, storage(500, "InternalError"))
                .fault(Put, storage(409, "OperationAborted"))
            => "create.1 put backoff put backoff put backoff put backoff put backoff put complete completed",
        a_put_that_broke_off_is_sent_again:
            direct()
                .fault(Put, interrupted())
                .fault(Put, kind(FailureKind::Stall))
                .fault(Put, status(408))
                .fault(Put, status(425))
                .fault(Put, status(429))
                .fault(Put, status(502))
            => "create.1 put backoff put backoff put backoff put backoff put backoff put backoff put complete completed",
        what_comes_too_early_is_no_refusal_of_an_intermediary: direct().always(Put, status(425))
            => "create.1 put backoff put backoff put backoff put backoff put backoff put backoff put backoff put failed:attempts",
        a_put_lost_after_the_last_byte_is_completed_on_trial: direct().fault(Put, loses())
            => "create.1 put backoff probe completed",
        a_put_lost_after_the_last_byte_that_did_not_arrive_is_sent_again:
            direct().fault(Put, lost_whole())
            => "create.1 put backoff probe put complete completed",
        a_put_of_unknown_digest_is_hashed_before_the_trial:
            direct().checksum(Checksum::Completion)
                .fault(Put, Fault::TellsNoDigest(lost_whole()))
            => "create.1 put backoff hash probe put complete completed",
        a_trial_ends_at_a_url_that_lives_no_more:
            direct()
                .server(|server| server.life = 60)
                .fault(Put, lost_whole())
                .fault(Complete, slow(HOUR))
            => "create.1 put backoff probe create.2 put complete completed",
        a_put_that_never_gets_through_fails: direct().always(Put, interrupted())
            => "create.1 put backoff put backoff put backoff put backoff put backoff put backoff put backoff put failed:attempts",
    }
    "put | 307 to the same scheme" {
        a_redirect_is_followed_once: direct().fault(Put, to_sibling())
            => "create.1 put put complete completed",
        a_second_redirect_fails: direct().always(Put, to_sibling())
            => "create.1 put put failed:protocol",
        a_redirect_to_another_scheme_fails:
            direct().always(Put, redirect("http://storage.example/asset_1?SECRET-PUT"))
            => "create.1 put failed:protocol",
        a_redirect_without_a_target_fails: direct().always(Put, status(307))
            => "create.1 put failed:protocol",
        other_redirects_fail: direct().always(Put, {
            let mut failure = to_sibling();
            failure.status = Some(302);
            failure
        }) => "create.1 put failed:protocol",
        a_new_url_may_be_redirected_again:
            direct().fault(Put, to_sibling()).fault(Put, refused()).fault(Put, redirect("https://b.example/asset_2?SECRET-PUT"))
            => "create.1 put put backoff create.2 put put complete completed",
    }
    "put | 501, 505, what is not HTTP" {
        a_put_that_is_not_implemented_is_not_repeated: direct().always(Put, status(501))
            => "create.1 put failed:protocol",
        a_version_of_http_is_not_repeated: direct().always(Put, storage(505, "NotImplemented"))
            => "create.1 put failed:protocol",
        what_is_not_http_is_no_storage: direct().always(Put, kind(FailureKind::Unreadable))
            => "create.1 put failed:protocol",
    }
    "put | other 4xx" {
        a_refused_put_fails: direct().always(Put, storage(400, "InvalidRequest"))
            => "create.1 put failed:rejected",
        a_missing_bucket_fails: direct().always(Put, storage(404, "NoSuchBucket"))
            => "create.1 put failed:rejected",
        an_object_that_is_too_large_fails: direct().always(Put, storage(400, "EntityTooLarge"))
            => "create.1 put failed:too-large",
        a_url_that_cannot_be_sent_to_is_the_fault_of_the_server:
            direct().always(Put, kind(FailureKind::Unsendable))
            => "create.1 put failed:protocol",
    }
}

/// All goes well, but slowly.
fn slow(time: Duration) -> Fault {
    Fault::Takes(time)
}

fn after(mut failure: heygen_upload_core::Failure, wait: Duration) -> heygen_upload_core::Failure {
    failure.retry_after = Some(wait);
    failure
}

fn to_sibling() -> heygen_upload_core::Failure {
    redirect("https://sibling.example/asset_1?X-Amz-Signature=SECRET-PUT")
}

fn refused() -> heygen_upload_core::Failure {
    storage(403, "AccessDenied")
}

/// What S3 says of a URL that is past its life.
fn expired() -> heygen_upload_core::Failure {
    heygen_upload_core::Failure::from_storage(
        403,
        b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
    )
}
