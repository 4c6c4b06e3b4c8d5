//! Files, and the uploads of them.

use std::{fs, time::Duration};

use heygen_testing::{
    driver::{Driver, Input, Values},
    files::media,
    fuzz::Mutator,
};
use heygen_types::{ByteSize, MediaType, Sha256Digest, batches::ItemStatus};
use heygen_upload_core::{Checksum, Config, Plan, Route, Timestamp};

use crate::write;

pub(crate) fn write_all() {
    media_heads();
    checkpoints();
    machine();
}

/// Takes the beginning of every file in `tests/media`: boxes and headers lie there.
fn media_heads() {
    for folder in ["", "odd"] {
        let entries = fs::read_dir(media(folder)).expect("tests/media has files");
        for entry in entries {
            let path = entry.expect("the folder can be listed").path();
            let name = path.file_name().and_then(|name| name.to_str());
            let Some(name) = name.filter(|name| path.is_file() && !name.contains("make")) else {
                continue;
            };
            let mut bytes = fs::read(&path).expect("the file can be read");
            bytes.truncate(512);
            write("media", name, &bytes);
        }
    }
}

/// Takes the checkpoint of an upload after each of its steps.
fn checkpoints() {
    for (name, route, checksum) in [
        ("direct", Route::Direct, Checksum::Declared),
        ("completion", Route::Direct, Checksum::Completion),
        ("single", Route::Single, Checksum::Off),
    ] {
        let mut plan =
            Plan::new("a.mp4", MediaType::Mp4, ByteSize::new(1_000)).expect("the size is positive");
        (plan.route, plan.checksum) = (route, checksum);
        let now = Timestamp::from_unix(Duration::from_secs(1_767_225_000));
        let mut driver = Driver::new(plan, Config::default(), now);
        for step in 0.. {
            let checkpoint = serde_json::to_vec(&driver.upload().checkpoint());
            let checkpoint = checkpoint.expect("a checkpoint is plain data");
            write("checkpoint", &format!("{name}-{step}"), &checkpoint);
            if driver.upload().state().is_terminal() {
                break;
            }
            driver.hand_in(Input::Success(values()), now);
        }
    }
}

fn values() -> Values {
    Values {
        id: "asset_1".parse().expect("it is an id"),
        size: 1_000,
        life: 3_600,
        media_type: MediaType::Mp4,
        url: "https://s.example/o?X-Amz-Signature=abc".to_owned(),
        status: ItemStatus::Completed,
        digest: Sha256Digest::from_bytes([1; 32]),
    }
}

/// What chooses the operations on the machine means nothing to a reader: any bytes will do.
fn machine() {
    let mut mutator = Mutator::new(26);
    for number in 0..24_usize {
        let noise: Vec<u8> = (0..=number).flat_map(|_| mutator.mutate(&[])).collect();
        write("machine", &format!("seed-{number:02}"), &noise);
    }
}
