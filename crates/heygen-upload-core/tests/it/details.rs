//! What whole scenarios do not show: each thing that is asked for and told, and the very limits.

use core::time::Duration;

use heygen_types::{MediaType, batches::ItemStatus};
use heygen_upload_core::{
    Checksum, Event, FailureKind, Finished, Mismatch, Reason, Step, StepKind, Stored,
};

use crate::harness::{
    Answer, Fault, SOURCE, Scenario, World, api, direct, kind, loses, single, status, storage,
};

const LATENCY: Duration = Duration::from_millis(1);

fn finished(world: &World) -> &Finished {
    match world.events.last() {
        Some(Event::Completed(finished)) => finished,
        other => panic!("no success: {other:?}"),
    }
}

#[test]
fn a_digest_is_told_to_the_api_and_to_the_user_unless_it_is_not_wanted() {
    let off = direct().plan(|plan| plan.checksum = Checksum::Off);
    for (scenario, told) in [(direct(), Some(SOURCE)), (off, None)] {
        let mut world = World::new(scenario);
        let mut asked = Vec::new();
        while world.advance() {
            if let Some((_, Step::Complete { request })) = &world.running {
                asked.push(request.body.checksum_sha256);
            }
        }
        assert_eq!(asked, [told]);
        assert_eq!(finished(&world).sha256, told);
    }
}

#[test]
fn a_single_request_knows_the_digest_of_its_file() {
    let digest = |world: &World| match &world.running {
        Some((_, Step::UploadSingle(step))) => step.digest,
        other => panic!("one request is enough: {other:?}"),
    };
    let known = single().plan(|plan| plan.digest = Some(SOURCE));
    assert_eq!(digest(&World::new(known)), Some(SOURCE));
    assert_eq!(digest(&World::new(single())), None);
    // It is that of the first attempt in the second one.
    let mut world = World::new(single().fault(StepKind::Single, loses()));
    world.advance();
    world.advance();
    assert_eq!(digest(&world), Some(SOURCE));
}

#[test]
fn the_last_status_is_told_unless_the_server_knows_none() {
    let ended = direct().waiting().run();
    assert_eq!(finished(&ended).status, Some(ItemStatus::Completed));
    let unknown = direct().waiting();
    let unknown = unknown.server(|server| server.statuses = [ItemStatus::NotFound].into());
    let before = finished(&direct().run()).status.clone();
    assert!(before.is_some());
    assert_eq!(finished(&unknown.run()).status, before);
}

#[test]
fn subtitles_may_be_stored_as_text_and_nothing_else_may() {
    let srt = || direct().plan(|plan| plan.media_type = MediaType::Srt);
    let text = |scenario: Scenario| {
        scenario.says(StepKind::Complete, |answer| {
            if let Answer::Completed(asset) = answer {
                asset.mime_type = MediaType::from("text/plain");
            }
        })
    };
    let image = srt().says(StepKind::Complete, |answer| {
        if let Answer::Completed(asset) = answer {
            asset.mime_type = MediaType::Png;
        }
    });
    assert_eq!(text(srt()).run().end(), "completed");
    assert_eq!(text(direct()).run().end(), "failed:type");
    assert_eq!(image.run().end(), "failed:type");
}

#[test]
fn an_answer_about_another_asset_leaves_no_trace() {
    let other = || "asset_9".parse().unwrap();
    let completed: fn(&mut Answer) = |answer| {
        if let Answer::Completed(asset) = answer {
            asset.asset_id = "asset_9".parse().unwrap();
        }
    };
    let listed: fn(&mut Answer) = |answer| {
        if let Answer::Status(entries) = answer {
            entries[0].video_id = Some("asset_9".parse().unwrap());
        }
    };
    let own = || "asset_1".parse().unwrap();
    let lost = direct().fault(StepKind::Put, loses());
    for (scenario, stored) in [
        (
            direct().says(StepKind::Complete, completed),
            Stored::Unfinished(own()),
        ),
        (lost.says(StepKind::Complete, completed), Stored::Unknown),
        (
            direct().waiting().says(StepKind::Status, listed),
            Stored::Finished(own()),
        ),
    ] {
        let world = scenario.run();
        let failure = world.failure();
        assert_eq!(failure.reason, Reason::Integrity(Mismatch::Asset));
        assert_eq!(failure.stored, stored);
        let named = failure.failure.as_ref().unwrap().other_asset.clone();
        assert_eq!(named, Some(other()));
        assert!(failure.to_string().contains("asset_9"), "{failure}");
        let checkpoint = world.checkpoint();
        assert!(!checkpoint.contains("asset_9"), "{checkpoint}");
        assert!(checkpoint.contains("asset_1"), "{checkpoint}");
    }
}

#[test]
fn every_repetition_counts_as_an_attempt() {
    let expired = direct().fault(StepKind::Put, storage(403, "ExpiredToken"));
    let too_large = single().fault(StepKind::Single, status(413));
    let torn = direct().fault(StepKind::Put, storage(400, "BadDigest"));
    let hidden = direct().config(|config| config.object_window = Duration::ZERO);
    let hidden = hidden.fault(StepKind::Complete, api(409, "conflict"));
    for scenario in [expired, too_large, torn, hidden] {
        let world = scenario.run();
        assert_eq!(finished(&world).attempts, 2, "{}", world.trace.join(" "));
    }
}

#[test]
fn a_source_that_changed_under_a_whole_request_may_be_stored() {
    for is_whole in [false, true] {
        let mut changed = kind(FailureKind::SourceChanged);
        changed.body_handed_over = is_whole;
        let world = single().fault(StepKind::Single, changed).run();
        let expected = match is_whole {
            true => Stored::Unknown,
            false => Stored::Nothing,
        };
        assert_eq!(world.failure().stored, expected);
    }
}

#[test]
fn an_answer_that_cannot_be_read_breaks_the_protocol_however_few_attempts_there_are() {
    let scenario = single().config(|config| config.retry.max_attempts = 1);
    let unreadable = kind(FailureKind::Unreadable);
    let world = scenario.always(StepKind::Single, unreadable).run();
    assert_eq!(world.failure().reason, Reason::Protocol);
}

#[test]
fn a_deadline_that_is_far_away_forbids_no_wait() {
    let scenario = single().deadline(Duration::from_secs(3600));
    let world = scenario.fault(StepKind::Single, status(503)).run();
    assert_eq!(world.end(), "completed");
}

#[test]
fn a_wait_may_use_the_budget_up() {
    let minute = Duration::from_secs(60);
    let scenario = single().config(|config| config.retry.wait_budget = minute);
    let mut busy = status(503);
    busy.retry_after = Some(minute);
    let once = scenario.fault(StepKind::Single, busy.clone());
    let twice = once.clone().fault(StepKind::Single, busy);
    assert_eq!(once.run().end(), "completed");
    assert_eq!(twice.run().end(), "failed:wait-budget");
}

#[test]
fn a_url_is_of_no_use_from_the_moment_on_in_which_it_ends() {
    let life = 10;
    let until_then = Duration::from_secs(10);
    let scenario = direct().server(|server| server.life = life);
    let late = scenario
        .clone()
        .fault(StepKind::Create, Fault::Takes(until_then));
    assert_eq!(
        late.run().trace.join(" "),
        "create.1 create.2 put complete completed"
    );

    // A refusal at its end is no second refusal of a good one.
    let refused = || Fault::FailsAfter(until_then - LATENCY, storage(403, "AccessDenied"));
    let refused = scenario
        .fault(StepKind::Put, refused())
        .fault(StepKind::Put, refused());
    assert_eq!(
        refused.run().trace.join(" "),
        "create.1 put create.2 put create.3 put complete completed"
    );
}

#[test]
fn an_upload_shows_its_id_and_its_state() {
    let world = World::new(direct());
    let shown = format!("{:?}", world.upload);
    for part in [
        "Upload",
        "state: Create",
        "UploadId(abababababababababababababababab)",
    ] {
        assert!(shown.contains(part), "{shown}");
    }
}
