//! The rules of the run loop that the harness itself does not break.

use core::time::Duration;

use heygen_types::{ByteSize, MediaType};
use heygen_upload_core::{
    Config, Output, Plan, StateName, StepKind, Timer, Timestamp, Upload, UploadId,
};

use crate::harness::{World, direct, single, status};

#[test]
#[cfg_attr(not(debug_assertions), ignore = "only debug assertions notice")]
#[should_panic(expected = "outputs are drained before the next input")]
fn an_input_before_the_outputs_are_drained_is_a_bug_of_the_driver() {
    let plan = Plan::new("clip.mp4", MediaType::Mp4, ByteSize::new(1)).unwrap();
    let now = Timestamp::default();
    let id = UploadId::from_random([0; 16]);
    let mut upload = Upload::new(plan, Config::default(), id, now);
    upload.handle_timeout(now);
}

#[test]
fn an_empty_file_is_refused_before_anything_is_sent() {
    let problem = Plan::new("empty.mp4", MediaType::Mp4, ByteSize::new(0)).unwrap_err();
    assert_eq!(problem.field(), "size_bytes");
}

#[test]
fn outputs_come_in_the_order_in_which_they_have_to_be_carried_out() {
    let mut world = World::new(direct());
    world.advance();
    let (id, _) = world.running.take().unwrap();
    world.upload.handle_stored(world.now, id);
    let outputs: Vec<Output> = core::iter::from_fn(|| world.upload.poll_output()).collect();
    let [
        Output::Event(heygen_upload_core::Event::Checkpoint),
        Output::Start { step, .. },
    ] = &outputs[..]
    else {
        panic!("{outputs:?}")
    };
    assert_eq!(step.kind(), StepKind::Complete);
}

#[test]
fn the_latest_time_seen_counts() {
    let mut world = World::new(single().fault(StepKind::Single, status(503)));
    let begun = world.now;
    let (id, _) = world.running.take().unwrap();
    world
        .upload
        .handle_timeout(begun.after(Duration::from_secs(100)));
    world.upload.handle_failure(begun, id, status(503));
    while world.upload.poll_output().is_some() {}
    let until = world.upload.poll_timeout().unwrap();
    assert!(until > begun.after(Duration::from_secs(100)), "{until:?}");
}

#[test]
fn a_timer_is_due_at_its_very_moment() {
    let mut world = World::new(single().fault(StepKind::Single, status(503)));
    world.advance();
    let until = world.upload.poll_timeout().unwrap();
    assert_eq!(world.upload.poll_timer(), Some(Timer::Backoff));
    let just_before = Timestamp::from_unix(until.since_unix() - Duration::from_nanos(1));
    world.upload.handle_timeout(just_before);
    assert_eq!(world.upload.poll_output(), None);
    world.upload.handle_timeout(until);
    assert!(world.upload.poll_output().is_some());
}

#[test]
fn the_machine_tells_where_it_stands() {
    let mut world = World::new(direct().fault(StepKind::Put, status(503)));
    assert_eq!(world.upload.state(), StateName::Create);
    assert_eq!(world.upload.attempts(), 1);
    world.advance();
    assert_eq!(world.upload.state(), StateName::Put);
    world.advance();
    // While it waits it is in the state of the last step.
    assert_eq!(world.upload.state(), StateName::Put);
    assert_eq!(world.upload.attempts(), 2);
    world.finish();
    assert_eq!(world.upload.state(), StateName::Completed);
    match world.events.pop() {
        Some(heygen_upload_core::Event::Completed(finished)) => assert_eq!(finished.attempts, 2),
        other => panic!("{other:?}"),
    }
}

#[test]
fn states_and_steps_have_their_own_words() {
    let words: Vec<String> = StateName::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(
        words,
        [
            "ready",
            "hash",
            "credential",
            "single",
            "create",
            "put",
            "probe",
            "complete",
            "status",
            "completed",
            "failed",
            "cancelled"
        ]
    );
    for state in StateName::ALL {
        assert_eq!(
            state.is_terminal(),
            matches!(
                state.to_string().as_str(),
                "completed" | "failed" | "cancelled"
            )
        );
    }
}
