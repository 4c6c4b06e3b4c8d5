//! The retries of ordinary requests.

use core::time::Duration;

use heygen_upload_core::{
    Call, CallDecision, Failure, FailureKind, Mismatch, Reason, Repeat, RetryPolicy, Rule,
};

use crate::harness::{api, interrupted, kind, status};

const SECOND: Duration = Duration::from_secs(1);

fn safe() -> Call {
    Call::new(RetryPolicy::default(), Repeat::Safely, true, 7)
}

fn unsafe_call() -> Call {
    Call::new(RetryPolicy::default(), Repeat::OnlyWhenRefused, true, 7)
}

/// A success with words in place of what was asked for.
fn worded(said: u16) -> Failure {
    let mut failure = status(said);
    failure.said = Some("no credit".to_owned());
    failure
}

fn is_again(decision: CallDecision) -> bool {
    matches!(decision, CallDecision::Again { .. })
}

#[test]
fn what_passes_is_sent_again_where_that_is_safe() {
    for failure in [
        status(429),
        status(500),
        status(503),
        interrupted(),
        kind(FailureKind::AnswerTimeout),
        kind(FailureKind::Connect),
        Failure::unreadable(200),
        api(409, "Request_In_Progress"),
    ] {
        assert!(is_again(safe().handle_failure(&failure)), "{failure}");
    }
}

#[test]
fn what_may_have_been_carried_out_is_not_sent_again_blindly() {
    for failure in [
        status(429),
        kind(FailureKind::Connect),
        kind(FailureKind::LocalResources),
    ] {
        assert!(
            is_again(unsafe_call().handle_failure(&failure)),
            "{failure}"
        );
    }
    const OPEN: Reason = Reason::Unconfirmed { accepted: false };
    const ACCEPTED: Reason = Reason::Unconfirmed { accepted: true };
    for (failure, reason) in [
        (status(500), OPEN),
        (status(503), OPEN),
        (status(504), OPEN),
        (interrupted(), OPEN),
        (kind(FailureKind::AnswerTimeout), OPEN),
        (kind(FailureKind::Stall), OPEN),
        (Failure::unreadable(200), ACCEPTED),
        (Failure::unreadable(503), OPEN),
        (status(501), Reason::Protocol),
        (kind(FailureKind::Untrusted), Reason::Untrusted),
        (api(409, "request_in_progress"), Reason::Rejected),
        (api(200, "invalid_parameter"), Reason::Rejected),
        // Words in another form do not say that it was not done, and not that it was.
        (worded(200), OPEN),
        // What has the form of an intermediary may come after the request has passed it.
        (status(400), OPEN),
        (status(403), OPEN),
        (status(404), OPEN),
        (status(409), OPEN),
        (status(413), Reason::TooLarge { max: None }),
        (api(401, "unauthorized"), Reason::Authentication),
        (api(403, "forbidden"), Reason::Permission),
    ] {
        let mut call = Call::new(RetryPolicy::default(), Repeat::OnlyWhenRefused, false, 7);
        let decision = call.handle_failure(&failure);
        assert_eq!(decision, CallDecision::Fail(reason), "{failure}");
    }
}

#[test]
fn a_status_that_means_that_nothing_was_done_is_sent_again() {
    let call = || unsafe_call().not_carried_out(&[502, 503]);
    let busy = || api(503, "service_unavailable");
    for failure in [api(502, "bad_gateway"), busy()] {
        assert!(is_again(call().handle_failure(&failure)), "{failure}");
    }
    let open = CallDecision::Fail(Reason::Unconfirmed { accepted: false });
    for failure in [
        api(500, "internal_error"),
        api(504, "gateway_timeout"),
        // Something on the way does not know what the API did.
        status(502),
        Failure::unreadable(503),
        interrupted(),
    ] {
        assert_eq!(call().handle_failure(&failure), open, "{failure}");
    }
    // The end of the retries leaves nothing in doubt, unless another attempt does.
    let mut policy = RetryPolicy::default();
    policy.max_attempts = 2;
    let call = || {
        let call = Call::new(policy.clone(), Repeat::OnlyWhenRefused, false, 7);
        call.not_carried_out(&[503])
    };
    let mut refused = call();
    assert!(is_again(refused.handle_failure(&busy())));
    let exhausted = CallDecision::Fail(Reason::Exhausted(Rule::Attempts(2)));
    assert_eq!(refused.handle_failure(&busy()), exhausted);
    let mut lost = call();
    assert!(is_again(lost.handle_failure(&busy())));
    assert_eq!(lost.handle_failure(&interrupted()), open);
}

#[test]
fn what_was_under_a_key_that_nobody_keeps_is_in_doubt_from_the_first_lost_answer_on() {
    let busy = CallDecision::Fail(Reason::Exhausted(Rule::Attempts(2)));
    let open = CallDecision::Fail(Reason::Unconfirmed { accepted: false });
    let refused = CallDecision::Fail(Reason::Rejected);
    let forbidden = CallDecision::Fail(Reason::Permission);
    let (connect, lost) = (kind(FailureKind::Connect), interrupted());
    for (repeat, first, second, end) in [
        (Repeat::UnderKey, &lost, &lost, open),
        (Repeat::UnderKey, &lost, &connect, open),
        (Repeat::UnderKey, &connect, &connect, busy),
        (Repeat::UnderKey, &status(429), &status(429), busy),
        // The same key would have been answered with what was done under it.
        (
            Repeat::UnderKey,
            &lost,
            &api(400, "invalid_parameter"),
            refused,
        ),
        // Whose request it is, the API looks at before it looks at the key.
        (Repeat::UnderKey, &lost, &api(401, "unauthorized"), open),
        (Repeat::UnderKey, &lost, &api(403, "forbidden"), open),
        (
            Repeat::UnderKey,
            &connect,
            &api(403, "forbidden"),
            forbidden,
        ),
        (Repeat::UnderKey, &lost, &status(403), open),
        (Repeat::UnderKey, &lost, &status(413), open),
        (Repeat::UnderKey, &lost, &status(307), open),
        (Repeat::UnderKey, &lost, &status(501), open),
        (Repeat::UnderKey, &lost, &kind(FailureKind::Untrusted), open),
        (
            Repeat::UnderKey,
            &lost,
            &kind(FailureKind::Credential),
            open,
        ),
        (Repeat::UnderKey, &status(403), &api(403, "forbidden"), open),
        (Repeat::Idempotently, &lost, &lost, busy),
        (
            Repeat::Idempotently,
            &lost,
            &api(403, "forbidden"),
            forbidden,
        ),
        (Repeat::Safely, &lost, &lost, busy),
        (Repeat::OnlyWhenRefused, &connect, &connect, busy),
        (Repeat::OnlyWhenRefused, &connect, &lost, open),
    ] {
        let mut policy = RetryPolicy::default();
        policy.max_attempts = 2;
        let mut call = Call::new(policy, repeat, false, 7);
        assert!(is_again(call.handle_failure(first)), "{repeat:?} {first}");
        assert_eq!(
            call.handle_failure(second),
            end,
            "{repeat:?} {first}, {second}"
        );
    }
}

#[test]
fn what_was_accepted_was_carried_out_unless_it_changes_nothing() {
    let accepted = Reason::Unconfirmed { accepted: true };
    let unreadable = Failure::unreadable(201);
    for (repeat, end) in [
        (Repeat::UnderKey, accepted),
        (Repeat::Idempotently, accepted),
        (Repeat::Safely, Reason::Protocol),
    ] {
        let mut call = Call::new(RetryPolicy::default(), repeat, false, 7);
        assert!(is_again(call.handle_failure(&unreadable)), "{repeat:?}");
        let decision = call.handle_failure(&unreadable);
        assert_eq!(decision, CallDecision::Fail(end), "{repeat:?}");
    }
    // It is not forgotten over what comes later.
    let mut call = Call::new(RetryPolicy::default(), Repeat::UnderKey, false, 7);
    assert!(is_again(call.handle_failure(&unreadable)));
    let decision = call.handle_failure(&api(403, "forbidden"));
    assert_eq!(decision, CallDecision::Fail(accepted));
}

#[test]
fn what_lasts_fails_with_its_reason() {
    for (failure, reason) in [
        (api(400, "invalid_parameter"), Reason::Rejected),
        (api(403, "forbidden"), Reason::Permission),
        (
            api(403, "insufficient_api_key_scope"),
            Reason::InsufficientScope,
        ),
        (
            api(403, "Insufficient_API_Key_Scope"),
            Reason::InsufficientScope,
        ),
        (api(400, "insufficient_api_key_scope"), Reason::Rejected),
        (api(404, "not_found"), Reason::Rejected),
        (api(409, "conflict"), Reason::Rejected),
        (
            Failure::wrong_asset(None),
            Reason::Integrity(Mismatch::Asset),
        ),
        (status(413), Reason::TooLarge { max: None }),
        (status(307), Reason::Protocol),
        (status(501), Reason::Protocol),
        (status(505), Reason::Protocol),
        (kind(FailureKind::Untrusted), Reason::Untrusted),
        (kind(FailureKind::Incompatible), Reason::Incompatible),
        (kind(FailureKind::Unsendable), Reason::Unsendable),
        (kind(FailureKind::Credential), Reason::Authentication),
        (kind(FailureKind::SourceChanged), Reason::SourceChanged),
        (
            kind(FailureKind::SourceUnreadable),
            Reason::SourceUnreadable,
        ),
    ] {
        for mut call in [safe(), unsafe_call()] {
            assert_eq!(
                call.handle_failure(&failure),
                CallDecision::Fail(reason),
                "{failure}"
            );
            assert_eq!(call.attempts(), 1);
        }
    }
}

#[test]
fn a_credential_is_refreshed_once() {
    let mut call = safe();
    assert_eq!(call.handle_failure(&status(401)), CallDecision::Refresh);
    assert_eq!(call.attempts(), 2);
    let refused = CallDecision::Fail(Reason::Authentication);
    let unauthorized = api(401, "unauthorized");
    assert_eq!(call.handle_failure(&unauthorized), refused);

    let mut call = Call::new(RetryPolicy::default(), Repeat::Safely, false, 7);
    assert_eq!(call.handle_failure(&unauthorized), refused);
}

#[test]
fn what_an_intermediary_refuses_is_sent_four_times_and_says_nothing_more() {
    for refused in [400, 401, 403, 404, 405, 409, 410, 422, 451] {
        let mut call = Call::new(RetryPolicy::default(), Repeat::Safely, false, 7);
        for _ in 0..3 {
            assert!(is_again(call.handle_failure(&status(refused))), "{refused}");
        }
        let given_up = |attempts| CallDecision::Fail(Reason::Exhausted(Rule::Attempts(attempts)));
        assert_eq!(call.handle_failure(&status(refused)), given_up(4));
        // It may have let the request pass.
        let mut call = unsafe_call();
        let open = CallDecision::Fail(Reason::Unconfirmed { accepted: false });
        assert_eq!(call.handle_failure(&status(refused)), open, "{refused}");
    }
}

#[test]
fn an_unreadable_answer_is_asked_for_again_once() {
    let mut call = safe();
    assert!(is_again(call.handle_failure(&Failure::unreadable(200))));
    let decision = call.handle_failure(&Failure::unreadable(200));
    assert_eq!(decision, CallDecision::Fail(Reason::Protocol));
}

#[test]
fn attempts_are_counted_and_end() {
    let mut call = safe();
    for sent in 1..8 {
        assert_eq!(call.attempts(), sent);
        assert!(is_again(call.handle_failure(&status(503))));
    }
    let decision = call.handle_failure(&status(503));
    assert_eq!(
        decision,
        CallDecision::Fail(Reason::Exhausted(Rule::Attempts(8)))
    );
    assert_eq!(call.attempts(), 8);
}

#[test]
fn a_shortage_is_no_attempt_and_ends() {
    let shortage = kind(FailureKind::LocalResources);
    for mut call in [safe(), unsafe_call()] {
        for _ in 0..8 {
            assert!(is_again(call.handle_failure(&shortage)));
            assert_eq!(call.attempts(), 1);
        }
        let decision = call.handle_failure(&shortage);
        assert_eq!(decision, CallDecision::Fail(Reason::LocalResources));
    }
    // It counts in a row only.
    let mut call = safe();
    for _ in 0..7 {
        for _ in 0..8 {
            assert!(is_again(call.handle_failure(&shortage)));
        }
        assert!(is_again(call.handle_failure(&status(503))));
    }
    assert_eq!(call.attempts(), 8);
}

#[test]
fn waits_follow_backoff_retry_after_and_budget() {
    let mut call = safe();
    let after = |seconds| {
        let mut failure = status(429);
        failure.retry_after = Some(seconds * SECOND);
        failure
    };
    let CallDecision::Again { wait } = call.handle_failure(&status(429)) else {
        panic!("a busy server is asked again")
    };
    assert!(wait >= SECOND / 4 && wait <= SECOND / 2, "{wait:?}");
    let asked = CallDecision::Again { wait: 9 * SECOND };
    assert_eq!(call.handle_failure(&after(9)), asked);
    let (asked, limit) = (121 * SECOND, 120 * SECOND);
    let rule = Rule::RetryAfter { asked, limit };
    assert_eq!(
        call.handle_failure(&after(121)),
        CallDecision::Fail(Reason::Exhausted(rule))
    );

    let mut policy = RetryPolicy::default();
    policy.wait_budget = 20 * SECOND;
    let mut call = Call::new(policy, Repeat::Safely, false, 7);
    assert!(is_again(call.handle_failure(&after(11))));
    let rule = Rule::WaitBudget(20 * SECOND);
    assert_eq!(
        call.handle_failure(&after(11)),
        CallDecision::Fail(Reason::Exhausted(rule))
    );
}

#[test]
fn limits_can_be_used_up_to_the_last() {
    let after = |seconds| {
        let mut failure = status(429);
        failure.retry_after = Some(seconds * SECOND);
        failure
    };
    let asked = CallDecision::Again { wait: 120 * SECOND };
    assert_eq!(safe().handle_failure(&after(120)), asked);

    let mut policy = RetryPolicy::default();
    policy.wait_budget = 20 * SECOND;
    let mut call = Call::new(policy, Repeat::Safely, false, 7);
    for _ in 0..2 {
        assert!(is_again(call.handle_failure(&after(10))));
    }
    assert!(!is_again(call.handle_failure(&after(1))));
}
