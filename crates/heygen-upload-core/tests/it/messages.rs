//! Every failure says what happened, at which step, what was stored, which rule ended the
//! retries, and what to do next.

use core::time::Duration;

use heygen_types::{ApiError, PresignedUrl};
use heygen_upload_core::{
    Failure, FailureKind, Mismatch, Reason, Redirect, Route, Rule, StepKind, Stored,
};

use crate::{
    harness::{
        Answer, Scenario, World, api, direct, kind, lost_whole, reason_of, single, status, storage,
    },
    scenarios,
};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn every_failure_names_step_reason_stock_and_remedy() {
    for case in scenarios::all().filter(|case| case.end().starts_with("failed:")) {
        let world = (case.scenario)().run();
        let failure = world.failure();
        let text = failure.to_string();
        let start = format!("upload failed at step {}: {}", failure.step, failure.reason);
        assert!(text.starts_with(&start), "{}: {text}", case.name);
        assert!(text.ends_with(&failure.stored.to_string()), "{text}");
        assert!(!failure.hint().is_empty() && !failure.hint().ends_with('.'));
        assert!(!text.ends_with('.') && !text.contains('\n'), "{text}");
        let is_rule = matches!(
            failure.reason,
            Reason::Exhausted(_) | Reason::LocalResources
        );
        assert_eq!(failure.is_retryable(), is_rule, "{text}");
    }
}

fn message(scenario: Scenario) -> String {
    scenario.run().failure().to_string()
}

#[test]
fn messages_name_the_value_and_the_limit() {
    let after = |seconds| {
        let mut failure = status(429);
        failure.retry_after = Some(Duration::from_secs(seconds) + Duration::from_millis(1));
        failure
    };
    for (scenario, expected) in [
        (
            single().always(StepKind::Single, api(401, "unauthorized")),
            "upload failed at step single: the credential was not accepted: \
             401 unauthorized: as the server words it; nothing was stored",
        ),
        (
            direct().server(|server| server.max_bytes = heygen_types::ByteSize::new(999)),
            "upload failed at step create: the file is larger than the 999 bytes that the server \
             takes; nothing was stored",
        ),
        (
            direct().always(StepKind::Put, storage(400, "InvalidRequest")),
            "upload failed at step put: the server refused the request: \
             400 InvalidRequest: as S3 words it; nothing was stored",
        ),
        (
            single().always(StepKind::Single, after(3600)),
            "upload failed at step single: gave up: the server asks to wait 3601s, at most 120s \
             is allowed: a gateway, proxy or firewall answered in place of the server (429); \
             nothing was stored",
        ),
        (
            direct()
                .config(|config| config.retry.max_attempts = 2)
                .always(StepKind::Put, lost_whole()),
            "upload failed at step put: gave up after 2 attempts: the connection was lost; \
             nothing was stored",
        ),
        (
            single()
                .config(|config| config.retry.max_attempts = 2)
                .always(StepKind::Single, status(503)),
            "upload failed at step single: gave up after 2 attempts: a gateway, proxy or firewall \
             answered in place of the server (503); whether anything was stored is not known",
        ),
        (
            direct().always(StepKind::Create, status(403)),
            "upload failed at step create: gave up after 4 attempts: a gateway, proxy or firewall \
             answered in place of the server (403); nothing was stored",
        ),
        (
            direct().says(StepKind::Complete, |answer| {
                if let Answer::Completed(asset) = answer {
                    asset.asset_id = "asset_9".parse().unwrap();
                }
            }),
            "upload failed at step complete: the server answered about another asset: asset_9; the \
             bytes are stored as asset_1, which is not known to be completed: do not use it yet",
        ),
        (
            direct().always(StepKind::Complete, api(400, "invalid_parameter")),
            "upload failed at step complete: the server refused the request: \
             400 invalid_parameter: as the server words it; the bytes are stored as asset_1, \
             which is not known to be completed: do not use it yet",
        ),
    ] {
        assert_eq!(message(scenario), expected);
    }
}

#[test]
fn what_was_stored_is_told_for_every_kind_of_end() {
    let stored = |name: &str| {
        let case = scenarios::all().find(|case| case.name == name).unwrap();
        let world = (case.scenario)().run();
        (
            reason_of(&world.failure().reason),
            world.failure().stored.clone(),
        )
    };
    let id = |text: &str| text.parse().unwrap();
    for (name, reason, expected) in [
        ("a_refused_create_fails", "rejected", Stored::Nothing),
        (
            "a_put_that_never_gets_through_fails",
            "attempts",
            Stored::Unknown,
        ),
        (
            "single_with_another_size_fails",
            "size",
            Stored::Mismatched(id("asset_1")),
        ),
        (
            "an_asset_of_another_type_fails",
            "type",
            Stored::Mismatched(id("asset_1")),
        ),
        (
            "a_forbidden_completion_fails",
            "permission",
            Stored::Unfinished(id("asset_1")),
        ),
        (
            "work_that_failed_fails",
            "processing",
            Stored::Finished(id("asset_1")),
        ),
        (
            "work_that_never_ends_fails_at_the_limit",
            "wait-limit",
            Stored::Finished(id("asset_1")),
        ),
    ] {
        assert_eq!(stored(name), (reason, expected), "{name}");
    }
}

#[test]
fn what_ended_by_its_time_is_told_from_the_rest() {
    let attempts = |failure| {
        let scenario = single().config(|config| config.retry.max_attempts = 1);
        scenario.always(StepKind::Single, failure)
    };
    for (scenario, expected) in [
        (attempts(kind(FailureKind::AnswerTimeout)), true),
        (attempts(kind(FailureKind::Stall)), true),
        (attempts(kind(FailureKind::Interrupted)), false),
        (attempts(api(400, "invalid_parameter")), false),
        (
            single()
                .config(|config| config.deadline = Some(9 * SECOND))
                .always(StepKind::Single, status(503)),
            true,
        ),
    ] {
        let world = scenario.run();
        assert_eq!(world.failure().is_timeout(), expected, "{}", world.end());
    }
}

#[test]
fn a_failure_that_says_no_more_than_its_reason_is_not_repeated() {
    for failure in [
        FailureKind::SourceChanged,
        FailureKind::SourceUnreadable,
        FailureKind::Untrusted,
        FailureKind::Incompatible,
        FailureKind::Unsendable,
        FailureKind::LocalResources,
    ] {
        let world = single().always(StepKind::Single, kind(failure)).run();
        let failed = world.failure();
        let expected = format!(
            "upload failed at step single: {}; {}",
            failed.reason, failed.stored
        );
        assert_eq!(failed.to_string(), expected);
    }
}

#[test]
fn a_redirect_names_its_target_and_no_secret() {
    for (target, shown) in [
        ("https://b.test/x?sig=SECRET#SECRET", "https://b.test/x"),
        ("/login?next=SECRET", "/login"),
        ("https://SECRET@b.test/", "…"),
        ("SECRET", "…"),
    ] {
        let mut failure = status(301);
        failure.redirect = Some(Redirect::new(PresignedUrl::new(target)));
        let expected = format!("the server redirects to {shown} (301)");
        assert_eq!(failure.to_string(), expected);
        failure.status = Some(401);
        assert!(!failure.to_string().contains("redirects"), "{failure}");
    }
    let mut failure = status(301);
    failure.redirect = Some(Redirect::hidden(PresignedUrl::new("https://b.test/SECRET")));
    let shown = format!("{failure} {failure:?} {:?}", failure.redirect_target());
    assert!(!shown.contains("SECRET"), "{shown}");
}

#[test]
fn a_hint_fits_its_reason() {
    for (reason, words) in [
        (Reason::Authentication, "API key"),
        (Reason::Permission, "owner"),
        (Reason::InsufficientScope, "scope"),
        (Reason::Rejected, "change what"),
        (Reason::TooLarge { max: None }, "smaller"),
        (Reason::Protocol, "base URL"),
        (Reason::Untrusted, "certificate"),
        (Reason::Incompatible, "proxy"),
        (Reason::Unsendable, "stray characters"),
        (Reason::SourceChanged, "nothing writes"),
        (Reason::SourceUnreadable, "can be read"),
        (Reason::LocalResources, "ulimit -n"),
        (Reason::Integrity(Mismatch::Size), "upload again"),
        (Reason::Integrity(Mismatch::Asset), "same upload again"),
        (Reason::Processing, "plays"),
        (Reason::Exhausted(Rule::Attempts(1)), "try again later"),
        (Reason::Exhausted(Rule::Deadline(SECOND)), "more time"),
        (Reason::Exhausted(Rule::WaitLimit(SECOND)), "is stored"),
        (
            Reason::Exhausted(Rule::RetryAfter {
                asked: SECOND,
                limit: SECOND,
            }),
            "as long as the server asks",
        ),
    ] {
        assert!(reason.hint().contains(words), "{reason}: {}", reason.hint());
    }
    let hint = |failure| {
        let failed = single().always(StepKind::Single, failure).run();
        failed.failure().hint()
    };
    assert_eq!(hint(api(400, "invalid_parameter")), Reason::Rejected.hint());
    // What an intermediary refuses says nothing of the credential or the file.
    for refused in [400, 401, 403, 404, 409, 410] {
        assert!(hint(status(refused)).contains("firewall"), "{refused}");
    }
    assert!(hint(status(503)).contains("try again later"));
}

#[test]
fn a_code_that_knows_better_than_its_status_decides_the_hint() {
    let failure =
        |status, code: &str| Failure::from_api(status, Some(ApiError::new(code, "refused")));
    let exhausted = Reason::Exhausted(Rule::Attempts(8));
    for (reason, status, code, words) in [
        (Reason::Rejected, 402, "insufficient_credit", "add credits"),
        (Reason::Rejected, 402, "trial_limit_exceeded", "plan"),
        (Reason::Permission, 403, "plan_upgrade_required", "plan"),
        (
            Reason::InsufficientScope,
            403,
            "insufficient_api_key_scope",
            "API key",
        ),
        (exhausted, 429, "rate_limit_exceeded", "fewer"),
        (exhausted, 429, "Quota_Exceeded", "quota"),
    ] {
        let hint = reason.hint_for(Some(&failure(status, code)));
        assert!(hint.contains(words), "{code}: {hint}");
        assert!(!hint.ends_with('.'), "{code}: {hint}");
    }
    // A code that says no more than its status, and one that is not what ended it.
    for (reason, code) in [
        (Reason::Rejected, "invalid_parameter"),
        (Reason::Authentication, "insufficient_credit"),
        (Reason::Exhausted(Rule::Deadline(SECOND)), "rate_limited"),
    ] {
        let hint = reason.hint_for(Some(&failure(400, code)));
        assert_eq!(hint, reason.hint(), "{code}");
    }
    assert_eq!(Reason::Rejected.hint_for(None), Reason::Rejected.hint());
}

#[test]
fn the_missing_scope_is_read_from_the_message_and_only_if_it_is_one() {
    let scope = |status, code: &str, message: &str| {
        let failure = Failure::from_api(status, Some(ApiError::new(code, message)));
        failure.missing_scope().map(str::to_owned)
    };
    let code = "insufficient_api_key_scope";
    for (message, expected) in [
        ("No. Required scope: account:read.", Some("account:read")),
        (
            "Required scope: video_agent:write",
            Some("video_agent:write"),
        ),
        (
            "Required scope: a:read. Required scope: b:write.",
            Some("b:write"),
        ),
        ("Required scope: account.", None),
        ("Required scope: ", None),
        ("Required scope: <b>:read", None),
        ("the key lacks a scope", None),
    ] {
        assert_eq!(scope(403, code, message).as_deref(), expected, "{message}");
    }
    let message = "Required scope: account:read.";
    assert_eq!(scope(403, "forbidden", message), None);
    assert_eq!(scope(400, code, message), None);
}

#[test]
fn every_reason_names_what_it_is_about() {
    let integrity = |mismatch| Reason::Integrity(mismatch).to_string();
    for (text, words) in [
        (integrity(Mismatch::Size), "the size of"),
        (integrity(Mismatch::MediaType), "the media type of"),
        (integrity(Mismatch::Digest), "the digest of"),
        (integrity(Mismatch::Asset), "another asset"),
        (Rule::Attempts(1).to_string(), "no further attempt"),
        (Rule::Attempts(2).to_string(), "2 attempts"),
        (Rule::WaitBudget(SECOND).to_string(), "may take 1s"),
        (Rule::Generations(5).to_string(), "5 upload URLs"),
        (Rule::ObjectWindow(SECOND).to_string(), "within 1s"),
        (Rule::Deadline(SECOND).to_string(), "deadline of 1s"),
        (Rule::WaitLimit(SECOND).to_string(), "not ready within 1s"),
    ] {
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn routes_and_steps_are_shown_as_they_are_called() {
    for (route, name) in [
        (Route::Auto, "auto"),
        (Route::Single, "single"),
        (Route::Direct, "direct"),
    ] {
        assert_eq!(route.to_string(), name);
    }
    let mut world = World::new(direct());
    let (first, _) = world.running.clone().unwrap();
    assert!(world.advance());
    let (second, _) = world.running.clone().unwrap();
    assert_ne!(first.to_string(), second.to_string());
}
