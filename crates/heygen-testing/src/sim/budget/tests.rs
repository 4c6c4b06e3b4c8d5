use std::time::Duration;

use heygen_emulator::{Endpoint, OperationId};

use super::Budget;
use crate::sim::subject::{Heard, Subject};

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn create(generation: u32) -> Subject {
    Subject::new(
        Endpoint::Api(OperationId::CreateDirectUpload),
        format!("upload.create.{generation}"),
    )
}

fn put() -> Subject {
    Subject::new(Endpoint::StoragePut, "a")
}

fn complete() -> Subject {
    Subject::new(OperationId::CompleteAsset, "a")
}

fn refusal(status: u16, retry_after: Option<u64>) -> Heard {
    Heard::Refusal {
        status,
        retry_after: retry_after.map(Duration::from_secs),
        is_transient: status >= 500 || status == 429,
        is_own: true,
        is_in_progress: false,
    }
}

/// How often a request may be sent when this is heard of it each time.
fn attempts(subject: &Subject, heard: Heard) -> usize {
    let mut budget = Budget::default();
    let tries = (0..20).take_while(|_| {
        let sent = budget.sent(at(0), subject).is_ok();
        budget.heard(at(0), subject, heard);
        sent
    });
    tries.count()
}

#[test]
fn one_request_is_sent_eight_times() {
    for subject in [create(1), put(), complete()] {
        assert_eq!(attempts(&subject, Heard::Nothing), 8);
        assert_eq!(attempts(&subject, refusal(503, None)), 8);
    }
    // A fresh credential, and other bytes for storage, are good for one more.
    assert_eq!(attempts(&create(1), refusal(401, None)), 9);
    assert_eq!(attempts(&put(), refusal(400, None)), 9);
    assert_eq!(attempts(&put(), refusal(307, None)), 9);
    // An object that is late is asked for as long as it may be.
    assert_eq!(attempts(&complete(), refusal(409, None)), 20);
}

#[test]
fn one_upload_uses_five_urls() {
    let mut budget = Budget::default();
    for generation in 1..=5 {
        assert_eq!(budget.sent(at(0), &create(generation)), Ok(()));
    }
    assert!(budget.sent(at(0), &create(6)).is_err());
}

#[test]
fn a_wait_is_as_long_as_the_server_asks() {
    for (heard_of, sent) in [
        (create(1), create(1)),
        (complete(), complete()),
        (put(), complete()),
    ] {
        let run = |now| {
            let mut budget = Budget::default();
            budget.sent(at(0), &heard_of).unwrap();
            budget.heard(at(1), &heard_of, refusal(503, Some(30)));
            budget.sent(now, &sent)
        };
        assert!(run(at(30)).is_err());
        assert_eq!(run(at(31)), Ok(()));
    }
}

#[test]
fn a_server_that_asks_for_too_much_is_given_up() {
    let mut budget = Budget::default();
    budget.sent(at(0), &create(1)).unwrap();
    budget.heard(at(0), &create(1), refusal(503, Some(121)));
    assert!(budget.sent(at(1000), &create(1)).is_err());
}

#[test]
fn the_waits_of_an_upload_take_ten_minutes() {
    let mut budget = Budget::default();
    for _ in 0..5 {
        assert_eq!(budget.announce(at(0), at(120)), Ok(()));
    }
    assert!(budget.announce(at(0), at(1)).is_err());

    // What was announced is not all that counts.
    let mut budget = Budget::default();
    budget.announce(at(0), at(1)).unwrap();
    assert_eq!(budget.slept(at(600)), Ok(()));
    assert!(budget.slept(at(1)).is_err());

    // The next upload of the same run has its own.
    budget.begin();
    assert_eq!(budget.slept(at(600)), Ok(()));
}

#[test]
fn nothing_is_sent_before_an_announced_wait_is_over() {
    let mut budget = Budget::default();
    budget.announce(at(5), at(3)).unwrap();
    assert!(budget.sent(at(7), &create(1)).is_err());
}

#[test]
fn a_wait_has_a_reason() {
    let after = |subject: &Subject, heard, waits: u64| {
        let mut budget = Budget::default();
        budget.sent(at(0), subject).unwrap();
        budget.heard(at(0), subject, heard);
        budget.slept(at(waits)).unwrap();
        budget.sent(at(waits), &put())
    };
    assert!(after(&create(1), refusal(503, None), 1).is_err());
    assert!(after(&complete(), Heard::Nothing, 1).is_err());
    assert_eq!(after(&complete(), refusal(409, None), 30), Ok(()));
    let status = Subject::new(OperationId::ListAssetStatuses, "a");
    assert_eq!(after(&status, Heard::Success, 1200), Ok(()));
    assert!(after(&status, Heard::Success, 1201).is_err());
    let renews = |heard| {
        let mut budget = Budget::default();
        budget.sent(at(0), &put()).unwrap();
        budget.heard(at(0), &put(), heard);
        budget.slept(at(1)).unwrap();
        budget.sent(at(1), &create(2))
    };
    assert_eq!(renews(refusal(403, None)), Ok(()));
    assert!(renews(Heard::Nothing).is_err());
    let get = Subject::new(OperationId::GetAsset, "a");
    assert_eq!(after(&get, refusal(503, None), 600), Ok(()));
    assert!(after(&get, refusal(503, None), 601).is_err());
}
