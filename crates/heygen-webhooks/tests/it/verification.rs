use heygen_types::webhooks::{EventType, WebhookEvent};
use heygen_webhooks::{Verifier, VerifyError, headers};

use crate::support::{
    BODY, BY_CURRENT, BY_PREVIOUS, CURRENT, NOW, PREVIOUS, Request, secret, verifier,
};

#[test]
fn a_good_delivery_gives_back_what_was_signed() {
    let request = Request::new();
    let delivery = request.check(&verifier()).unwrap();
    assert_eq!(delivery.body(), BODY);
    assert_eq!(delivery.event_id(), Some("evt_1"));
    assert_eq!(delivery.sent_at(), Some(NOW));
    assert!(!delivery.is_signed_by_previous());
    let event: WebhookEvent = serde_json::from_slice(delivery.body()).unwrap();
    assert_eq!(event.event_type, EventType::AvatarVideoSuccess);
}

#[test]
fn names_are_found_in_any_letter_case() {
    let pairs = [
        ("HEYGEN-SIGNATURE", BY_CURRENT),
        ("heygen-timestamp", "1767225600"),
        ("heyGen-event-ID", "evt_1"),
    ];
    let delivery = verifier().verify(NOW, headers(&pairs), BODY).unwrap();
    assert_eq!(delivery.event_id(), Some("evt_1"));
}

#[test]
fn a_closure_can_look_up_headers() {
    let find = |name: &str| match name {
        "Heygen-Signature" => Some(BY_CURRENT),
        "Heygen-Timestamp" => Some("1767225600"),
        _ => None,
    };
    let delivery = verifier().verify(NOW, find, BODY).unwrap();
    assert_eq!(delivery.event_id(), None);
}

#[test]
fn every_changed_bit_of_the_body_is_noticed() {
    for index in 0..BODY.len() {
        for bit in 0..8 {
            let mut body = BODY.to_vec();
            body[index] ^= 1 << bit;
            let changed = Request::new().body(body);
            let end = changed.check(&verifier());
            assert_eq!(
                end,
                Err(VerifyError::WrongSignature),
                "bit {bit} of byte {index}"
            );
        }
    }
    for body in [&BODY[1..], &BODY[..BODY.len() - 1], b""] {
        let end = Request::new().body(body).check(&verifier()).unwrap_err();
        assert_eq!(end, VerifyError::WrongSignature);
    }
    let longer = [BODY, b"\n"].concat();
    let longer = Request::new().body(longer);
    assert_eq!(longer.check(&verifier()), Err(VerifyError::WrongSignature));
}

#[test]
fn every_changed_digit_of_the_signature_is_noticed() {
    for index in 0..BY_CURRENT.len() {
        let mut signature = BY_CURRENT.to_owned();
        let other = if &BY_CURRENT[index..=index] == "0" {
            "1"
        } else {
            "0"
        };
        signature.replace_range(index..=index, other);
        let request = Request::new().with("Heygen-Signature", signature);
        assert_eq!(
            request.check(&verifier()),
            Err(VerifyError::WrongSignature),
            "digit {index}"
        );
    }
}

#[test]
fn a_signature_of_another_shape_is_told_apart() {
    for (signature, len_bytes) in [
        (String::new(), 0),
        (BY_CURRENT[1..].to_owned(), 63),
        (format!("{BY_CURRENT}0"), 65),
        (format!("sha256={BY_CURRENT}"), 71),
        (BY_CURRENT.replace('d', "g"), 64),
        // As many bytes, but not that many digits.
        ("é".repeat(32), 64),
    ] {
        let request = Request::new().with("Heygen-Signature", signature);
        let end = request.check(&verifier());
        assert_eq!(end, Err(VerifyError::MalformedSignature { len_bytes }));
    }
}

#[test]
fn missing_headers_are_named() {
    for name in ["Heygen-Signature", "Heygen-Timestamp"] {
        let request = Request::new().without(name);
        let end = request.check(&verifier()).unwrap_err();
        assert_eq!(end, VerifyError::MissingHeader { name });
        assert!(end.to_string().contains(name), "{end}");
    }
    let without_id = Request::new().without("Heygen-Event-Id");
    assert_eq!(without_id.check(&verifier()).unwrap().event_id(), None);
    let empty_id = Request::new().with("Heygen-Event-Id", "");
    assert_eq!(empty_id.check(&verifier()).unwrap().event_id(), None);
}

#[test]
fn two_secrets_are_accepted_during_a_change() {
    let both = verifier().with_previous(secret(PREVIOUS));
    let by_current = Request::new();
    let by_previous = Request::new().with("Heygen-Signature", BY_PREVIOUS);
    assert!(!by_current.check(&both).unwrap().is_signed_by_previous());
    assert!(by_previous.check(&both).unwrap().is_signed_by_previous());
    // Before the change the new secret is not known, after it the old one is not accepted.
    assert_eq!(
        by_previous.check(&verifier()),
        Err(VerifyError::WrongSignature)
    );
    let old = Verifier::new(secret(PREVIOUS));
    assert_eq!(by_current.check(&old), Err(VerifyError::WrongSignature));
    let others = Verifier::new(secret("whsec_a")).with_previous(secret("whsec_b"));
    assert_eq!(by_current.check(&others), Err(VerifyError::WrongSignature));
    let same = verifier().with_previous(secret(CURRENT));
    assert!(!by_current.check(&same).unwrap().is_signed_by_previous());
}

#[test]
fn older_names_are_accepted_only_by_choice() {
    for older in ["Signature", "X-HeyGen-Signature"] {
        let request = Request::new()
            .without("Heygen-Signature")
            .with(older, BY_CURRENT);
        let missing = VerifyError::MissingHeader {
            name: "Heygen-Signature",
        };
        assert_eq!(request.check(&verifier()), Err(missing));
        let tolerant = verifier().with_older_headers();
        assert!(request.check(&tolerant).is_ok(), "{older}");
        // The real name goes first, even when it is wrong.
        let wrong = request.with("Heygen-Signature", BY_PREVIOUS);
        assert_eq!(wrong.check(&tolerant), Err(VerifyError::WrongSignature));
    }
}

#[test]
fn a_delivery_with_an_older_header_needs_no_timestamp_but_one_that_is_given_counts() {
    let tolerant = verifier().with_older_headers();
    let older = || {
        Request::new()
            .without("Heygen-Signature")
            .with("Signature", BY_CURRENT)
    };
    let request = older().without("Heygen-Timestamp");
    assert_eq!(request.check(&tolerant).unwrap().sent_at(), None);
    let request = older();
    assert_eq!(request.check(&tolerant).unwrap().sent_at(), Some(NOW));
    let request = older().with("Heygen-Timestamp", (NOW.as_secs() - 301).to_string());
    assert!(matches!(
        request.check(&tolerant),
        Err(VerifyError::TooOld { .. })
    ));
    let request = older().with("Heygen-Timestamp", "soon");
    assert_eq!(
        request.check(&tolerant),
        Err(VerifyError::MalformedTimestamp)
    );
    // The signature is checked all the same.
    let request = older().without("Heygen-Timestamp").body(*b"{}");
    assert_eq!(request.check(&tolerant), Err(VerifyError::WrongSignature));
    // With the present header the timestamp stays required.
    let request = Request::new().without("Heygen-Timestamp");
    let missing = VerifyError::MissingHeader {
        name: "Heygen-Timestamp",
    };
    assert_eq!(request.check(&tolerant), Err(missing));
}
