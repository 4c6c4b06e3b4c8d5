use std::time::Duration;

use heygen_webhooks::{SeenIds, sign};

use crate::support::{CURRENT, NOW, Request, secret, verifier};

/// A good request with this id, if any, and this body.
fn request(id: Option<&str>, body: &str) -> Request {
    let request = Request::new()
        .body(body)
        .without("Heygen-Event-Id")
        .with("Heygen-Signature", sign(&secret(CURRENT), body.as_bytes()));
    match id {
        Some(id) => request.with("Heygen-Event-Id", id),
        None => request,
    }
}

fn insert(seen: &mut SeenIds, now: Duration, request: &Request) -> bool {
    seen.insert(now, &request.check(&verifier()).unwrap())
}

#[test]
fn a_repetition_is_not_new() {
    let mut seen = SeenIds::new(10);
    let first = request(Some("evt_1"), "{}");
    assert!(insert(&mut seen, NOW, &first));
    assert!(!insert(&mut seen, NOW, &first));
    assert!(insert(&mut seen, NOW, &request(Some("evt_2"), "[]")));
}

#[test]
fn the_id_and_the_body_are_each_enough() {
    let mut seen = SeenIds::new(10);
    assert!(insert(&mut seen, NOW, &request(Some("evt_1"), "{}")));
    // Sent again by HeyGen, with another time inside.
    assert!(!insert(
        &mut seen,
        NOW,
        &request(Some("evt_1"), "{\"again\":1}")
    ));
    // Recorded and sent again by somebody, under an id of theirs or under none.
    assert!(!insert(&mut seen, NOW, &request(Some("evt_forged"), "{}")));
    assert!(!insert(&mut seen, NOW, &request(None, "{}")));
    // The body of a repetition is remembered, too, for it was signed.
    assert!(!insert(&mut seen, NOW, &request(None, "{\"again\":1}")));
}

#[test]
fn a_forged_id_does_not_suppress_the_event_that_has_it() {
    let mut seen = SeenIds::new(10);
    assert!(insert(&mut seen, NOW, &request(Some("evt_1"), "{}")));
    assert!(!insert(&mut seen, NOW, &request(Some("evt_2"), "{}")));
    assert!(insert(&mut seen, NOW, &request(Some("evt_2"), "[]")));
}

#[test]
fn without_an_id_the_body_counts() {
    let mut seen = SeenIds::new(10);
    assert!(insert(&mut seen, NOW, &request(None, "{}")));
    assert!(insert(&mut seen, NOW, &request(None, "[]")));
    assert!(!insert(&mut seen, NOW, &request(None, "{}")));
}

#[test]
fn what_is_older_than_the_window_is_forgotten() {
    let mut seen = SeenIds::new(10);
    let first = request(Some("evt_1"), "{}");
    assert!(insert(&mut seen, NOW, &first));
    let end = NOW + SeenIds::DEFAULT_WINDOW;
    assert!(!insert(&mut seen, end, &first));
    assert!(insert(&mut seen, end + Duration::from_millis(1), &first));

    let mut seen = SeenIds::new(10).with_window(Duration::from_secs(1));
    assert!(insert(&mut seen, NOW, &first));
    assert!(insert(&mut seen, NOW + Duration::from_secs(2), &first));
}

#[test]
fn the_window_outlives_what_the_verifier_accepts() {
    // Sent from a clock that is ahead, and again when it is nearly too old.
    let sent_at = NOW + Duration::from_secs(300);
    let request =
        request(Some("evt_1"), "{}").with("Heygen-Timestamp", sent_at.as_secs().to_string());
    let mut seen = SeenIds::new(10);
    assert!(insert(&mut seen, NOW, &request));
    let last = sent_at + Duration::from_secs(300);
    let headers = heygen_webhooks::headers(&request.headers);
    let repeated = verifier().verify(last, headers, &request.body).unwrap();
    assert!(!seen.insert(last, &repeated));
}

#[test]
fn a_clock_that_goes_back_forgets_nothing() {
    let mut seen = SeenIds::new(10);
    let first = request(Some("evt_1"), "{}");
    assert!(insert(&mut seen, NOW, &first));
    assert!(!insert(&mut seen, Duration::ZERO, &first));
    assert!(!insert(&mut seen, NOW, &first));
}

#[test]
fn memory_is_bounded_and_the_oldest_goes_first() {
    let mut seen = SeenIds::new(2);
    let requests: Vec<Request> = (0..3)
        .map(|n| request(Some(&format!("evt_{n}")), &format!("{n}")))
        .collect();
    for request in &requests {
        assert!(insert(&mut seen, NOW, request));
    }
    assert!(!insert(&mut seen, NOW, &requests[2]));
    assert!(!insert(&mut seen, NOW, &requests[1]));
    assert!(insert(&mut seen, NOW, &requests[0]));
    // A memory for nothing would let every repetition in.
    let mut least = SeenIds::new(0);
    assert!(insert(&mut least, NOW, &requests[0]));
    assert!(!insert(&mut least, NOW, &requests[0]));
}

#[test]
fn what_could_not_be_handled_may_come_again() {
    let mut seen = SeenIds::new(10);
    let (first, second) = (request(Some("evt_1"), "{}"), request(Some("evt_2"), "[]"));
    assert!(insert(&mut seen, NOW, &first));
    assert!(insert(&mut seen, NOW, &second));
    seen.forget(&first.check(&verifier()).unwrap());
    assert!(insert(&mut seen, NOW, &first));
    assert!(!insert(&mut seen, NOW, &second));
    // What was forgotten is not counted any more.
    let empty = format!("{:?}", SeenIds::new(10));
    let mut seen = SeenIds::new(10);
    insert(&mut seen, NOW, &first);
    seen.forget(&first.check(&verifier()).unwrap());
    assert_eq!(format!("{seen:?}"), empty);
}
