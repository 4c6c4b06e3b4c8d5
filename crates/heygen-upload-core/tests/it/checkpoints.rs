//! An upload can be picked up by another process wherever it stopped.

use core::time::Duration;

use heygen_upload_core::{
    Checkpoint, Checksum, Config, Event, StepKind, Stored, Timestamp, Upload,
};

use crate::{
    harness::{SOURCE, Scenario, World, direct, hashing, single, storage},
    scenarios::{self, Case},
};

/// Calls back with every scenario, stopped after every input before its end.
fn for_each_moment(mut check: impl FnMut(&Case, World)) {
    for case in scenarios::all() {
        for inputs in 0.. {
            let mut world = World::new((case.scenario)());
            if !(0..inputs).all(|_| world.advance()) || world.has_ended() {
                break;
            }
            check(case, world);
        }
    }
}

#[test]
fn a_checkpoint_of_any_moment_reaches_the_same_end() {
    for_each_moment(|case, mut world| {
        let checkpoint = world.checkpoint();
        world.resume(&checkpoint);
        world.finish();
        assert_eq!(
            world.end(),
            case.end(),
            "{}: {}",
            case.name,
            world.trace.join(" ")
        );
    });
}

#[test]
fn the_last_durable_checkpoint_of_any_moment_reaches_the_same_end() {
    for_each_moment(|case, mut world| {
        // A digest that was never durable cannot betray a source that changed before it was.
        if world.scenario.changes_source() {
            return;
        }
        world.crash();
        world.finish();
        assert_eq!(
            world.end(),
            case.end(),
            "{}: {}",
            case.name,
            world.trace.join(" ")
        );
    });
}

#[test]
fn a_crash_while_the_server_works_can_only_make_the_end_better() {
    for_each_moment(|case, mut world| {
        world.crash_in_flight();
        world.finish();
        let is_good = world.end() == "completed" || world.end() == case.end();
        assert!(is_good, "{}: {}", case.name, world.trace.join(" "));
    });
}

#[test]
fn a_crash_while_the_server_works_loses_and_doubles_nothing() {
    let completion = || direct().checksum(Checksum::Completion);
    let makers: [fn() -> Scenario; 5] =
        [single, direct, hashing, completion, || direct().waiting()];
    for scenario in makers {
        for inputs in 0.. {
            let mut world = World::new(scenario());
            if !(0..inputs).all(|_| world.advance()) || world.has_ended() {
                break;
            }
            world.crash_in_flight();
            world.finish();
            let trace = world.trace.join(" ");
            assert_eq!(world.end(), "completed", "{trace}");
            assert_eq!(world.scenario.server.usable(), 1, "{trace}");
            // What storage had accepted is not sent again, whether anybody knew it or not.
            assert!(trace.matches("put").count() <= 1, "{trace}");
        }
    }
}

#[test]
fn an_upload_that_crashes_again_and_again_still_ends() {
    for scenario in [single(), direct(), hashing(), direct().waiting()] {
        let mut world = World::new(scenario);
        for _ in 0..50 {
            let checkpoint = world.checkpoint();
            world.resume(&checkpoint);
            // What was put is asked for twice first, so a few steps are needed to get on.
            let _ = (0..4).all(|_| world.advance());
        }
        assert_eq!(world.end(), "completed");
    }
}

#[test]
fn what_ended_stays_ended() {
    for case in scenarios::all().filter(|case| case.end() == "completed") {
        let mut world = (case.scenario)().run();
        let stored = world.upload.stored();
        let steps = world.trace.len();
        let checkpoint = world.checkpoint();
        world.resume(&checkpoint);
        world.finish();
        assert_eq!(world.end(), "completed", "{}", case.name);
        assert_eq!(world.upload.stored(), stored);
        let repeated = &world.trace[steps..];
        // Only the state of the background work is asked for again.
        let harmless = ["resumed", "status", "poll", "completed"];
        assert!(
            repeated
                .iter()
                .all(|word| harmless.contains(&word.as_str())),
            "{}: {repeated:?}",
            case.name
        );
    }
}

#[test]
fn a_resumed_upload_counts_its_urls_anew() {
    let expired = || storage(400, "ExpiredToken");
    let scenario = (0..6).fold(direct(), |scenario: Scenario, _| {
        scenario.fault(StepKind::Put, expired())
    });
    let mut world = scenario.run();
    assert_eq!(world.end(), "failed:generations");
    assert!(world.failure().is_retryable());
    let checkpoint = world.checkpoint();
    world.resume(&checkpoint);
    world.finish();
    // The trials find nothing, and the old URL counts as alive until storage says otherwise.
    assert_eq!(
        world.trace[world.trace.len() - 9..].join(" "),
        "probe object probe put backoff create.6 put complete completed"
    );
}

#[test]
fn a_checkpoint_tells_what_it_holds() {
    let mut world = World::new(direct());
    let at = |world: &World| world.upload.checkpoint();
    assert_eq!(at(&world).plan(), world.upload.plan());
    assert_eq!(at(&world).upload_id(), world.upload.upload_id());
    assert_eq!(at(&world).digest(), Some(SOURCE));
    assert_eq!(
        (at(&world).asset_id(), at(&world).is_stored()),
        (None, false)
    );
    world.advance();
    let id = "asset_1".parse().unwrap();
    assert_eq!(at(&world).asset_id(), Some(&id));
    assert!(!at(&world).is_stored());
    world.advance();
    assert!(at(&world).is_stored());
    assert!(at(&world).finished().is_none());
    world.advance();
    assert_eq!(at(&world).finished().unwrap().asset_id, id);
    assert_eq!(world.upload.stored(), Stored::Finished(id));
}

#[test]
fn what_was_on_its_way_when_the_process_died_may_be_stored() {
    let mut world = World::new(single());
    assert_eq!(world.upload.stored(), Stored::Nothing);
    let checkpoint = world.checkpoint();
    world.resume(&checkpoint);
    assert_eq!(world.upload.stored(), Stored::Unknown);
}

#[test]
fn a_checkpoint_of_any_moment_survives_a_file() {
    for_each_moment(|case, world| {
        let checkpoint = world.upload.checkpoint();
        let read: Checkpoint = serde_json::from_str(&world.checkpoint()).unwrap();
        assert_eq!(read, checkpoint, "{}", case.name);
    });
}

#[test]
fn a_checkpoint_of_another_version_is_refused_by_number() {
    let world = World::new(direct());
    let json = world.checkpoint().replace("\"version\":1", "\"version\":2");
    let checkpoint: Checkpoint = serde_json::from_str(&json).unwrap();
    assert_eq!(checkpoint.version(), 2);
    let problem = Upload::resume(checkpoint, Config::default(), world.now).unwrap_err();
    assert_eq!(
        problem.to_string(),
        "the checkpoint has version 2, this program knows version 1"
    );
    assert!(problem.is_newer());
}

#[test]
fn a_source_that_may_have_changed_is_not_resumed_without_a_digest() {
    let mut config = Config::default();
    config.verify_source = true;
    let mut world = World::new(direct().checksum(Checksum::Off));
    let refused = |world: &World| {
        let checkpoint = world.upload.checkpoint();
        Upload::resume(checkpoint, config.clone(), world.now).is_err_and(|it| it.is_unverifiable())
    };
    assert!(refused(&world));
    while world.advance() {
        // Of a finished asset nothing is sent or completed any more.
        assert_eq!(refused(&world), !world.has_ended());
    }
}

#[test]
fn a_checkpoint_that_no_upload_wrote_is_refused() {
    let mut world = World::new(direct());
    let resume = |json: String| {
        let checkpoint: Checkpoint = serde_json::from_str(&json).unwrap();
        let resumed = Upload::resume(checkpoint, Config::default(), Timestamp::default());
        resumed.map_err(|problem| problem.to_string())
    };
    let fresh = world.checkpoint();
    let stored = fresh.replace("\"stored\":false", "\"stored\":true");
    assert_eq!(
        resume(stored).unwrap_err(),
        "the checkpoint is damaged: the bytes are stored, but nowhere"
    );
    world.advance();
    let with_slot = world.checkpoint();
    let forgotten = with_slot.replace("\"digest\":", "\"forgotten\":");
    assert_eq!(
        resume(forgotten).unwrap_err(),
        "the checkpoint is damaged: a digest was declared, but there is none"
    );
    let ended = direct().run().checkpoint();
    assert_eq!(resume(ended.clone()).map(|_| ()), Ok(()));
    let (before, finished) = ended.split_once("\"finished\":").unwrap();
    let finished = finished.replacen("asset_1", "asset_2", 1);
    assert_eq!(
        resume(format!("{before}\"finished\":{finished}")).unwrap_err(),
        "the checkpoint is damaged: it ended as another asset than it was given a URL for"
    );
    for (json, generation, is_good) in [
        (&fresh, "1000000", true),
        (&with_slot, "1000000", true),
        (&fresh, "0", false),
        (&with_slot, "1000001", false),
        (&with_slot, "4294967295", false),
    ] {
        let json = json.replace("\"generation\":1", &format!("\"generation\":{generation}"));
        assert_eq!(resume(json).is_ok(), is_good, "{generation}");
    }
}

#[test]
fn an_upload_can_be_resumed_on_another_day() {
    let mut world = World::new(direct());
    world.advance();
    let checkpoint = world.checkpoint();
    world.now = world.now.after(Duration::from_secs(3 * 24 * 3600));
    world.resume(&checkpoint);
    world.finish();
    assert_eq!(
        world.trace.join(" "),
        "create.1 put resumed probe object probe create.2 put complete completed"
    );
    assert!(world.events.contains(&Event::NewUrl));
}

#[test]
fn an_upload_whose_url_was_taken_out_asks_for_another() {
    let mut world = World::new(direct());
    assert_eq!(world.upload.checkpoint().url_expires_at(), None);
    world.advance();
    let checkpoint = world.upload.checkpoint();
    let expires_at = checkpoint.url_expires_at().unwrap();
    assert!(expires_at > world.now);

    let bare = checkpoint.clone().without_signatures();
    assert_eq!(bare.url_expires_at(), None);
    assert_eq!(bare.asset_id(), checkpoint.asset_id());
    let json = serde_json::to_string(&bare).unwrap();
    assert!(!json.contains("https"), "{json}");
    world.resume(&json);
    world.finish();
    assert_eq!(
        world.trace.join(" "),
        "create.1 put resumed probe object probe create.2 put complete completed"
    );
}

#[test]
fn the_url_of_a_finished_asset_can_be_cut_off_and_replaced() {
    let world = direct().run();
    let checkpoint = world.upload.checkpoint();
    let url = |checkpoint: &Checkpoint| checkpoint.finished().unwrap().url.as_str().to_owned();
    let signed = "https://files.example/1?X-Amz-Signature=1".parse().unwrap();
    let signed = checkpoint.with_asset_url(signed);
    assert_eq!(url(&signed), "https://files.example/1?X-Amz-Signature=1");
    assert_eq!(url(&signed.without_signatures()), "https://files.example/1");
}
