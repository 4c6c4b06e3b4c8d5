//! Stopping at any point and going on in what might be another process.

use std::sync::{Arc, Mutex};

use heygen_e2e::{Bench, mp4_of, png_of};
use heygen_emulator::Endpoint;
use heygen_sdk::{Cancellation, Checkpoint, Checksum, ErrorKind, Progress, Route, Source, Stored};

/// Runs an upload until its `stop`-th sign of life, then goes on from the last checkpoint that was
/// made durable, as another process would.
async fn stop_and_go_on(checksum: Checksum, route: Route, stop: usize) {
    let bench = Bench::start().await;
    let content = match route {
        Route::Single => png_of(250_000),
        _ => mp4_of(250_000),
    };
    let source = Source::bytes("file", content.clone());
    let saved: Arc<Mutex<Option<String>>> = Arc::default();
    let switch = Cancellation::new();

    let signs = Arc::new(Mutex::new(0));
    let sign = {
        let switch = switch.clone();
        move || {
            let mut signs = signs.lock().unwrap();
            *signs += 1;
            if *signs == stop {
                switch.cancel();
            }
        }
    };
    let (saving, on_save, on_progress) = (Arc::clone(&saved), sign.clone(), sign);
    let first = bench
        .client
        .assets()
        .upload(source.clone())
        .route(route)
        .checksum(checksum)
        .cancellation(&switch)
        .on_checkpoint(move |checkpoint| {
            *saving.lock().unwrap() = Some(serde_json::to_string(checkpoint).unwrap());
            on_save();
        })
        .observer(move |_: &Progress<'_>| on_progress())
        .await;
    if let Err(error) = first {
        assert_eq!(error.kind(), ErrorKind::Cancelled);
    }

    let checkpoint: Option<Checkpoint> = saved
        .lock()
        .unwrap()
        .as_deref()
        .map(|text| serde_json::from_str(text).unwrap());
    let was_stored = checkpoint.as_ref().is_some_and(Checkpoint::is_stored);
    let puts = || bench.requests_to(Endpoint::StoragePut).len();
    let puts_before = puts();
    let second = bench
        .client
        .assets()
        .upload(source)
        .route(route)
        .checksum(checksum);
    let asset = match checkpoint {
        Some(checkpoint) => second.resume(checkpoint).await.unwrap(),
        None => second.await.unwrap(),
    };
    bench.assert_stored(&asset, &content);
    if was_stored {
        assert_eq!(puts(), puts_before, "an accepted PUT was sent again");
    }
}

#[tokio::test]
async fn an_upload_that_was_stopped_anywhere_goes_on() {
    // Looked at, hashed, created, four blocks, stored, completed: an upload of this size has fewer
    // signs of life than this, and a switch thrown after the last one stops nothing.
    const SIGNS: usize = 16;
    for route in [Route::Single, Route::Direct] {
        for checksum in [Checksum::Declared, Checksum::Completion, Checksum::Off] {
            for stop in 1..=SIGNS {
                stop_and_go_on(checksum, route, stop).await;
            }
        }
    }
}

#[tokio::test]
async fn a_cancelled_upload_says_what_is_stored() {
    let bench = Bench::start().await;
    let switch = Cancellation::new();
    switch.cancel();
    let upload = bench
        .client
        .assets()
        .upload(Source::bytes("clip.mp4", mp4_of(900_000)))
        .cancellation(&switch);
    let error = upload.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    assert!(matches!(
        error.stored(),
        Some(Stored::Nothing | Stored::Unknown)
    ));
    assert!(error.checkpoint().is_some());
}

#[tokio::test]
async fn another_file_is_not_taken_for_the_one_that_was_begun() {
    let bench = Bench::start().await;
    let switch = Cancellation::new();
    switch.cancel();
    let upload = bench
        .client
        .assets()
        .upload(Source::bytes("clip.mp4", mp4_of(900_000)))
        .cancellation(&switch);
    let checkpoint = upload.await.unwrap_err().checkpoint().unwrap().clone();
    let other = Source::bytes("clip.mp4", mp4_of(900_001));
    let error = bench
        .client
        .assets()
        .upload(other)
        .resume(checkpoint)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SourceChanged);
}
