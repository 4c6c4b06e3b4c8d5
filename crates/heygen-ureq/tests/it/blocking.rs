//! The whole client without an asynchronous runtime, against the emulator.

#[path = "../../examples/blocking_upload.rs"]
#[expect(dead_code, reason = "its main is for cargo run")]
mod blocking_upload;

use std::{path::PathBuf, time::Duration};

use heygen_client::{
    ApiKey, BaseUrl, Cancellation, Checksum, Client, ClientBuilder, ErrorKind, RetryPolicy, Route,
    Source, types::users::GetCurrentUser,
};
use heygen_emulator::{Emulator, Endpoint, Fault, OperationId};
use heygen_ureq::{Blocking as _, client_builder};

/// An emulator on a runtime of its own, so that nothing of the client has one.
struct World {
    emulator: Emulator,
    _runtime: tokio::runtime::Runtime,
}

impl World {
    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let emulator = runtime.block_on(Emulator::start()).unwrap();
        Self {
            emulator,
            _runtime: runtime,
        }
    }

    fn builder(&self) -> ClientBuilder {
        client_builder()
            .unwrap()
            .credential(self.emulator.api_key().parse::<ApiKey>().unwrap())
            .base_url(self.emulator.url().parse::<BaseUrl>().unwrap())
    }

    fn client(&self) -> Client {
        self.builder().build().unwrap()
    }
}

fn media(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/media")
        .join(name)
}

#[test]
fn example_uploads_a_file() {
    let world = World::start();
    let asset = blocking_upload::upload(world.builder(), &media("clip.mp4")).unwrap();
    let stored = world.emulator.assets();
    assert_eq!(stored[0].id.as_str(), asset.asset_id.as_str());
    assert!(world.emulator.leaks().is_empty());
}

#[test]
fn upload_takes_every_option_and_gets_over_failures() {
    let world = World::start();
    for endpoint in [OperationId::CreateDirectUpload.into(), Endpoint::StoragePut] {
        world.emulator.fault(Fault::status(endpoint, 503, "busy"));
    }
    let asset = world
        .client()
        .assets()
        .upload(media("clip.mp4"))
        .route(Route::Direct)
        .checksum(Checksum::Completion)
        .deadline(Duration::from_secs(60))
        .run()
        .unwrap();
    assert_eq!(asset.route, Route::Direct);
    assert!(asset.attempts > 1);
    assert!(world.emulator.leaks().is_empty());
}

#[test]
fn operation_is_sent() {
    let world = World::start();
    world.client().send(&GetCurrentUser::new()).run().unwrap();
    let stranger = world.builder().credential("no".parse::<ApiKey>().unwrap());
    let refused = stranger.build().unwrap().send(&GetCurrentUser::new()).run();
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Authentication);
}

#[test]
fn cancellation_from_another_thread_ends_the_wait() {
    let world = World::start();
    world
        .emulator
        .fault(Fault::status(OperationId::UploadAsset, 503, "busy").with_retry_after(3_600));
    let client = world
        .builder()
        .retry(RetryPolicy::default())
        .build()
        .unwrap();
    let cancellation = Cancellation::new();
    let switch = cancellation.clone();
    let waiting = std::thread::spawn(move || {
        let image = Source::bytes("dot.png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..]);
        client
            .assets()
            .upload(image)
            .cancellation(&cancellation)
            .run()
    });
    switch.cancel();
    assert_eq!(
        waiting.join().unwrap().unwrap_err().kind(),
        ErrorKind::Cancelled
    );
}
