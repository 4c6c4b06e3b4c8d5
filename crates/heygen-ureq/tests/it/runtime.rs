use std::{
    future::Future as _,
    pin::pin,
    sync::mpsc,
    task::{Context, Waker},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use heygen_client::{Runtime as _, Transport as _, TransportErrorKind};
use heygen_testing::server::Server;
use heygen_ureq::{Blocking as _, ThreadRuntime, UreqTransport};

use crate::backend::put;

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

/// A process that cannot make a thread is imitated by one whose threads would need more memory
/// than there are addresses. The size can only be set from outside, so this starts itself again.
#[test]
#[cfg(target_os = "linux")]
fn want_of_threads_is_no_panic() {
    let child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "runtime::child_without_threads", "--ignored"])
        .env("RUST_MIN_STACK", (1_u64 << 47).to_string())
        .output()
        .unwrap();
    // A program that finds no test of this name is content, too.
    let shown = String::from_utf8_lossy(&child.stdout);
    assert!(
        child.status.success() && shown.contains("1 passed"),
        "{child:?}"
    );
}

#[test]
#[ignore = "it is run by `want_of_threads_is_no_panic`"]
fn child_without_threads() {
    assert!(std::thread::Builder::new().spawn(|| {}).is_err());
    let runtime = ThreadRuntime::new();
    runtime.sleep(Duration::from_millis(50)).run();

    let (sender, stopped) = mpsc::channel::<()>();
    runtime.spawn_blocking(Box::new(move || drop(sender)));
    assert_eq!(stopped.try_recv(), Err(mpsc::TryRecvError::Disconnected));

    let transport = UreqTransport::builder().no_proxy().build().unwrap();
    let url = format!("http://{}/", Server::nobody());
    let error = transport.send(put(&url, "")).run().unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::LocalResources);
}
