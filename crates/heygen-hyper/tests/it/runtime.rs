use std::{
    sync::mpsc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use heygen_client::Runtime;
use heygen_hyper::TokioRuntime;

#[tokio::test(start_paused = true)]
async fn clock_and_sleep_agree() {
    let runtime = TokioRuntime::new();
    let before = runtime.now();
    runtime.sleep(Duration::from_secs(1_000)).await;
    let slept = runtime.now() - before;
    assert!(slept >= Duration::from_secs(1_000), "{slept:?}");
}

#[tokio::test]
async fn work_that_blocks_leaves_the_thread() {
    let (done, is_done) = mpsc::channel();
    TokioRuntime::new().spawn_blocking(Box::new(move || {
        done.send(std::thread::current().id()).unwrap();
    }));
    let other = is_done.recv_timeout(Duration::from_secs(10)).unwrap();
    assert_ne!(other, std::thread::current().id());
}

#[test]
fn work_for_which_there_is_no_thread_is_done_at_once() {
    // tokio panics here for want of a runtime, as it does for want of a thread.
    let (done, is_done) = mpsc::channel();
    TokioRuntime::new().spawn_blocking(Box::new(move || {
        done.send(std::thread::current().id()).unwrap();
    }));
    assert_eq!(is_done.try_recv(), Ok(std::thread::current().id()));
}

#[test]
fn wall_clock_is_the_one_of_the_system() {
    let before = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    assert!(TokioRuntime::new().wall_clock() >= before);
}
