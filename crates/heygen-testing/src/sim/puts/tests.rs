use std::time::Duration;

use super::{Known, Url, Verdict};
use crate::sim::subject::Heard;

const URL: Url = Url {
    was_whole: true,
    accepted: 1,
    accepted_at: Some(Duration::ZERO),
    has_first: true,
    is_saved: true,
};

fn refusal(status: u16, is_transient: bool) -> Heard {
    Heard::Refusal {
        status,
        retry_after: None,
        is_transient,
        is_own: true,
        is_in_progress: false,
    }
}

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A run that has sent the bytes.
fn sent() -> Known {
    let mut known = Known::default();
    known.created("a", Url::default(), 0);
    assert_eq!(known.judge(at(0), "a", Url::default()), Verdict::Right);
    known.sent_whole("a");
    known
}

#[test]
fn an_accepted_put_is_sent_again_only_after_a_minute_of_denials() {
    let mut early = sent();
    early.heard_of_put(at(0), "a", Heard::Success);
    early.heard_of_complete(at(10), "a", refusal(409, false));
    early.heard_of_complete(at(69), "a", refusal(409, false));
    assert!(matches!(early.judge(at(0), "a", URL), Verdict::Broken(_)));

    let mut known = sent();
    known.heard_of_put(at(0), "a", Heard::Success);
    known.heard_of_complete(at(10), "a", refusal(409, false));
    known.heard_of_complete(at(70), "a", refusal(409, false));
    assert!(matches!(known.judge_complete("a"), Verdict::Broken(_)));
    assert_eq!(known.judge(at(0), "a", URL), Verdict::Excused);

    // And only once.
    known.sent_whole("a");
    known.heard_of_put(at(0), "a", Heard::Success);
    known.heard_of_complete(at(80), "a", refusal(409, false));
    known.heard_of_complete(at(150), "a", refusal(409, false));
    assert!(matches!(known.judge(at(0), "a", URL), Verdict::Broken(_)));
}

#[test]
fn a_server_that_says_it_has_what_was_never_sent_is_asked_for_a_minute_too() {
    let mut known = Known::default();
    known.created("a", Url::default(), 0);
    assert_eq!(known.judge(at(0), "a", Url::default()), Verdict::Right);
    known.heard_of_put(at(0), "a", Heard::Success);
    known.heard_of_complete(at(1), "a", refusal(409, false));
    known.heard_of_complete(at(61), "a", refusal(409, false));
    assert_eq!(known.judge(at(0), "a", Url::default()), Verdict::Right);
    // What is asked then is asked of the bytes that were sent again.
    assert_eq!(known.judge_complete("a"), Verdict::Right);
}

#[test]
fn an_object_that_was_not_there_needs_no_excuse() {
    let mut known = sent();
    known.heard_of_complete(at(1), "a", refusal(409, false));
    let lost = Url { accepted: 0, ..URL };
    assert_eq!(known.judge(at(0), "a", lost), Verdict::Right);
}

#[test]
fn bytes_that_may_have_arrived_are_asked_for_first() {
    for heard in [Heard::Nothing, refusal(503, true)] {
        let mut known = sent();
        known.heard_of_put(at(0), "a", heard);
        assert!(
            matches!(known.judge(at(0), "a", URL), Verdict::Broken(_)),
            "{heard:?}"
        );
    }
    let mut known = sent();
    known.heard_of_put(at(0), "a", Heard::Nothing);
    known.heard_of_complete(at(1), "a", refusal(503, true));
    assert!(matches!(known.judge(at(0), "a", URL), Verdict::Broken(_)));
    // Refused bytes and a redirect are another matter.
    for status in [400, 307] {
        let mut known = sent();
        known.heard_of_put(at(0), "a", refusal(status, false));
        assert_eq!(known.judge(at(0), "a", URL), Verdict::Excused, "{status}");
        assert_eq!(known.was_redirected("a"), status == 307);
    }
}

#[test]
fn bytes_are_looked_for_as_long_as_they_took_but_half_a_minute_at_most() {
    for (took, window) in [(10, 10), (30, 30), (100, 30)] {
        let lost = || {
            let mut known = sent();
            known.heard_of_put(at(took), "a", Heard::Nothing);
            known
        };
        for (looks, is_right) in [(window - 1, false), (window, true)] {
            let mut known = lost();
            known.heard_of_complete(at(took + looks), "a", refusal(409, false));
            let verdict = known.judge(at(took + looks), "a", URL);
            assert_eq!(verdict == Verdict::Excused, is_right, "{took}: {verdict:?}");
        }
    }
}

#[test]
fn what_is_between_client_and_server_says_nothing_of_the_bytes() {
    let page = |status| Heard::Refusal {
        status,
        retry_after: None,
        is_transient: true,
        is_own: false,
        is_in_progress: false,
    };
    let mut known = sent();
    known.heard_of_put(at(0), "a", Heard::Nothing);
    known.heard_of_complete(at(1), "a", page(409));
    assert!(matches!(known.judge(at(2), "a", URL), Verdict::Broken(_)));
    let mut known = Known::default();
    known.resumed("a", true, 0);
    known.heard_of_complete(at(1), "a", page(404));
    assert!(matches!(known.judge_others("b", 0), Verdict::Broken(_)));
}

#[test]
fn bytes_of_another_run_are_asked_for_twice() {
    let mut known = Known::default();
    known.resumed("a", false, 0);
    known.heard_of_complete(at(1), "a", refusal(409, false));
    let mut twice = Known::default();
    twice.resumed("a", false, 0);
    twice.heard_of_complete(at(1), "a", refusal(409, false));
    twice.heard_of_complete(at(2), "a", refusal(409, false));
    assert!(matches!(known.judge(at(0), "a", URL), Verdict::Broken(_)));
    assert_eq!(twice.judge(at(0), "a", URL), Verdict::Excused);
    // An attempt that broke off in the middle is repeated without another question.
    assert_eq!(twice.judge(at(0), "a", URL), Verdict::Right);
}

#[test]
fn what_the_journal_says_is_known() {
    let mut known = Known::default();
    known.resumed("a", true, 0);
    known.heard_of_complete(at(1), "a", refusal(409, false));
    known.heard_of_complete(at(2), "a", refusal(409, false));
    assert!(matches!(known.judge(at(0), "a", URL), Verdict::Broken(_)));
}

#[test]
fn a_url_that_was_saved_is_not_asked_for_again() {
    for is_saved in [true, false] {
        let mut known = Known::default();
        known.created("a", Url { is_saved, ..URL }, 0);
        let verdict = known.judge(at(0), "a", URL);
        assert_eq!(verdict == Verdict::Excused, !is_saved, "{verdict:?}");
    }
}

#[test]
fn storage_takes_bytes_twice_only_when_that_was_foreseen() {
    for (first, second) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut url = Url::default();
        assert_eq!(url.accepted(at(0), first), Verdict::Right);
        let is_broken = matches!(url.accepted(at(0), second), Verdict::Broken(_));
        assert_eq!(is_broken, !first && !second);
    }
}

#[test]
fn what_is_used_is_written_down_before() {
    let mut known = Known::default();
    known.created("a", Url::default(), 0);
    assert!(matches!(known.judge_notes("a", false), Verdict::Broken(_)));
    known.noted("a", false);
    assert_eq!(known.judge_notes("a", false), Verdict::Right);
    // A trial needs no more, an accepted PUT does.
    assert_eq!(known.judge_notes("a", true), Verdict::Right);
    known.heard_of_put(at(0), "a", Heard::Success);
    assert!(matches!(known.judge_notes("a", true), Verdict::Broken(_)));
    known.noted("a", true);
    assert_eq!(known.judge_notes("a", true), Verdict::Right);

    let mut known = Known::default();
    known.resumed("a", true, 0);
    assert_eq!(known.judge_notes("a", true), Verdict::Right);
}

#[test]
fn bytes_that_are_stored_go_to_no_other_url() {
    let stored = || {
        let mut known = Known::default();
        known.resumed("a", true, 0);
        known
    };
    assert!(matches!(stored().judge_others("b", 0), Verdict::Broken(_)));
    // Other bytes, this very URL, and one that the server does not know any more.
    assert_eq!(stored().judge_others("b", 1), Verdict::Right);
    assert_eq!(stored().judge_others("a", 0), Verdict::Right);
    let mut known = stored();
    known.heard_of_complete(at(1), "a", refusal(404, false));
    assert_eq!(known.judge_others("b", 0), Verdict::Right);
    for (until, is_right) in [(60, false), (61, true)] {
        let mut known = stored();
        known.heard_of_complete(at(1), "a", refusal(409, false));
        known.heard_of_complete(at(until), "a", refusal(409, false));
        assert_eq!(known.judge_others("b", 0) == Verdict::Right, is_right);
    }
    assert_eq!(sent().judge_others("b", 0), Verdict::Right);
}
