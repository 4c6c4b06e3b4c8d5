use core::time::Duration;

use heygen_types::ByteSize;
use heygen_upload_core::StepKind::{Create, Put};

use crate::{
    harness::{Answer, Fault, crash, direct, status},
    scenarios::scenarios,
};

scenarios! {
    "create | 2xx, but the URL is already past its life" {
        a_replay_after_the_life_of_the_url_is_not_used:
            direct().server(|server| server.life = 60).fault(Create, {
                let mut failure = status(503);
                failure.retry_after = Some(Duration::from_secs(61));
                Fault::Loses(failure)
            })
            => "create.1 backoff create.1 create.2 put complete completed",
        a_url_without_a_life_is_not_used:
            direct().fault(Create, Fault::Says(|answer| {
                if let Answer::Created(slot) = answer {
                    slot.expires_in_seconds = 0;
                }
            }))
            => "create.1 create.2 put complete completed",
        a_negative_life_is_none:
            direct().fault(Create, Fault::Says(|answer| {
                if let Answer::Created(slot) = answer {
                    slot.expires_in_seconds = i64::MIN;
                }
            }))
            => "create.1 create.2 put complete completed",
        urls_without_a_life_are_not_asked_for_without_a_pause:
            direct().server(|server| server.life = 0)
            => "create.1 create.2 backoff create.3 backoff create.4 backoff create.5 failed:generations",
        an_endless_life_is_taken:
            direct().server(|server| server.life = i64::MAX)
            => "create.1 put complete completed",
        a_resumed_create_is_replayed_under_its_key:
            direct().fault(Create, Fault::CrashesAfter)
            => "create.1 resumed create.1 put complete completed",
        a_resumed_create_that_was_never_sent_keeps_its_key: direct().fault(Create, crash())
            => "create.1 resumed create.1 put complete completed",
    }
    "create | `max_bytes` below the size" {
        a_place_that_is_too_small_fails:
            direct().server(|server| server.max_bytes = ByteSize::new(999))
            => "create.1 failed:too-large",
        a_place_of_the_exact_size_is_taken:
            direct().server(|server| server.max_bytes = ByteSize::new(1_000))
            => "create.1 put complete completed",
    }
    "put | 2xx" {
        stored_bytes_are_completed: direct() => "create.1 put complete completed",
        a_digest_to_be_declared_is_hashed_first: crate::harness::hashing()
            => "hash create.1 put complete completed",
        a_digest_for_the_completion_is_hashed_on_the_way:
            direct().checksum(heygen_upload_core::Checksum::Completion)
            => "create.1 put complete completed",
        a_file_can_go_without_a_digest:
            direct().checksum(heygen_upload_core::Checksum::Off)
            => "create.1 put complete completed",
        an_accepted_put_is_not_sent_again_after_a_crash:
            direct().fault(heygen_upload_core::StepKind::Complete, crash())
            => "create.1 put complete resumed complete completed",
        a_put_whose_end_is_not_known_is_completed_on_trial_after_a_crash:
            direct().fault(Put, Fault::CrashesAfter)
            => "create.1 put resumed probe completed",
        a_put_that_never_arrived_is_sent_after_a_crash:
            direct().fault(Put, crash())
            => "create.1 put resumed probe backoff probe put complete completed",
        bytes_are_hashed_before_they_are_accepted_on_trial:
            direct().checksum(heygen_upload_core::Checksum::Completion).fault(Put, Fault::CrashesAfter)
            => "create.1 put resumed hash probe completed",
    }
}
