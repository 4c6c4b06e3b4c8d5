use std::{
    future::Future as _,
    pin::pin,
    sync::mpsc,
    task::{Context, Waker},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use heygen_client::Runtime as _;
use heygen_ureq::{Blocking as _, ThreadRuntime};

#[test]
fn sleep_ends_no_sooner_than_it_should() {
    let runtime = ThreadRuntime::new();
    let (before, clock) = (runtime.now(), Instant::now());
    runtime.sleep(Duration::from_millis(50)).run();
    assert!(clock.elapsed() >= Duration::from_millis(50));
    assert!(runtime.now() - before >= Duration::from_millis(50));
    runtime.sleep(Duration::ZERO).run();
}

#[test]
fn endless_sleep_is_no_panic_and_can_be_dropped() {
    let runtime = ThreadRuntime::new();
    for duration in [Duration::MAX, Duration::from_secs(1_000_000)] {
        let mut sleep = pin!(runtime.sleep(duration));
        let mut context = Context::from_waker(Waker::noop());
        assert!(sleep.as_mut().poll(&mut context).is_pending());
        assert!(sleep.as_mut().poll(&mut context).is_pending());
    }
}

#[test]
fn work_that_blocks_leaves_the_thread() {
    let (done, is_done) = mpsc::channel();
    ThreadRuntime::new().spawn_blocking(Box::new(move || {
        done.send(std::thread::current().id()).unwrap();
    }));
    let other = is_done.recv_timeout(Duration::from_secs(10)).unwrap();
    assert_ne!(other, std::thread::current().id());
}

#[test]
fn wall_clock_is_the_one_of_the_system() {
    let before = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    assert!(ThreadRuntime::new().wall_clock() >= before);
}
