use heygen_types::webhooks::WebhookSecret;
use heygen_webhooks::{Secret, SeenIds, Verifier, VerifyError};

use crate::support::{BY_CURRENT, NOW, PREVIOUS, Request, secret, verifier};

#[test]
fn what_cannot_be_a_secret_is_refused_and_not_shown() {
    for text in [
        "",
        "whsec_current\n",
        " whsec_current",
        "whsec current",
        "whsec\u{0}current",
    ] {
        for problem in [
            text.parse::<Secret>().unwrap_err(),
            Secret::try_from(text.to_owned()).unwrap_err(),
        ] {
            let shown = format!("{problem} {problem:?}");
            assert!(!shown.contains("current"), "{shown}");
            assert!(shown.contains("webhook secret"), "{shown}");
        }
    }
}

#[test]
fn no_debug_shows_a_secret_a_signature_or_a_query() {
    let both = verifier().with_previous(secret(PREVIOUS));
    let request = Request::new();
    let delivery = request.check(&both).unwrap();
    let mut seen = SeenIds::new(1);
    seen.insert(NOW, &delivery);
    let shown = format!("{both:?} {delivery:?} {seen:?} {:?}", secret("whsec_x"));
    for hidden in ["whsec", BY_CURRENT, "query-secret", "208, 132, 47"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
    assert!(shown.contains("evt_1") && shown.contains("300s"), "{shown}");
}

#[test]
fn no_error_shows_a_secret_or_a_signature() {
    let malformed = BY_CURRENT.replace('d', "g");
    let requests = [
        Request::new().body(*b"{}"),
        Request::new().with("Heygen-Signature", &malformed[1..]),
        Request::new().with("Heygen-Signature", malformed),
        Request::new().with("Heygen-Timestamp", "1"),
        Request::new().with("Heygen-Timestamp", u64::MAX.to_string()),
        Request::new().with("Heygen-Timestamp", "then"),
        Request::new().without("Heygen-Signature"),
    ];
    let mut messages = Vec::new();
    for request in requests {
        let error = request.check(&verifier()).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(
            !shown.contains("whsec") && !shown.contains("0842f567"),
            "{shown}"
        );
        messages.push(error.to_string());
    }
    messages.sort();
    messages.dedup();
    assert_eq!(messages.len(), 7, "each problem has its own words");
}

#[test]
fn messages_name_value_and_limit() {
    let request = Request::new().with("Heygen-Timestamp", (NOW.as_secs() - 400).to_string());
    let error = request.check(&verifier()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the delivery was sent 400 s ago, at most 300 s are accepted"
    );
    let error = VerifyError::MalformedSignature { len_bytes: 63 };
    assert!(error.to_string().contains("63") && error.to_string().contains("64"));
}

#[test]
fn the_secret_that_the_api_gave_is_taken() {
    let given = WebhookSecret::new("whsec_current");
    let verifier = Verifier::new(Secret::try_from(&given).unwrap());
    assert!(Request::new().check(&verifier).is_ok());
    assert!(Secret::try_from(&WebhookSecret::new("")).is_err());
}
