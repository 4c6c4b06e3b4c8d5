//! Checkpoints, and going on from them.

use core::time::Duration;

use heygen_types::{MediaType, Sha256Digest, batches::ItemStatus};
use heygen_upload_core::{Checkpoint, Config, Timestamp};

use super::canned::NOW;
use crate::driver::{Driver, Input, Values};

/// More steps than an upload has that nothing goes wrong with, several times over.
const STEPS: u32 = 100;

/// What nothing may show.
const SECRET: &str = "SECRET";

/// The bytes are a checkpoint as JSON. Whatever it says, the upload that goes on from it ends.
pub(super) fn run(bytes: &[u8]) {
    let Ok(checkpoint) = serde_json::from_slice::<Checkpoint>(bytes) else {
        return;
    };
    let text = serde_json::to_string(&checkpoint).expect("a checkpoint is plain data");
    let again: Checkpoint = serde_json::from_str(&text).expect("what was written is read");
    assert_eq!(checkpoint, again);
    let shown = format!("{checkpoint:?}");
    assert!(!shown.contains("?X-Amz-Signature="), "{shown}");
    // A name or a path may be any word; the driver looks for the one in the queries of its answers.
    if shown.contains(SECRET) {
        return;
    }
    for max_generations in [1, 5] {
        let mut config = Config::default();
        config.retry.max_generations = max_generations;
        go_on(checkpoint.clone(), config);
    }
}

fn go_on(checkpoint: Checkpoint, config: Config) {
    let mut now = Timestamp::from_unix(NOW);
    let plan = checkpoint.plan().clone();
    let digest = checkpoint.digest().or(plan.digest);
    let Some(mut driver) = Driver::resume(checkpoint, config, now) else {
        return;
    };
    for _ in 0..STEPS {
        if driver.upload().state().is_terminal() {
            return;
        }
        let input = match driver.running() {
            Some(_) => Input::Success(values(plan.size.bytes(), &plan.media_type, digest)),
            None => Input::Timeout,
        };
        now = now.after(Duration::from_secs(1));
        if let (Input::Timeout, Some(due)) = (&input, driver.upload().poll_timeout()) {
            now = now.max(due);
        }
        driver.hand_in(input, now);
    }
    panic!("it never ends: {:?}", driver.upload());
}

fn values(size: u64, media_type: &MediaType, digest: Option<Sha256Digest>) -> Values {
    Values {
        id: "asset_1".parse().expect("it is an id"),
        size,
        life: 3_600,
        media_type: media_type.clone(),
        url: format!("https://s.example/o?{SECRET}"),
        status: ItemStatus::Completed,
        digest: digest.unwrap_or(Sha256Digest::from_bytes([1; 32])),
    }
}
