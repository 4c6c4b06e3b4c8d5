use heygen_upload_core::{
    Failure, FailureKind,
    StepKind::{Complete, Create, Credential, Put, Single, Status},
};

use crate::{
    harness::{Fault, Scenario, api, direct, interrupted, kind, loses, lost_whole, single, status},
    scenarios::scenarios,
};

scenarios! {
    "single, create, complete | 2xx with a body that cannot be read" {
        an_unreadable_answer_is_asked_for_again: single().fault(Single, unreadable())
            => "single.1 backoff single.1 completed",
        an_unreadable_slot_is_asked_for_again: direct().fault(Create, unreadable())
            => "create.1 backoff create.1 put complete completed",
        an_unreadable_completion_is_asked_for_again: direct().fault(Complete, unreadable())
            => "create.1 put complete backoff complete completed",
        a_success_in_which_no_api_says_no_is_asked_for_again: single().fault(Single, status(200))
            => "single.1 backoff single.1 completed",
        a_success_in_which_a_gateway_says_no_may_be_stored: single().always(Single, status(200))
            => "single.1 backoff single.1 failed:protocol",
        two_unreadable_answers_fail: single().always(Single, unreadable())
            => "single.1 backoff single.1 failed:protocol",
        two_unreadable_completions_fail: direct().always(Complete, unreadable())
            => "create.1 put complete backoff complete failed:protocol",
        an_unreadable_answer_of_another_request_is_forgotten:
            direct()
                .fault(Create, Fault::Takes(core::time::Duration::from_secs(1)))
                .fault(Create, unreadable())
                .fault(Complete, unreadable())
                .fault(Complete, api(404, "asset_not_found"))
            => "create.1 put complete backoff complete create.2 backoff create.2 put complete completed",
        an_unreadable_answer_of_another_route_is_forgotten:
            single()
                .fault(Single, unreadable())
                .fault(Single, api(413, "payload_too_large"))
                .fault(Create, unreadable())
            => "single.1 backoff single.1 hash create.1 backoff create.1 put complete completed",
    }
    "any API step | another 4xx than 408, 425 and 429 that is not in the API's envelope" {
        what_no_api_said_is_asked_again:
            single()
                .fault(Single, status(403))
                .fault(Single, status(404))
                .fault(Single, api(410, "410 Gone"))
            => "single.1 backoff single.1 backoff single.1 backoff single.1 completed",
        an_intermediary_is_asked_four_times: direct().always(Create, status(403))
            => "create.1 backoff create.1 backoff create.1 backoff create.1 failed:attempts",
        an_intermediary_is_asked_less_often_when_nothing_is:
            direct().config(|config| config.retry.max_attempts = 2).always(Create, status(404))
            => "create.1 backoff create.1 failed:attempts",
        a_conflict_that_nobody_explains_is_asked_about_again: single().fault(Single, status(409))
            => "single.1 backoff single.1 completed",
        an_accepted_put_is_not_thrown_away_for_a_gateway:
            direct()
                .fault(Complete, status(404))
                .fault(Complete, status(410))
                .fault(Complete, status(409))
            => "create.1 put complete backoff complete backoff complete backoff complete completed",
        an_accepted_put_outlives_a_gateway_that_stays: direct().always(Complete, status(404))
            => "create.1 put complete backoff complete backoff complete backoff complete failed:attempts",
        bytes_that_may_be_there_are_not_thrown_away_for_a_gateway:
            direct()
                .fault(Put, loses())
                .fault(Complete, status(404))
                .fault(Complete, status(409))
                .fault(Complete, status(413))
            => "create.1 put backoff probe backoff probe backoff probe backoff probe completed",
        a_401_of_an_intermediary_is_given_a_fresh_credential_and_believed_no_further:
            refreshing(direct()).always(Create, status(401))
            => "create.1 credential create.1 backoff create.1 backoff create.1 failed:attempts",
        a_status_that_an_intermediary_hides_is_asked_for_again:
            direct().waiting().fault(Status, status(404))
            => "create.1 put complete status backoff status completed",
    }
    "any API step | 401" {
        a_401_without_a_provider_fails: direct().always(Create, api(401, "unauthorized"))
            => "create.1 failed:authentication",
        a_single_request_is_sent_again_with_a_fresh_credential:
            refreshing(single()).fault(Single, status(401))
            => "single.1 credential single.1 completed",
        a_create_is_sent_again_with_a_fresh_credential_and_the_same_key:
            refreshing(direct()).fault(Create, status(401))
            => "create.1 credential create.1 put complete completed",
        a_completion_is_sent_again_with_a_fresh_credential:
            refreshing(direct()).fault(Complete, status(401))
            => "create.1 put complete credential complete completed",
        a_completion_on_trial_is_sent_again_with_a_fresh_credential:
            refreshing(direct()).fault(Put, loses()).fault(Complete, status(401))
            => "create.1 put backoff probe credential probe completed",
        a_status_is_asked_for_with_a_fresh_credential:
            refreshing(direct()).waiting().fault(Status, status(401))
            => "create.1 put complete status credential status completed",
        a_fresh_credential_that_is_refused_fails:
            refreshing(direct()).always(Create, api(401, "unauthorized"))
            => "create.1 credential create.1 failed:authentication",
        each_request_may_have_its_own_fresh_credential:
            refreshing(direct()).fault(Create, status(401)).fault(Complete, status(401))
            => "create.1 credential create.1 put complete credential complete completed",
    }
    "any API step | 403" {
        a_forbidden_upload_fails: single().always(Single, api(403, "plan_upgrade_required"))
            => "single.1 failed:permission",
        a_forbidden_completion_fails: direct().always(Complete, api(403, "forbidden"))
            => "create.1 put complete failed:permission",
    }
    "any API step | other 4xx" {
        a_refused_upload_fails: single().always(Single, api(400, "invalid_parameter"))
            => "single.1 failed:rejected",
        a_refused_create_fails: direct().always(Create, api(422, "graph_invalid"))
            => "create.1 failed:rejected",
        a_refused_completion_fails: direct().always(Complete, api(400, "invalid_parameter"))
            => "create.1 put complete failed:rejected",
        a_success_in_which_the_api_says_no_fails: direct().always(Create, api(200, "no_credit"))
            => "create.1 failed:rejected",
        a_refused_status_fails: direct().waiting().always(Status, api(404, "not_found"))
            => "create.1 put complete status failed:rejected",
    }
    "any API step | 3xx, 501, 505" {
        a_redirect_of_the_api_is_not_followed:
            single().always(Single, crate::harness::redirect("https://elsewhere.example/"))
            => "single.1 failed:protocol",
        not_implemented_is_not_repeated: direct().always(Create, status(501))
            => "create.1 failed:protocol",
        an_http_version_is_not_repeated: direct().always(Complete, status(505))
            => "create.1 put complete failed:protocol",
    }
    "credential | 408, 425, 429" {
        a_busy_giver_of_credentials_is_asked_again:
            refreshing(direct())
                .fault(Create, status(401))
                .fault(Credential, status(408))
                .fault(Credential, status(425))
                .fault(Credential, status(429))
                .fault(Credential, status(503))
            => "create.1 credential backoff credential backoff credential backoff credential backoff credential create.1 put complete completed",
        a_lost_refresh_is_repeated:
            refreshing(direct())
                .fault(Create, status(401))
                .fault(Credential, interrupted())
                .fault(Credential, kind(FailureKind::AnswerTimeout))
            => "create.1 credential backoff credential backoff credential create.1 put complete completed",
        a_refused_refresh_fails:
            refreshing(direct()).always(Create, status(401)).always(Credential, status(400))
            => "create.1 credential failed:authentication",
        a_missing_credential_fails: single().always(Single, kind(FailureKind::Credential))
            => "single.1 failed:authentication",
    }
    "complete | 408, 425, 429" {
        a_completion_is_repeated:
            direct()
                .fault(Complete, status(503))
                .fault(Complete, status(425))
                .fault(Complete, status(429))
                .fault(Complete, interrupted())
                .fault(Complete, Fault::Loses(lost_whole()))
            => "create.1 put complete backoff complete backoff complete backoff complete backoff complete backoff complete completed",
        a_completion_on_trial_is_repeated:
            direct().fault(Put, loses()).fault(Complete, status(503))
            => "create.1 put backoff probe backoff probe completed",
    }
}

fn unreadable() -> Failure {
    Failure::unreadable(200)
}

fn refreshing(scenario: Scenario) -> Scenario {
    scenario.config(|config| config.can_refresh_credential = true)
}
