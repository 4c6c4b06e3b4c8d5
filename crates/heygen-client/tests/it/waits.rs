use std::{
    cell::Cell,
    future::{Future, IntoFuture as _, ready},
    sync::{Arc, Mutex},
    time::Duration,
};

use heygen_client::{
    Cancellation, Error, ErrorKind, Outcome, PollPolicy, TransportErrorKind,
    types::{
        Job as _, JobState, SessionId,
        video_agents::{AgentStatus, GetVideoAgent, VideoAgentSession},
    },
};

use crate::{
    clock,
    script::{Answer, World, block_on},
};

fn get() -> GetVideoAgent {
    GetVideoAgent::new("s1".parse::<SessionId>().unwrap())
}

fn session(status: &str) -> Answer {
    let body = format!(
        r#"{{"data":{{"created_at":1,"session_id":"s1","status":"{status}","progress":40,
            "messages":[{{"content":"no voice","role":"model","type":"error"}}]}}}}"#
    );
    Answer::json(200, body)
}

fn seconds(world: &World) -> Vec<u64> {
    world
        .sent()
        .iter()
        .map(|sent| sent.at.as_secs_f64().round() as u64)
        .collect()
}

fn steady(seconds: u64) -> PollPolicy {
    PollPolicy::default()
        .with_first_delay(Duration::from_secs(seconds))
        .with_growth(1.0)
}

fn wait(world: &World, policy: PollPolicy) -> Result<Outcome<VideoAgentSession>, Error> {
    block_on(world.client().wait(get()).policy(policy).into_future())
}

/// A session that still waits after it was answered, then works, then asks again.
fn slow_to_hear() -> Vec<Answer> {
    let told = |status: &str| {
        let body = format!(
            r#"{{"data":{{"created_at":1,"session_id":"s1","status":"{status}",
                "messages":[{{"content":"short","role":"user","type":"text"}}]}}}}"#
        );
        Answer::json(200, body)
    };
    vec![
        told("waiting_for_input"),
        told("waiting_for_input"),
        told("thinking"),
        session("waiting_for_input"),
    ]
}

#[test]
fn a_session_that_was_answered_is_not_believed_to_ask_still() {
    let world = World::new(slow_to_hear());
    let wait = world.client().wait(get()).resumed();
    let outcome = block_on(wait.into_future()).unwrap();
    assert!(matches!(outcome, Outcome::NeedsInput(_)), "{outcome:?}");
    assert_eq!(world.sent().len(), 4);

    // Who was not told that it goes on takes the first look for the end.
    let world = World::new(slow_to_hear());
    wait_is_over_after_one_look(&world);

    let sent = Answer::json(200, r#"{"data":{"session_id":"s1","run_id":"r1"}}"#);
    let world = World::new([sent].into_iter().chain(slow_to_hear()));
    let id = "s1".parse::<SessionId>().unwrap();
    let message = world.client().video_agents().send_message(id, "short");
    let outcome = block_on(message.wait().into_future()).unwrap();
    assert!(matches!(outcome, Outcome::NeedsInput(_)), "{outcome:?}");
    assert_eq!(world.sent().len(), 5);
}

fn wait_is_over_after_one_look(world: &World) {
    let outcome = wait(world, PollPolicy::default()).unwrap();
    assert!(matches!(outcome, Outcome::NeedsInput(_)), "{outcome:?}");
    assert_eq!(world.sent().len(), 1);
}

#[test]
fn it_looks_at_once_and_then_ever_less_often() {
    let words = ["thinking", "generating", "a word of next year", "reviewing"];
    let answers = words.into_iter().chain(["completed"]).map(session);
    let world = World::new(answers);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let seeing = Arc::clone(&seen);
    let wait = world
        .client()
        .wait(get())
        .on_poll(move |session: &VideoAgentSession| {
            seeing
                .lock()
                .unwrap()
                .push(session.status_word().to_owned());
        });
    let outcome = block_on(wait.into_future()).unwrap();
    assert!(outcome.is_completed());
    assert_eq!(
        *seen.lock().unwrap(),
        [
            "thinking",
            "generating",
            "a word of next year",
            "reviewing",
            "completed"
        ]
    );
    let at: Vec<_> = world.sent().iter().map(|sent| sent.at).collect();
    assert_eq!(at[0], Duration::ZERO);
    for (pair, whole) in at.windows(2).zip([2, 4, 8, 16]) {
        let (delay, whole) = (pair[1] - pair[0], Duration::from_secs(whole));
        assert!(
            delay <= whole && delay >= whole * 3 / 4,
            "{delay:?} of {whole:?}"
        );
    }
}

#[test]
fn no_wait_is_longer_than_its_limit_by_more_than_the_last_look() {
    for (seconds, hangs) in [(0, true), (3, true), (6, false)] {
        let limit = Duration::from_secs(seconds);
        let world = World::serving(move |_| match hangs {
            true => Answer::Silence,
            false => Answer::refusal(500, "internal_error"),
        });
        let before = clock::now();
        let end = wait(&world, PollPolicy::default().with_deadline(limit));
        if let Ok(outcome) = end {
            assert_eq!(outcome, Outcome::TimedOut { last: None });
        }
        assert!(
            clock::now() - before <= limit + Duration::from_secs(2),
            "{limit:?}"
        );
    }
}

#[test]
fn two_waits_do_not_keep_step() {
    let delays = |seed| {
        let policy = PollPolicy::default().with_seed(seed);
        [0, 1, 2, 9].map(|look| policy.delay(look))
    };
    assert_eq!(delays(7), delays(7));
    assert_ne!(delays(7), delays(8));
}

#[test]
fn no_policy_makes_a_delay_that_is_too_short_too_long_or_no_number() {
    for growth in [
        f64::NAN,
        f64::NEG_INFINITY,
        -1.0,
        0.0,
        1.0,
        1e300,
        f64::INFINITY,
    ] {
        for first in [Duration::ZERO, Duration::from_secs(1), Duration::MAX] {
            let policy = PollPolicy::default()
                .with_first_delay(first)
                .with_growth(growth)
                .with_seed(3);
            for look in [0, 1, 1000, u32::MAX] {
                let delay = policy.delay(look);
                assert!(
                    delay >= Duration::from_millis(10),
                    "{growth} {first:?} {look}"
                );
                assert!(
                    delay <= Duration::from_secs(30),
                    "{growth} {first:?} {look}"
                );
            }
        }
    }
    let endless = PollPolicy::default()
        .with_cap(Duration::MAX)
        .with_deadline(Duration::MAX);
    assert!(endless.delay(u32::MAX) > Duration::from_secs(1 << 40));
    let world = World::new([session("thinking"), session("completed")]);
    assert!(wait(&world, endless).unwrap().is_completed());
}

#[test]
fn a_job_that_fails_says_why() {
    let world = World::new([session("failed")]);
    let outcome = wait(&world, steady(1)).unwrap();
    let Outcome::Failed { job, message, .. } = &outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(job.status, AgentStatus::Failed);
    assert_eq!(message.as_deref(), Some("no voice"));
    let error = outcome.into_result().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Processing);
    assert_eq!(error.to_string(), "the job ended as \"failed\": no voice");
}

#[test]
fn an_agent_with_a_question_ends_the_wait() {
    let world = World::new([session("thinking"), session("waiting_for_input")]);
    let outcome = wait(&world, steady(1)).unwrap();
    assert!(matches!(outcome, Outcome::NeedsInput(_)));
    let error = outcome.into_result().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NeedsInput);
}

#[test]
fn that_time_is_up_is_no_error_and_the_last_look_is_at_the_deadline() {
    let world = World::serving(|_| session("generating"));
    let policy = steady(20)
        .with_deadline(Duration::from_secs(50))
        .with_seed(1);
    let outcome = wait(&world, policy).unwrap();
    let Outcome::TimedOut { last: Some(last) } = &outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(last.status, AgentStatus::Generating);
    assert_eq!(seconds(&world).last(), Some(&50));
    let error = outcome.into_result().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TimedOut);
    assert!(error.to_string().contains("\"generating\""), "{error}");

    let world = World::new([session("completed")]);
    let at_once = steady(20).with_deadline(Duration::ZERO);
    assert!(wait(&world, at_once).unwrap().is_completed());
}

#[test]
fn an_answer_that_never_comes_does_not_outlast_the_deadline() {
    let world = World::new([Answer::Silence]);
    let before = clock::now();
    let policy = steady(20).with_deadline(Duration::from_secs(50));
    assert_eq!(
        wait(&world, policy).unwrap(),
        Outcome::TimedOut { last: None }
    );
    assert_eq!(clock::now() - before, Duration::from_secs(52));
}

#[test]
fn a_look_that_fails_in_passing_does_not_end_the_wait() {
    let world = World::new([
        session("thinking"),
        Answer::json(503, ""),
        Answer::Error(TransportErrorKind::Interrupted),
        Answer::json(429, "").with("retry-after", "3"),
        session("completed"),
    ]);
    assert!(wait(&world, steady(1)).unwrap().is_completed());
    assert_eq!(world.sent().len(), 5);
}

#[test]
fn a_look_that_keeps_failing_ends_the_wait_and_says_that_the_job_goes_on() {
    let world = World::serving(|_| Answer::Error(TransportErrorKind::Connect));
    let error = wait(&world, steady(1)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
    let text = error.to_string();
    assert!(
        text.ends_with(
            "only looking at the job failed (video_agents.get at /v3/video-agents/s1), \
             the job itself goes on"
        ),
        "{text}"
    );
    assert!(error.hint().contains("again"), "{}", error.hint());
    assert!(error.is_retryable());

    // There may be no such job, so nothing is said of it.
    let world = World::new([Answer::json(
        404,
        r#"{"error":{"code":"not_found","message":"m"}}"#,
    )]);
    let error = wait(&world, steady(1)).unwrap_err();
    assert!(!error.to_string().contains("goes on"), "{error}");

    // A refused credential is to be seen to first.
    let world = World::new([Answer::refusal(401, "unauthorized")]);
    let error = wait(&world, steady(1)).unwrap_err();
    assert!(error.to_string().contains("goes on"), "{error}");
    assert!(error.hint().contains("API key"), "{}", error.hint());
}

#[test]
fn a_switch_ends_the_wait_between_looks_and_within_one() {
    let between = World::serving(|_| session("generating"));
    let within = World::new([session("thinking"), Answer::Silence]);
    for world in [between, within] {
        let switch = Cancellation::new();
        let wait = world
            .client()
            .wait(get())
            .policy(steady(2))
            .cancellation(&switch);
        let error = block_on(async {
            let mut wait = wait.into_future();
            let mut timer = clock::sleep(Duration::from_secs(3));
            std::future::poll_fn(|cx| {
                if timer.as_mut().poll(cx).is_ready() {
                    switch.cancel();
                    timer = clock::sleep(Duration::MAX);
                }
                wait.as_mut().poll(cx)
            })
            .await
        })
        .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Cancelled);
        assert!(error.to_string().contains("goes on"), "{error}");
        assert_eq!(world.sent().len(), 2);
    }

    let thrown = Cancellation::new();
    thrown.cancel();
    let world = World::new([]);
    let wait = world.client().wait(get()).cancellation(&thrown);
    let error = block_on(wait.into_future()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
}

#[test]
fn anything_that_can_be_looked_at_can_be_waited_for() {
    let client = World::new([]).client();
    let (looks, told) = (Cell::new(0), Cell::new(0));
    let policy = steady(1);
    let wait = client.wait_until(
        &policy,
        || {
            looks.set(looks.get() + 1);
            ready(Ok(looks.get()))
        },
        |&count| match count {
            3 => JobState::Failed {
                code: Some("three"),
                message: None,
            },
            _ => JobState::Running,
        },
        |&count| told.set(count),
    );
    let failed = Outcome::Failed {
        job: 3,
        code: Some("three".to_owned()),
        message: None,
    };
    assert_eq!(block_on(wait).unwrap(), failed);
    assert_eq!(told.get(), 3);
}

#[test]
fn a_wait_can_run_in_another_thread() {
    fn check<F: Future + Send + 'static>(_: F) {}
    let client = World::new([]).client();
    check(client.wait(get()).into_future());
    check(async move {
        let look = async || client.send(&get()).await;
        let policy = PollPolicy::default();
        client
            .wait_until(&policy, look, VideoAgentSession::state, |_| {})
            .await
    });
}
