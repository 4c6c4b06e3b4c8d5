//! Inputs that do not fit.

use heygen_types::{
    ByteSize, MediaType, PresignedUrl, Sha256Digest, Url,
    assets::{CompletedAsset, UploadSlot, UploadedAsset},
    batches::ItemStatus,
};
use heygen_upload_core::{StateName, StepId, Timestamp};

use super::{Answer, World, entry, interrupted};

/// Hands in everything that must not matter now, and checks that nothing of it does. `future` is a
/// number that no step has had yet.
pub(crate) fn disturb(world: &mut World, future: StepId) {
    let before = seen(world);
    let check = |world: &mut World, what: &str| {
        assert_eq!(world.upload.poll_output(), None, "{what}");
        assert_eq!(seen(world), before, "{what}");
    };
    let running = world.running.as_ref().map(|(id, _)| *id);
    let now = world.now;
    let strangers: Vec<StepId> = world
        .ended
        .iter()
        .rev()
        .take(3)
        .copied()
        .chain([future])
        .filter(|id| Some(*id) != running)
        .collect();
    for id in strangers {
        for (outcome, _) in outcomes() {
            world.deliver(id, outcome);
            check(world, "an outcome of another step");
        }
        world.deliver(id, Answer::Failed(interrupted()));
        check(world, "a failure of another step");
        world
            .upload
            .handle_digest(now, id, Sha256Digest::from_bytes([9; 32]));
        check(world, "a digest of another step");
    }
    if let Some(id) = running {
        let state = world.upload.state();
        for (outcome, fits) in outcomes() {
            if !fits.contains(&state) {
                world.deliver(id, outcome);
                check(world, "an outcome of another kind");
            }
        }
        if !matches!(state, StateName::Hash | StateName::Single | StateName::Put) {
            world
                .upload
                .handle_digest(now, id, Sha256Digest::from_bytes([9; 32]));
            check(world, "a digest from a step that reads nothing");
        }
    }
    if world.upload.poll_timeout().is_none_or(|until| until > now) {
        world.upload.handle_timeout(now);
        check(world, "an early timeout");
    }
    // Time does not run backwards.
    world.upload.handle_timeout(Timestamp::default());
    check(world, "a timeout of the past");
}

/// Everything of a machine that can be seen from outside.
fn seen(world: &World) -> (String, String, Option<Timestamp>, StateName, String) {
    let upload = &world.upload;
    (
        format!("{upload:?}"),
        format!("{:?}", upload.poll_timer()),
        upload.poll_timeout(),
        upload.state(),
        world.checkpoint(),
    )
}

/// One outcome of every kind, each with the states in which it would fit a running step.
fn outcomes() -> Vec<(Answer, &'static [StateName])> {
    let id = || "asset_9".parse().unwrap();
    let url: Url = "https://files.example/asset_9".parse().unwrap();
    let size = ByteSize::new(1_000);
    let slot = UploadSlot::new(
        id(),
        PresignedUrl::new("https://s.example/asset_9"),
        9,
        size,
    );
    let uploaded = UploadedAsset::new(id(), MediaType::Mp4, size, url.clone());
    let completed = CompletedAsset::new(id(), MediaType::Mp4, size, url);
    let foreign = Sha256Digest::from_bytes([9; 32]);
    vec![
        (Answer::Hashed(foreign), &[StateName::Hash]),
        (Answer::Refreshed, &[StateName::Credential]),
        (Answer::Uploaded(uploaded), &[StateName::Single]),
        (Answer::Created(slot), &[StateName::Create]),
        (Answer::Stored, &[StateName::Put]),
        (
            Answer::Completed(completed),
            &[StateName::Complete, StateName::Probe],
        ),
        (
            Answer::Status(vec![entry(id(), ItemStatus::Failed)]),
            &[StateName::Status],
        ),
    ]
}
