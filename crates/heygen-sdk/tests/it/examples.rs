//! Each example is a program of one file. Its `main` reads the environment; what it calls then is
//! called here.

#[path = "../../examples/blocking_machine.rs"]
#[expect(dead_code, reason = "its main is for cargo run")]
mod blocking_machine;
#[path = "../../examples/facade.rs"]
#[expect(dead_code, reason = "its main is for cargo run")]
mod facade;
#[path = "../../examples/own_transport.rs"]
#[expect(dead_code, reason = "its main is for cargo run")]
mod own_transport;

use std::{path::PathBuf, time::Duration};

use heygen_emulator::{Emulator, Fault, OperationId};
use heygen_sdk::{ApiKey, BaseUrl, client_builder, types::MediaType, upload_core::Route};

fn media(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/media")
        .join(name)
}

fn key(emulator: &Emulator) -> ApiKey {
    emulator.api_key().parse().unwrap()
}

fn base(emulator: &Emulator) -> BaseUrl {
    emulator.url().parse().unwrap()
}

/// Checks that the emulator has exactly this file, and that no credential went astray.
fn check(emulator: &Emulator, asset_id: &str, file: &str) {
    let stored: Vec<_> = emulator.assets();
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].id.as_str(), asset_id);
    assert_eq!(
        stored[0].size_bytes,
        Some(std::fs::metadata(media(file)).unwrap().len())
    );
    assert!(emulator.leaks().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_facade_makes_a_video() {
    let emulator = Emulator::builder()
        .configure(|settings| {
            settings.agent_thinking_time = Duration::ZERO;
            settings.agent_generating_time = Duration::ZERO;
        })
        .start()
        .await
        .unwrap();
    let client = client_builder()
        .unwrap()
        .credential(key(&emulator))
        .base_url(base(&emulator))
        .build()
        .unwrap();
    let (session, video) = facade::present(&client, &media("report.pdf"))
        .await
        .unwrap();
    assert_ne!(session.as_str(), "");
    assert_ne!(video.as_str(), "");
    assert_eq!(emulator.assets().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_transport_uploads_without_tokio() {
    let emulator = Emulator::start().await.unwrap();
    let builder = own_transport::builder()
        .credential(key(&emulator))
        .base_url(base(&emulator));
    // A thread of its own, as a program without tokio has it.
    let uploaded = std::thread::spawn(|| {
        own_transport::upload(builder, &media("clip.mp4")).map_err(|error| error.to_string())
    });
    let asset = uploaded.join().unwrap().unwrap();
    check(&emulator, asset.asset_id.as_str(), "clip.mp4");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_machine_is_driven_by_hand_on_both_routes() {
    for (route, file) in [(Route::Auto, "clip.mp4"), (Route::Direct, "clip.mp4")] {
        let emulator = Emulator::start().await.unwrap();
        // What goes wrong on the way is repeated, as the machine says.
        emulator.fault(Fault::status(OperationId::UploadAsset, 503, "unavailable"));
        emulator.fault(Fault::status(
            OperationId::CreateDirectUpload,
            503,
            "unavailable",
        ));
        let server = blocking_machine::Server::new(emulator.url(), emulator.api_key()).unwrap();
        let uploaded = std::thread::spawn(move || {
            blocking_machine::upload(&server, &media(file), MediaType::Mp4, route)
                .map_err(|error| error.to_string())
        });
        let finished = uploaded.join().unwrap().unwrap();
        assert_eq!(finished.attempts, 2, "{route}");
        check(&emulator, finished.asset_id.as_str(), file);
    }
}
