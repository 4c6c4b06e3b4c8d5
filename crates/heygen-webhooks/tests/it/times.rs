use std::time::Duration;

use heygen_webhooks::{Verifier, VerifyError, headers};

use crate::support::{BODY, BY_CURRENT, BY_PREVIOUS, NOW, Request, verifier};

/// Checks a good delivery that says it was sent some seconds from now.
fn at(verifier: &Verifier, offset: i64) -> Result<(), VerifyError> {
    let sent_at = i64::try_from(NOW.as_secs()).unwrap() + offset;
    let request = Request::new().with("Heygen-Timestamp", sent_at.to_string());
    request.check(verifier).map(|_| ())
}

#[test]
fn the_window_is_open_in_both_directions_and_its_ends_belong_to_it() {
    let tolerance = Duration::from_secs(300);
    for offset in [-300, -1, 0, 1, 300] {
        assert_eq!(at(&verifier(), offset), Ok(()), "{offset}");
    }
    for seconds in [301_u32, 100_000_000] {
        let distance = Duration::from_secs(u64::from(seconds));
        let old = VerifyError::TooOld {
            age: distance,
            tolerance,
        };
        assert_eq!(at(&verifier(), -i64::from(seconds)), Err(old));
        let new = VerifyError::TooNew {
            ahead: distance,
            tolerance,
        };
        assert_eq!(at(&verifier(), i64::from(seconds)), Err(new));
    }
}

#[test]
fn fractions_of_a_second_do_not_count() {
    let pairs = [
        ("heygen-signature", BY_CURRENT),
        ("heygen-timestamp", "1767225300"),
    ];
    let now = NOW + Duration::from_millis(999);
    assert!(verifier().verify(now, headers(&pairs), BODY).is_ok());
}

#[test]
fn the_window_can_be_set_and_be_nothing() {
    let narrow = verifier().with_tolerance(Duration::from_secs(10));
    assert_eq!(at(&narrow, -10), Ok(()));
    assert!(matches!(at(&narrow, -11), Err(VerifyError::TooOld { .. })));
    assert!(matches!(at(&narrow, 11), Err(VerifyError::TooNew { .. })));
    let none = verifier().with_tolerance(Duration::ZERO);
    assert_eq!(at(&none, 0), Ok(()));
    assert!(matches!(at(&none, 1), Err(VerifyError::TooNew { .. })));
}

#[test]
fn a_time_that_is_none_is_refused() {
    let too_large = "18446744073709551616";
    for text in [
        "",
        "soon",
        "1767225600.5",
        "-1",
        "+1767225600",
        " 1767225600",
        too_large,
    ] {
        let request = Request::new().with("Heygen-Timestamp", text);
        assert_eq!(
            request.check(&verifier()),
            Err(VerifyError::MalformedTimestamp),
            "{text:?}"
        );
    }
    // Milliseconds are a number, too, but of the far future.
    let request = Request::new().with("Heygen-Timestamp", "1767225600000");
    assert!(matches!(
        request.check(&verifier()),
        Err(VerifyError::TooNew { .. })
    ));
    let last = Request::new().with("Heygen-Timestamp", u64::MAX.to_string());
    assert!(matches!(
        last.check(&verifier()),
        Err(VerifyError::TooNew { .. })
    ));
}

#[test]
fn the_time_is_only_judged_of_what_is_signed() {
    let request = Request::new()
        .with("Heygen-Timestamp", "1")
        .with("Heygen-Signature", BY_PREVIOUS);
    assert_eq!(request.check(&verifier()), Err(VerifyError::WrongSignature));
}

#[test]
fn without_a_window_no_time_is_needed() {
    let any_time = verifier().without_time_window();
    assert_eq!(at(&any_time, -1_000_000), Ok(()));
    assert_eq!(at(&any_time, 1_000_000), Ok(()));
    let request = Request::new().without("Heygen-Timestamp");
    assert_eq!(request.check(&any_time).unwrap().sent_at(), None);
    let request = Request::new().with("Heygen-Timestamp", "soon");
    assert_eq!(request.check(&any_time).unwrap().sent_at(), None);
    let request = Request::new();
    assert_eq!(request.check(&any_time).unwrap().sent_at(), Some(NOW));
}
